"""What statements, rounds and results look like over the API."""

from typing import Any

from rest_framework import serializers

from apps.annotations.api.fields import VisibleAnnotation
from apps.annotations.models import Position
from apps.statements.measures.verdicts import Verdict
from apps.statements.models import (
    MAX_LENGTH,
    AskingPlan,
    Direction,
    Means,
    NextRound,
    Round,
    Scale,
    Statement,
    StatementEvidence,
)
from apps.statements.models.plans import MOST_IN_A_GROUP, MOST_ROUNDS
from apps.themes.api.fields import VisibleTheme
from apps.workshops.scope import OfWorkshop


class CountsOut(serializers.Serializer[Any]):
    """People by their answer."""

    agree = serializers.IntegerField()
    disagree = serializers.IntegerField()
    unsure = serializers.IntegerField()


class GroupResultOut(serializers.Serializer[Any]):
    """What is told of a group: in numbers, or in words alone (`counts` null)."""

    id = serializers.UUIDField()
    plural = serializers.CharField()
    counts = CountsOut(allow_null=True)
    says = serializers.CharField()


class GapOut(serializers.Serializer[Any]):
    """One group against another, or against all others (`other` null)."""

    group = serializers.UUIDField()
    other = serializers.UUIDField(allow_null=True)
    finding = serializers.CharField()
    points = serializers.FloatField(allow_null=True)
    p = serializers.FloatField(allow_null=True)
    says = serializers.CharField()


class ResultOut(serializers.Serializer[Any]):
    """What a round came to, as it was revealed: by the rule of its time, in numbers and words."""

    counts = CountsOut(allow_null=True)
    answered = serializers.IntegerField()
    members = serializers.IntegerField(allow_null=True)
    verdict = serializers.ChoiceField([each.value for each in Verdict])
    certainty = serializers.CharField(source="certainty.level", allow_null=True)
    probability = serializers.FloatField(source="certainty.probability", allow_null=True)
    margin = serializers.IntegerField(source="content.margin", allow_null=True)
    by_hands = serializers.BooleanField()
    rule = serializers.DictField(source="content.rule", child=serializers.IntegerField())
    says = serializers.CharField()
    groups = GroupResultOut(many=True)
    not_told = serializers.ListField(source="hidden_says", child=serializers.CharField())
    shared = serializers.BooleanField(source="is_shared", allow_null=True)
    gaps = GapOut(many=True)


class RoundOut(serializers.ModelSerializer[Round]):
    """One asking of a statement. How many answered is told to the team while it is open; what it
    came to is null until it is revealed.
    """

    wording = serializers.CharField(source="wording.text")
    answered = serializers.SerializerMethodField()
    result = serializers.SerializerMethodField()
    own = serializers.SerializerMethodField()

    class Meta:
        model = Round
        fields = [
            "id", "statement", "number", "wording", "state", "scale", "means", "members",
            "answered", "own", "result", "version",
        ]  # fmt: skip
        read_only_fields = fields

    def get_answered(self, asked: Round) -> int | None:
        """How many answered, for the team."""
        known: dict[Any, int] | None = self.context.get("answered")
        if known is None:
            return None
        # What came by a file has a result, and no answers that could be counted.
        found = self.context.get("results", {}).get(asked.pk)
        return int(found.answered) if found else known.get(asked.pk, 0)

    def get_own(self, asked: Round) -> int | None:
        """What the one who asks answered; null also where nothing leads to it."""
        own: dict[Any, int] = self.context.get("own", {})
        return own.get(asked.pk)

    def get_result(self, asked: Round) -> dict[str, Any] | None:
        """What it came to, once that was revealed."""
        found = self.context.get("results", {}).get(asked.pk)
        return ResultOut(found).data if found else None


