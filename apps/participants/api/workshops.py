"""The workshops that one takes part in, over the API."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from apps.participants import services
from apps.workshops.consensus import HALF, PER_CENT, ConsensusRule
from apps.workshops.models import AttributionRule, Mode, Phase, Workshop, validate_time_zone
from apps.workshops.quantifiers import (
    LEAST_MANY,
    LEAST_NUMBERS,
    LEAST_SEVERAL,
    MOST_NEARLY_ALL,
    MOST_NUMBERS,
    MOST_SEVERAL,
    QuantifierTable,
)
from apps.workshops.scope import InWorkshop
from apps.workshops.services import edit_basics, move_phase


class WorkshopOut(serializers.ModelSerializer[Workshop]):
    """A workshop, to those who take part in it."""

    class Meta:
        model = Workshop
        fields = [
            "id", "slug", "title", "series", "purpose", "starts_on", "ends_on", "venue", "mode",
            "time_zone", "number_present", "number_present_note", "composition", "dates_note",
            "attribution_rule", "attribution_note", "keep_speakers", "lobby",
            *ConsensusRule.names(), *QuantifierTable.names(), "phase", "purge_on", "language",
            "illustration", "version",
        ]  # fmt: skip
        read_only_fields = fields


def threshold(least: int = 0, most: int = PER_CENT) -> serializers.IntegerField:
    """Return a field for a threshold of the consensus rule or of the words for how many."""
    return serializers.IntegerField(required=False, min_value=least, max_value=most)


class WorkshopIn(serializers.Serializer[Any]):
    """The basics and the rules of a new workshop.

    A last day left out is the first; a day of deletion left out is six months after the last.
    """

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
    number_present_note = serializers.CharField(max_length=300, required=False, allow_blank=True)
    composition = serializers.CharField(max_length=500, required=False, allow_blank=True)
    dates_note = serializers.CharField(max_length=300, required=False, allow_blank=True)
    attribution_rule = serializers.ChoiceField(AttributionRule.choices, required=False)
    attribution_note = serializers.CharField(max_length=500, required=False, allow_blank=True)
    keep_speakers = serializers.BooleanField(required=False)
    lobby = serializers.BooleanField(required=False)
    consensus_at = threshold()
    opposed_at_most = threshold()
    divided_at = threshold()
    undecided_at = threshold()
    quorum = threshold()
    nearly_all_at = threshold(most=MOST_NEARLY_ALL)
    most_at = threshold(HALF + 1)
    many_at = threshold(LEAST_MANY, HALF)
    several_from = threshold(LEAST_SEVERAL, MOST_SEVERAL)
    numbers_below = threshold(LEAST_NUMBERS, MOST_NUMBERS)
    purge_on = serializers.DateField(required=False, allow_null=True)
    language = serializers.CharField(max_length=10, required=False)


class WorkshopChange(WorkshopIn):
    """A change of the basics and the rules: what is left out stays as it is."""

    title = serializers.CharField(max_length=200, required=False)
    starts_on = serializers.DateField(required=False)
    # Of a change of the consensus rule, once people have answered by it.
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True)
    version = serializers.IntegerField(required=False)


class PhaseIn(serializers.Serializer[Any]):
    """Into which phase to move; going back asks for a reason."""

    phase = serializers.ChoiceField(Phase.choices)
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True)


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
        given = self.validated(WorkshopIn, may="participants.start_workshop")
        owner = services.start_workshop(user=user, **given)
        return Response(WorkshopOut(owner.workshop).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=WorkshopChange, responses=WorkshopOut)
    def partial_update(self, request: Request, slug: str) -> Response:
        """Change the basics and the rules. The owner may."""
        given = self.validated(WorkshopChange, may="workshops.set_up")
        workshop = edit_basics(actor=self.actor, **given)
        return Response(WorkshopOut(workshop).data)

    @extend_schema(request=PhaseIn, responses=WorkshopOut)
    @action(detail=True, methods=["post"])
    def phase(self, request: Request, slug: str) -> Response:
        """Move the workshop one phase on, or back for a reason. Owner and facilitators may."""
        given = self.validated(PhaseIn, may="workshops.move_phase")
        move_phase(actor=self.actor, workshop=self.actor.workshop, **given)
        self.actor.workshop.refresh_from_db()
        return Response(WorkshopOut(self.actor.workshop).data)
