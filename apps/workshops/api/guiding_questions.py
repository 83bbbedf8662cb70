"""Guiding questions over the API."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.workshops import services
from apps.workshops.api.places import OnePlace
from apps.workshops.models import GuidingQuestion, QuestionOrigin, QuestionState, Session
from apps.workshops.scope import InWorkshop, OfWorkshop


class GuidingQuestionOut(serializers.ModelSerializer[GuidingQuestion]):
    """A question that frames the day, or that arose in it."""

    class Meta:
        model = GuidingQuestion
        fields = [
            "id", "text", "origin", "session", "parent", "asked_by", "asked_of", "state", "answer",
            "order", "version",
        ]  # fmt: skip
        read_only_fields = fields


class GuidingQuestionIn(serializers.Serializer[Any]):
    """What a client says of a guiding question."""

    text = serializers.CharField(max_length=500)
    origin = serializers.ChoiceField(QuestionOrigin.choices, required=False)
    asked_by = serializers.CharField(max_length=120, required=False, allow_blank=True)
    asked_of = serializers.CharField(max_length=120, required=False, allow_blank=True)
    state = serializers.ChoiceField(QuestionState.choices, required=False, allow_blank=True)
    answer = serializers.CharField(max_length=1_000, required=False, allow_blank=True)
    session = OfWorkshop(queryset=Session.objects.all(), required=False, allow_null=True)
    parent = OfWorkshop(  # type: ignore[assignment]
        queryset=GuidingQuestion.objects.all(), required=False, allow_null=True
    )


class GuidingQuestionChange(GuidingQuestionIn):
    """A change of a guiding question: what is left out stays as it is."""

    text = serializers.CharField(max_length=500, required=False)
    version = serializers.IntegerField(required=False)


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

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, slug: str, pk: str) -> Response:
        """Remove a guiding question with its parts. The owner may."""
        services.remove_guiding_question(
            actor=self.actor, question=self.get_object(), version=self.match()
        )
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=OnePlace, responses=GuidingQuestionOut)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, slug: str, pk: str) -> Response:
        """Move a guiding question among those beside it. The owner may."""
        question = self.get_object()
        given = self.validated(OnePlace, may="workshops.set_up", on=question)
        services.move_guiding_question(actor=self.actor, question=question, **given)
        return Response(GuidingQuestionOut(self.get_object()).data)