class StatementOut(serializers.ModelSerializer[Statement]):
    """A statement under its theme, where that may be read; in its present words for the team, in
    those that were asked last for others.
    """

    text = serializers.CharField(source="words")
    theme = serializers.SerializerMethodField()
    withdrawn = serializers.SerializerMethodField()

    class Meta:
        model = Statement
        fields = ["id", "text", "theme", "scale", "order", "withdrawn", "version"]
        read_only_fields = fields

    def get_theme(self, statement: Statement) -> str | None:
        """The theme it stands under."""
        readable: set[Any] = self.context["themes"]
        return str(statement.theme_id) if statement.theme_id in readable else None

    def get_withdrawn(self, statement: Statement) -> bool:
        """Whether it isn't asked any more."""
        return statement.withdrawn_at is not None


class StatementChange(serializers.Serializer[Any]):
    """A change: what is left out stays as it is."""

    text = serializers.CharField(max_length=MAX_LENGTH, required=False)
    theme = VisibleTheme(required=False, allow_null=True)
    scale = serializers.ChoiceField(Scale.choices, required=False)
    version = serializers.IntegerField(required=False)


class StatementIn(serializers.Serializer[Any]):
    """A new statement, and the finding or position that it tests."""

    text = serializers.CharField(max_length=MAX_LENGTH)
    theme = VisibleTheme(required=False, allow_null=True)
    scale = serializers.ChoiceField(Scale.choices, required=False)
    annotation = VisibleAnnotation(required=False, allow_null=True)
    position = OfWorkshop(queryset=Position.objects.all(), required=False, allow_null=True)
    direction = serializers.ChoiceField(Direction.choices, required=False)


class TestOut(serializers.ModelSerializer[StatementEvidence]):
    """That a statement tests a finding, and which answer speaks for it."""

    class Meta:
        model = StatementEvidence
        fields = ["id", "statement", "annotation", "position", "direction"]
        read_only_fields = fields


class TestIn(serializers.Serializer[Any]):
    """Which finding, or position, a statement tests."""

    annotation = VisibleAnnotation()
    position = OfWorkshop(queryset=Position.objects.all(), required=False, allow_null=True)
    direction = serializers.ChoiceField(Direction.choices, required=False)


class AnswerIn(serializers.Serializer[Any]):
    """From 1 to -1, or from 2 to -2 on five points; 0 is unsure. `key`: under the anonymous rule,
    64 hexadecimal digits that only the one who answers can make for this round.
    """

    value = serializers.IntegerField(min_value=-2, max_value=2)
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True)
    key = serializers.CharField(max_length=64, required=False, allow_blank=True)


class AnswerOut(serializers.Serializer[Any]):
    """What was taken."""

    value = serializers.IntegerField()
    reason = serializers.CharField()


class MeansIn(serializers.Serializer[Any]):
    """How a round is answered."""

    means = serializers.ChoiceField(Means.choices)


class OpenIn(serializers.Serializer[Any]):
    """Whether a round that is closed is meant to take answers again."""

    again = serializers.BooleanField(default=False)


class Moving(serializers.Serializer[Any]):
    """By how many places: up if negative, else down."""

    by = serializers.IntegerField(min_value=-1_000, max_value=1_000)


class PlanOut(serializers.ModelSerializer[AskingPlan]):
    """How the room is asked."""

    class Meta:
        model = AskingPlan
        fields = [
            "scale", "rounds", "next_round", "smallest_group", "shared_at", "team_answers",
            "is_open", "takes_proposals", "version",
        ]  # fmt: skip
        read_only_fields = fields


class PlanChange(serializers.Serializer[Any]):
    """A change of how the room is asked; once people have answered it needs a reason."""

    scale = serializers.ChoiceField(Scale.choices, required=False)
    rounds = serializers.IntegerField(min_value=1, max_value=MOST_ROUNDS, required=False)
    next_round = serializers.ChoiceField(NextRound.choices, required=False)
    smallest_group = serializers.IntegerField(
        min_value=1, max_value=MOST_IN_A_GROUP, required=False
    )
    shared_at = serializers.IntegerField(min_value=50, max_value=100, required=False)
    team_answers = serializers.BooleanField(required=False)
    is_open = serializers.BooleanField(required=False)
    takes_proposals = serializers.BooleanField(required=False)
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True)
    version = serializers.IntegerField(required=False)
