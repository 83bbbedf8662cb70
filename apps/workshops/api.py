"""Sessions and guiding questions over the API."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from apps.workshops import selectors, services
from apps.workshops.models import (
    AttributionRule,
    GuidingQuestion,
    QuestionOrigin,
    Session,
    SessionKind,
)
from apps.workshops.scope import InWorkshop, OfWorkshop


class SessionOut(serializers.ModelSerializer[Session]):
    """A session of the day."""

    class Meta:
        model = Session
        fields = [
            "id", "title", "kind", "parent", "starts_at", "ends_at", "room", "order",
            "attribution_rule", "version",
        ]  # fmt: skip
        read_only_fields = fields


class SessionIn(serializers.Serializer[Any]):
    """What a client says of a session; a change may leave out what stays."""

    title = serializers.CharField(max_length=200)
    kind = serializers.ChoiceField(SessionKind.choices, required=False)
    starts_at = serializers.DateTimeField(required=False, allow_null=True)
    ends_at = serializers.DateTimeField(required=False, allow_null=True)
    room = serializers.CharField(max_length=80, required=False, allow_blank=True)
    attribution_rule = serializers.ChoiceField(
        AttributionRule.choices, required=False, allow_blank=True
    )


class SessionChange(SessionIn):
    """A change of a session: what is left out stays as it is."""

    title = serializers.CharField(max_length=200, required=False)
    version = serializers.IntegerField(required=False)


class GuidingQuestionOut(serializers.ModelSerializer[GuidingQuestion]):
    """A question that frames the day, or that arose in it."""

    class Meta:
        model = GuidingQuestion
        fields = ["id", "text", "origin", "session", "parent", "order", "version"]
        read_only_fields = fields


class GuidingQuestionIn(serializers.Serializer[Any]):
    """What a client says of a guiding question."""

    text = serializers.CharField(max_length=500)
    origin = serializers.ChoiceField(QuestionOrigin.choices, required=False)
    session = OfWorkshop(queryset=Session.objects.all(), required=False, allow_null=True)
    parent = OfWorkshop(  # type: ignore[assignment]
        queryset=GuidingQuestion.objects.all(), required=False, allow_null=True
    )


class GuidingQuestionChange(GuidingQuestionIn):
    """A change of a guiding question: what is left out stays as it is."""

    text = serializers.CharField(max_length=500, required=False)
    version = serializers.IntegerField(required=False)


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


class GuidingQuestionViewSet(
    InWorkshop,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet[GuidingQuestion],
):
    """The guiding questions of a workshop, parts after what they are parts of or among them."""

    serializer_class = GuidingQuestionOut
    queryset = GuidingQuestion.objects.none()

    def get_queryset(self) -> Any:
        workshop = self.actor.workshop if self.actor else None
        return GuidingQuestion.objects.filter(workshop=workshop) if workshop else self.queryset

    @extend_schema(request=GuidingQuestionIn, responses={201: GuidingQuestionOut})
    def create(self, request: Request, slug: str) -> Response:
        """Add a guiding question. The owner may."""
        given = self.validated(GuidingQuestionIn, may="workshops.set_up")
        question = services.add_guiding_question(actor=self.actor, **given)
        return Response(GuidingQuestionOut(question).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=GuidingQuestionChange, responses=GuidingQuestionOut)
    def partial_update(self, request: Request, slug: str, pk: str) -> Response:
        """Change a guiding question. The owner may."""
        question = self.get_object()
        given = self.validated(GuidingQuestionChange, may="workshops.set_up", on=question)
        question = services.change_guiding_question(actor=self.actor, question=question, **given)
        return Response(GuidingQuestionOut(question).data)
