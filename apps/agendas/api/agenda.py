"""The agenda over the API."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from apps.agendas import services
from apps.agendas.models import (
    Outcome,
    OutcomeKind,
    OutcomeState,
    QuestionKind,
    ResearchQuestion,
)
from apps.agendas.selectors import outcomes_visible_to, questions_visible_to
from apps.annotations.models import Annotation, Basis, Modality, Strength, Term
from apps.participants.models import Group
from apps.themes.models import Theme
from apps.workshops.scope import InWorkshop, OfWorkshop


class QuestionOut(serializers.ModelSerializer[ResearchQuestion]):
    """A research question, with what it comes from as far as its reader may read that."""

    class Meta:
        model = ResearchQuestion
        fields = [
            "id", "text", "parent", "example", "kind", "origin_themes", "origin_annotations",
            "origin_terms", "new", "order", "version",
        ]  # fmt: skip
        read_only_fields = fields


class QuestionRevision(serializers.Serializer[Any]):
    """A revision: what is left out stays as it is. Lists replace what they held."""

    text = serializers.CharField(max_length=500, required=False)
    parent = OfWorkshop(  # type: ignore[assignment]
        queryset=ResearchQuestion.objects.all(), required=False, allow_null=True
    )
    example = serializers.BooleanField(required=False)
    kind = serializers.ChoiceField(QuestionKind.choices, required=False, allow_blank=True)
    origin_themes = OfWorkshop(queryset=Theme.objects.all(), many=True, required=False)
    origin_annotations = OfWorkshop(queryset=Annotation.objects.all(), many=True, required=False)
    origin_terms = OfWorkshop(queryset=Term.objects.all(), many=True, required=False)
    new = serializers.BooleanField(required=False)
    version = serializers.IntegerField(required=False)


class QuestionIn(QuestionRevision):
    """A new research question: it names what it comes from, or says that it is new."""

    text = serializers.CharField(max_length=500)
    version = None  # type: ignore[assignment]


class OutcomeOut(serializers.ModelSerializer[Outcome]):
    """An outcome, with what it rests on as far as its reader may read that."""

    # By the theme as it was fetched: none where its reader may not read it.
    listed_under = serializers.UUIDField(
        source="listed_under.pk", read_only=True, allow_null=True, default=None
    )

    class Meta:
        model = Outcome
        fields = [
            "id", "kind", "text", "heading", "modality", "strength", "basis", "rests_on_themes",
            "rests_on_annotations", "new", "addressees", "addressee", "owner", "horizon",
            "due", "state", "listed_under", "why_here", "order", "version",
        ]  # fmt: skip
        read_only_fields = fields


class OutcomeRevision(serializers.Serializer[Any]):
    """A revision: what is left out stays as it is. Lists replace what they held."""

    kind = serializers.ChoiceField(OutcomeKind.choices, required=False)
    text = serializers.CharField(max_length=1_000, required=False)
    heading = serializers.CharField(max_length=120, required=False, allow_blank=True)
    modality = serializers.ChoiceField(Modality.choices, required=False)
    strength = serializers.ChoiceField(Strength.choices, required=False, allow_blank=True)
    basis = serializers.ChoiceField(Basis.choices, required=False, allow_blank=True)
    rests_on_themes = OfWorkshop(queryset=Theme.objects.all(), many=True, required=False)
    rests_on_annotations = OfWorkshop(queryset=Annotation.objects.all(), many=True, required=False)
    new = serializers.BooleanField(required=False)
    addressees = OfWorkshop(queryset=Group.objects.all(), many=True, required=False)
    addressee = serializers.CharField(max_length=200, required=False, allow_blank=True)
    owner = serializers.CharField(max_length=200, required=False, allow_blank=True)
    horizon = serializers.CharField(max_length=120, required=False, allow_blank=True)
    due = serializers.DateField(required=False, allow_null=True)
    state = serializers.ChoiceField(OutcomeState.choices, required=False, allow_blank=True)
    listed_under = OfWorkshop(queryset=Theme.objects.all(), required=False, allow_null=True)
    why_here = serializers.CharField(max_length=300, required=False, allow_blank=True)
    version = serializers.IntegerField(required=False)


class OutcomeIn(OutcomeRevision):
    """A new outcome: it names what it rests on, or says that it is new."""

    kind = serializers.ChoiceField(OutcomeKind.choices)
    text = serializers.CharField(max_length=1_000)
    version = None  # type: ignore[assignment]


class Withdrawal(serializers.Serializer[Any]):
    """The version that is to be removed, if it was read before."""

    version = serializers.IntegerField(required=False)


class ResearchQuestionViewSet(
    InWorkshop,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet[ResearchQuestion],
):
    """The research questions of a workshop; parts and examples name their `parent`."""

    serializer_class = QuestionOut
    queryset = ResearchQuestion.objects.none()

    def get_queryset(self) -> Any:
        return questions_visible_to(self.actor) if self.actor else self.queryset

    @extend_schema(request=QuestionIn, responses={201: QuestionOut})
    def create(self, request: Request, slug: str) -> Response:
        """Raise a research question, or a part or example of one."""
        given = self.validated(QuestionIn, may="agendas.edit")
        question = services.raise_question(actor=self.actor, **given)
        return Response(QuestionOut(question).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=QuestionRevision, responses=QuestionOut)
    def partial_update(self, request: Request, slug: str, pk: str) -> Response:
        """Revise a research question."""
        question = self.get_object()
        given = self.validated(QuestionRevision, may="agendas.edit", on=question)
        question = services.revise_question(actor=self.actor, question=question, **given)
        return Response(QuestionOut(question).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, slug: str, pk: str) -> Response:
        """Withdraw a research question with its parts."""
        question = self.get_object()
        given = self.validated(Withdrawal, may="agendas.edit", on=question)
        services.withdraw_question(actor=self.actor, question=question, **given)
        return Response(status=status.HTTP_204_NO_CONTENT)


class OutcomeViewSet(
    InWorkshop,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet[Outcome],
):
    """What the workshop came to: takeaways, recommendations, actions, and what was left open."""

    serializer_class = OutcomeOut
    queryset = Outcome.objects.none()

    def get_queryset(self) -> Any:
        return outcomes_visible_to(self.actor) if self.actor else self.queryset

    @extend_schema(request=OutcomeIn, responses={201: OutcomeOut})
    def create(self, request: Request, slug: str) -> Response:
        """Record an outcome."""
        given = self.validated(OutcomeIn, may="agendas.edit")
        outcome = services.record_outcome(actor=self.actor, **given)
        return Response(OutcomeOut(outcome).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=OutcomeRevision, responses=OutcomeOut)
    def partial_update(self, request: Request, slug: str, pk: str) -> Response:
        """Revise an outcome."""
        outcome = self.get_object()
        given = self.validated(OutcomeRevision, may="agendas.edit", on=outcome)
        outcome = services.revise_outcome(actor=self.actor, outcome=outcome, **given)
        return Response(OutcomeOut(outcome).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, slug: str, pk: str) -> Response:
        """Withdraw an outcome."""
        outcome = self.get_object()
        given = self.validated(Withdrawal, may="agendas.edit", on=outcome)
        services.withdraw_outcome(actor=self.actor, outcome=outcome, **given)
        return Response(status=status.HTTP_204_NO_CONTENT)
