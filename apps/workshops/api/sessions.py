"""Sessions over the API."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.workshops import selectors, services
from apps.workshops.api.places import OnePlace
from apps.workshops.models import AttributionRule, Session, SessionKind
from apps.workshops.scope import InWorkshop, OfWorkshop


class SessionOut(serializers.ModelSerializer[Session]):
    """A session of the day."""

    class Meta:
        model = Session
        fields = [
            "id", "title", "kind", "parent", "starts_at", "ends_at", "room", "order",
            "also_called", "became", "written_up", "day", "attribution_rule", "reported",
            "is_current", "takes_thoughts", "has_feed", "version",
        ]  # fmt: skip
        read_only_fields = fields


class SessionIn(serializers.Serializer[Any]):
    """What a client says of a session; a change may leave out what stays."""

    title = serializers.CharField(max_length=200)
    kind = serializers.ChoiceField(SessionKind.choices, required=False)
    parent = OfWorkshop(  # type: ignore[assignment]
        queryset=Session.objects.all(), required=False, allow_null=True
    )
    also_called = serializers.CharField(max_length=300, required=False, allow_blank=True)
    became = serializers.CharField(max_length=1_000, required=False, allow_blank=True)
    written_up = serializers.BooleanField(required=False)
    day = serializers.DateField(required=False, allow_null=True)
    starts_at = serializers.DateTimeField(required=False, allow_null=True)
    ends_at = serializers.DateTimeField(required=False, allow_null=True)
    room = serializers.CharField(max_length=80, required=False, allow_blank=True)
    attribution_rule = serializers.ChoiceField(
        AttributionRule.choices, required=False, allow_blank=True
    )
    reported = serializers.BooleanField(required=False)


class SessionChange(SessionIn):
    """A change of a session: what is left out stays as it is."""

    title = serializers.CharField(max_length=200, required=False)
    version = serializers.IntegerField(required=False)


class SessionOpen(serializers.Serializer[Any]):
    """What participants can do in a session; what is left out stays as it is."""

    takes_thoughts = serializers.BooleanField(required=False)
    has_feed = serializers.BooleanField(required=False)


class SessionViewSet(
    InWorkshop, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Session]
):
    """The sessions of a workshop, in the order of the day."""

    serializer_class = SessionOut
    queryset = Session.objects.none()

    def get_queryset(self) -> Any:
        return selectors.sessions_of(self.actor.workshop) if self.actor else self.queryset

    @extend_schema(request=SessionIn, responses={201: SessionOut})
    def create(self, request: Request, slug: str) -> Response:
        """Add a session. The owner may."""
        given = self.validated(SessionIn, may="workshops.set_up")
        session = services.add_session(actor=self.actor, **given)
        return Response(SessionOut(session).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=SessionChange, responses=SessionOut)
    def partial_update(self, request: Request, slug: str, pk: str) -> Response:
        """Change a session. The owner may."""
        session = self.get_object()
        given = self.validated(SessionChange, may="workshops.set_up", on=session)
        session = services.change_session(actor=self.actor, session=session, **given)
        return Response(SessionOut(session).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, slug: str, pk: str) -> Response:
        """Remove a session in which nothing was noted down. The owner may."""
        services.remove_session(actor=self.actor, session=self.get_object(), version=self.match())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=OnePlace, responses=SessionOut)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, slug: str, pk: str) -> Response:
        """Move a session, where the clock lets it, among those beside it. The owner may."""
        session = self.get_object()
        given = self.validated(OnePlace, may="workshops.set_up", on=session)
        services.move_session(actor=self.actor, session=session, **given)
        return Response(SessionOut(self.get_object()).data)

    @extend_schema(request=None, responses=SessionOut)
    @action(detail=True, methods=["post"])
    def go(self, request: Request, slug: str, pk: str) -> Response:
        """Move the room into a session. The facilitation team may."""
        session = services.go_to_session(actor=self.actor, session=self.get_object())
        return Response(SessionOut(session).data)

    @extend_schema(request=SessionOpen, responses=SessionOut)
    @action(detail=True, methods=["post"], url_path="open", url_name="open")
    def open_to_participants(self, request: Request, slug: str, pk: str) -> Response:
        """Let participants send thoughts to a session, or read along. The team may."""
        session = self.get_object()
        given = self.validated(SessionOpen, may="workshops.steer", on=session)
        session = services.open_session(actor=self.actor, session=session, **given)
        return Response(SessionOut(session).data)
