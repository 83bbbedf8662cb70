"""The list of people over the API."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.permissions import require
from apps.participants import services
from apps.participants.models import Function, Group, Listing, Naming, Participant
from apps.participants.selectors import State, line_of, roster_of
from apps.workshops.models import Role
from apps.workshops.scope import InWorkshop, OfWorkshop


class PersonOut(serializers.ModelSerializer[Participant]):
    """Somebody on the list; the e-mail address for those who keep it, else empty."""

    email = serializers.SerializerMethodField()
    groups = serializers.SerializerMethodField()
    state = serializers.SerializerMethodField()

    class Meta:
        model = Participant
        fields = [
            "id", "display_name", "affiliation", "email", "role", "functions", "groups", "listing",
            "attribution", "consented_at", "state", "version",
        ]  # fmt: skip
        read_only_fields = fields

    def get_email(self, person: Participant) -> str:
        """Return the address, as far as the client may read it."""
        return line_of(self.context["view"].actor, person).email

    @extend_schema_field({"type": "array", "items": {"type": "string", "format": "uuid"}})
    def get_groups(self, person: Participant) -> list[str]:
        """Return the ids of the groups that they belong to."""
        return [str(membership.group_id) for membership in person.memberships.all()]

    def get_state(self, person: Participant) -> State:
        """Return where they stand."""
        return line_of(self.context["view"].actor, person).state


class PersonIn(serializers.Serializer[Any]):
    """What a client says of somebody new; a name or an e-mail address is needed."""

    display_name = serializers.CharField(max_length=120, required=False, allow_blank=True)
    affiliation = serializers.CharField(max_length=200, required=False, allow_blank=True)
    email = serializers.EmailField(required=False, allow_blank=True)
    role = serializers.ChoiceField(Role.choices, required=False)
    functions = serializers.ListField(
        child=serializers.ChoiceField(Function.choices), required=False, max_length=10
    )
    listing = serializers.ChoiceField(Listing.choices, required=False)
    attribution = serializers.ChoiceField(Naming.choices, required=False)
    groups = OfWorkshop(queryset=Group.objects.all(), many=True, required=False)


class PersonChange(PersonIn):
    """A change: what is left out stays as it is."""

    version = serializers.IntegerField(required=False)


class PersonViewSet(
    InWorkshop,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet[Participant],
):
    """The people of a workshop, for owners and facilitators."""

    serializer_class = PersonOut
    queryset = Participant.objects.none()

    def get_queryset(self) -> Any:
        if not self.actor:
            return self.queryset
        require(self.actor, "participants.see_roster", self.actor.workshop)
        return roster_of(self.actor).order_by("created_at", "pk")

    @extend_schema(request=PersonIn, responses={201: PersonOut})
    def create(self, request: Request, slug: str) -> Response:
        """Put somebody on the list. The owner may."""
        given = self.validated(PersonIn, may="participants.keep_roster")
        person = services.add_person(actor=self.actor, **given)
        return Response(self._told(person), status=status.HTTP_201_CREATED)

    @extend_schema(request=PersonChange, responses=PersonOut)
    def partial_update(self, request: Request, slug: str, pk: str) -> Response:
        """Change what the list says of somebody. The owner may."""
        given = self.validated(PersonChange, may="participants.keep_roster")
        person = services.change_person(actor=self.actor, participant=self.get_object(), **given)
        return Response(self._told(person))

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, slug: str, pk: str) -> Response:
        """Let somebody take part no longer; they stay on the list as removed. The owner may."""
        require(self.actor, "participants.remove_person", self.actor.workshop)
        services.remove_person(
            actor=self.actor, participant=self.get_object(), version=self.match()
        )
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=PersonOut)
    @action(detail=True, methods=["post"], url_path="bring-back")
    def bring_back(self, request: Request, slug: str, pk: str) -> Response:
        """Let somebody who was removed take part again. The owner may."""
        require(self.actor, "participants.keep_roster", self.actor.workshop)
        person = services.bring_back(
            actor=self.actor, participant=self.get_object(), version=self.match()
        )
        return Response(self._told(person))

    def _told(self, person: Participant) -> Any:
        row = roster_of(self.actor).get(pk=person.pk)
        return PersonOut(row, context=self.get_serializer_context()).data
