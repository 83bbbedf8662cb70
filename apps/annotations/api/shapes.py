"""What clients are told of findings, and what they may say."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.annotations.models import (
    About,
    Annotation,
    Basis,
    Certainty,
    Evidence,
    Held,
    Kind,
    Modality,
    Polarity,
    Position,
    Quantifier,
    Stance,
    Strength,
)
from apps.annotations.quantifying import how_many
from apps.annotations.services import PositionGiven
from apps.core.permissions import allowed
from apps.participants.models import Group, Participant
from apps.themes.api.fields import VisibleNote, VisibleTheme
from apps.themes.models import CommentKind
from apps.workshops.models import Session
from apps.workshops.scope import OfWorkshop

COUNT: dict[str, Any] = {
    "required": False, "allow_null": True, "min_value": 1, "max_value": 32_767,
}  # fmt: skip


def reads(actor: Participant | None) -> dict[str, bool]:
    """Return what of a finding `actor` reads beside what all do, for the context of these."""
    return {
        "reads_notes": actor is not None and allowed(actor, "notes.view", actor.workshop),
        # Under the Chatham House Rule a count can give away who thought otherwise.
        "reads_counts": actor is not None
        and allowed(actor, "participants.see_all_groups", actor.workshop),
    }


class EvidenceOut(serializers.ModelSerializer[Evidence]):
    """That a note supports, contradicts or illustrates a finding, or one of its positions."""

    class Meta:
        model = Evidence
        fields = ["id", "note", "position", "stance"]
        read_only_fields = fields


class HeldOut(serializers.ModelSerializer[Any]):
    """How many hold something: the count as it was entered for the team alone."""

    counted = serializers.SerializerMethodField()
    counted_of = serializers.SerializerMethodField()
    how_many = serializers.SerializerMethodField()

    def get_counted(self, held: Held) -> int | None:
        """How many were counted."""
        return held.counted if self.context["reads_counts"] else None

    def get_counted_of(self, held: Held) -> int | None:
        """Of how many who answered."""
        return held.counted_of if self.context["reads_counts"] else None

    def get_how_many(self, held: Held) -> str:
        """A word, or numbers where few were asked; as it may be told."""
        return how_many(held).amount


class PositionOut(HeldOut):
    """A side of a divergence."""

    class Meta:
        model = Position
        fields = [
            "id", "label", "text", "unrecorded", "polarity", "answers", "quantifier", "counted",
            "counted_of", "how_many", "holders", "reasons_for", "reasons_against", "minority",
            "order", "version",
        ]  # fmt: skip
        read_only_fields = fields


class AnnotationOut(HeldOut):
    """A finding with its positions; its evidence only for those who read notes."""

    positions = PositionOut(many=True, read_only=True)
    evidence = serializers.SerializerMethodField()
    note_count = serializers.SerializerMethodField()
    supporters = serializers.IntegerField()
    supported_by_you = serializers.BooleanField(source="is_supported")

    class Meta:
        model = Annotation
        fields = [
            "id", "theme", "kind", "claim", "about", "modality", "strength", "basis",
            "quantifier", "counted", "counted_of", "how_many", "holders", "certainty",
            "scope_conditions", "session", "order", "positions", "evidence", "note_count",
            "supporters", "supported_by_you", "version",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(EvidenceOut(many=True))
    def get_evidence(self, annotation: Annotation) -> Any:
        """The notes it rests on."""
        if not self.context["reads_notes"]:
            return []
        return EvidenceOut(annotation.evidence.all(), many=True).data

    def get_note_count(self, annotation: Annotation) -> int:
        """How many notes it rests on."""
        return len({each.note_id for each in annotation.evidence.all()})


class PositionFields(serializers.Serializer[Any]):
    """What a position says."""

    label = serializers.CharField(  # type: ignore[assignment]  # a field of ours, not a property
        max_length=120, required=False, allow_blank=True
    )
    text = serializers.CharField(max_length=1_000, required=False, allow_blank=True)
    unrecorded = serializers.BooleanField(required=False)
    polarity = serializers.ChoiceField(Polarity.choices, required=False, allow_blank=True)
    quantifier = serializers.ChoiceField(Quantifier.choices, required=False, allow_blank=True)
    counted = serializers.IntegerField(**COUNT)
    counted_of = serializers.IntegerField(**COUNT)
    holders = OfWorkshop(queryset=Group.objects.all(), many=True, required=False)
    reasons_for = serializers.CharField(max_length=1_000, required=False, allow_blank=True)
    reasons_against = serializers.CharField(max_length=1_000, required=False, allow_blank=True)
    minority = serializers.BooleanField(required=False)


class PositionChange(PositionFields):
    """A change of a position: what is left out stays as it is."""

    version = serializers.IntegerField(required=False)
    answers = OfWorkshop(queryset=Position.objects.all(), required=False, allow_null=True)


class NewPosition(PositionFields):
    """A new position. Its text may be left out only where the view isn't recorded."""

    answers = serializers.UUIDField(required=False, allow_null=True)


class PositionIn(NewPosition):
    """A new position, or with an `id` one that is there already."""

    id = serializers.UUIDField(required=False)


class AnnotationFields(serializers.Serializer[Any]):
    """What a finding says."""

    kind = serializers.ChoiceField(Kind.choices, required=False)
    claim = serializers.CharField(max_length=500, required=False)
    about = serializers.ChoiceField(About.choices, required=False, allow_blank=True)
    modality = serializers.ChoiceField(Modality.choices, required=False)
    strength = serializers.ChoiceField(Strength.choices, required=False, allow_blank=True)
    basis = serializers.ChoiceField(Basis.choices, required=False, allow_blank=True)
    quantifier = serializers.ChoiceField(Quantifier.choices, required=False, allow_blank=True)
    counted = serializers.IntegerField(**COUNT)
    counted_of = serializers.IntegerField(**COUNT)
    holders = OfWorkshop(queryset=Group.objects.all(), many=True, required=False)
    certainty = serializers.ChoiceField(Certainty.choices, required=False, allow_blank=True)
    scope_conditions = serializers.CharField(max_length=300, required=False, allow_blank=True)
    session = OfWorkshop(queryset=Session.objects.all(), required=False, allow_null=True)
    positions = PositionIn(many=True, required=False)

    def validate_positions(self, positions: list[dict[str, Any]]) -> list[PositionGiven]:
        """Turn positions into what the services take."""
        return [PositionGiven(**position) for position in positions]


class AnnotationChange(AnnotationFields):
    """A change of a finding: what is left out stays as it is.

    `positions` are added, or take the place of those whose `id` they carry; none is removed.
    """

    version = serializers.IntegerField(required=False)


class AnnotationIn(AnnotationFields):
    """A new finding on a theme; a consensus needs a basis."""

    theme = VisibleTheme()
    kind = serializers.ChoiceField(Kind.choices)
    claim = serializers.CharField(max_length=500)


class EvidenceIn(serializers.Serializer[Any]):
    """A note to attach, to the finding itself or to one of its positions."""

    note = VisibleNote()
    position = OfWorkshop(
        queryset=Position.objects.all(), required=False, allow_null=True, default=None
    )
    stance = serializers.ChoiceField(Stance.choices, default=Stance.SUPPORTS)


class Move(serializers.Serializer[Any]):
    """By how many places: up if negative, else down."""

    by = serializers.IntegerField(min_value=-1_000, max_value=1_000)


class Remark(serializers.Serializer[Any]):
    """A comment."""

    text = serializers.CharField(max_length=5_000)
    kind = serializers.ChoiceField(CommentKind.choices, default=CommentKind.REMARK)
