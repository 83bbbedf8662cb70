"""Workshops, groups and oneself over the API. Other people aren't to be had."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from apps.participants import services
from apps.participants.models import Group, Participant
from apps.participants.selectors import Attribution
from apps.workshops.models import AttributionRule, Mode, Workshop, validate_time_zone
from apps.workshops.scope import InWorkshop
from apps.workshops.services import edit_basics


class WorkshopOut(serializers.ModelSerializer[Workshop]):
    """A workshop, to those who take part in it."""

    class Meta:
        model = Workshop
        fields = [
            "id", "slug", "title", "series", "purpose", "starts_on", "ends_on", "venue", "mode",
            "time_zone", "number_present", "attribution_rule", "phase", "purge_on", "language",
            "illustration", "version",
        ]  # fmt: skip
        read_only_fields = fields


class WorkshopIn(serializers.Serializer[Any]):
    """The basics of a new workshop; a last day left out is the first."""

    title = serializers.CharField(max_length=200)
    series = serializers.CharField(max_length=300, required=False, allow_blank=True)
    purpose = serializers.CharField(max_length=10_000, required=False, allow_blank=True)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(required=False)
    venue = serializers.CharField(max_length=200, required=False, allow_blank=True)
    mode = serializers.ChoiceField(Mode.choices, required=False)
    time_zone = serializers.CharField(required=False, validators=[validate_time_zone])
    number_present = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=30_000
    )
    attribution_rule = serializers.ChoiceField(AttributionRule.choices, required=False)
    purge_on = serializers.DateField(required=False, allow_null=True)
    language = serializers.CharField(max_length=10, required=False)


class WorkshopChange(WorkshopIn):
    """A change of the basics: what is left out stays as it is."""

    title = serializers.CharField(max_length=200, required=False)
    starts_on = serializers.DateField(required=False)
    version = serializers.IntegerField(required=False)


class GroupOut(serializers.ModelSerializer[Group]):
    """A stakeholder group."""

    class Meta:
        model = Group
        fields = ["id", "singular", "plural", "axis", "order", "version"]
        read_only_fields = fields


class GroupIn(serializers.Serializer[Any]):
    """What one member of a new group, and all of them, are called."""

    singular = serializers.CharField(max_length=60)
    plural = serializers.CharField(max_length=60)


class GroupChange(serializers.Serializer[Any]):
    """Other words for a group: what is left out stays as it is."""

    singular = serializers.CharField(max_length=60, required=False)
    plural = serializers.CharField(max_length=60, required=False)
    version = serializers.IntegerField(required=False)


class ParticipantOut(serializers.ModelSerializer[Participant]):
    """Who one is in a workshop, and as whom others see one."""

    shown_as = serializers.SerializerMethodField()
    groups = serializers.PrimaryKeyRelatedField[Group](many=True, read_only=True)

    class Meta:
        model = Participant
        fields = ["id", "role", "display_name", "groups", "shown_as"]
        read_only_fields = fields

    def get_shown_as(self, participant: Participant) -> str:
        """Return the label beside one's comments."""
        return Attribution(participant).member(participant)


class WorkshopViewSet(InWorkshop, viewsets.GenericViewSet[Workshop]):
    """The workshops that one takes part in."""

    serializer_class = WorkshopOut
    queryset = Workshop.objects.none()
    lookup_field = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]+"
    pagination_class = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Find out who asks, in the workshop if there is one."""
        if "slug" in kwargs:
            super().initial(request, *args, **kwargs)
            return
        viewsets.GenericViewSet.initial(self, request, *args, **kwargs)
        known = request.user.is_authenticated or request._request.taking_part.has_joined  # type: ignore[attr-defined]
        if not known:
            raise NotAuthenticated

    @extend_schema(responses=WorkshopOut(many=True))
    def list(self, request: Request) -> Response:
        """Return the workshops that one takes part in, those first that need attention."""
        taking_part = request._request.taking_part.everywhere(user=request.user)  # type: ignore[attr-defined]
        found = [participant.workshop for participant in taking_part]
        return Response(WorkshopOut(found, many=True).data)

    def retrieve(self, request: Request, slug: str) -> Response:
        """Return one of them."""
        return Response(WorkshopOut(self.actor.workshop).data)

    @extend_schema(request=WorkshopIn, responses={201: WorkshopOut})
    def create(self, request: Request) -> Response:
        """Start a workshop, as its owner. Anyone with an account may."""
        user: Any = request.user
        owner = services.start_workshop(user=user, **self.validated(WorkshopIn))
        return Response(WorkshopOut(owner.workshop).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=WorkshopChange, responses=WorkshopOut)
    def partial_update(self, request: Request, slug: str) -> Response:
        """Change the basics. The owner may."""
        workshop = edit_basics(actor=self.actor, **self.validated(WorkshopChange))
        return Response(WorkshopOut(workshop).data)


class GroupViewSet(
    InWorkshop, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Group]
):
    """The groups of a workshop."""

    serializer_class = GroupOut
    queryset = Group.objects.none()

    def get_queryset(self) -> Any:
        return self.actor.workshop.groups.all() if self.actor else self.queryset

    @extend_schema(request=GroupIn, responses={201: GroupOut})
    def create(self, request: Request, slug: str) -> Response:
        """Add a group. The owner may."""
        group = services.add_group(actor=self.actor, **self.validated(GroupIn))
        return Response(GroupOut(group).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=GroupChange, responses=GroupOut)
    def partial_update(self, request: Request, slug: str, pk: str) -> Response:
        """Call a group otherwise. The owner may."""
        group = services.change_group(
            actor=self.actor, group=self.get_object(), **self.validated(GroupChange)
        )
        return Response(GroupOut(group).data)


class ParticipantViewSet(InWorkshop, viewsets.GenericViewSet[Participant]):
    """Oneself in a workshop."""

    serializer_class = ParticipantOut
    queryset = Participant.objects.none()

    @extend_schema(responses=ParticipantOut)
    @action(detail=False, methods=["get"])
    def me(self, request: Request, slug: str) -> Response:
        """Return who one is here."""
        return Response(ParticipantOut(self.actor).data)
