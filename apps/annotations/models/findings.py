"""What was agreed and what wasn't: annotations, their positions, their evidence, their terms."""

from typing import ClassVar

from django.db import models

from apps.annotations.models.choices import (
    SIDED,
    About,
    Basis,
    Certainty,
    Kind,
    Modality,
    Polarity,
    Quantifier,
    Stance,
    Strength,
)
from apps.core.constraints import SameParent, identifiable_within, one_of, same_workshop
from apps.core.models import Entity, Versioned
from apps.notes.models import Note, standing
from apps.participants.models import Group, Participant
from apps.themes.models import Comment, Support, Theme, supported_once
from apps.workshops.models import Session, Workshop


class Held(models.Model):
    """Something that people hold: how many of them, in a word or counted, and which groups.

    Who were counted are all who answered, or where groups are given those of them.
    """

    quantifier = models.CharField("how many", max_length=12, choices=Quantifier, blank=True)
    counted = models.PositiveSmallIntegerField("how many, counted", null=True, blank=True)
    counted_of = models.PositiveSmallIntegerField("of how many", null=True, blank=True)
    holders = models.ManyToManyField(Group, blank=True, related_name="+")

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("quantifier", Quantifier, blank=True),
            models.CheckConstraint(
                condition=models.Q(counted=None, counted_of=None)
                | models.Q(
                    counted__isnull=False,
                    counted_of__isnull=False,
                    counted__gte=1,
                    counted_of__gte=models.F("counted"),
                ),
                name="%(app_label)s_%(class)s_counted_of_some",
                violation_error_message="Give both numbers: how many, and of how many.",
            ),
            models.CheckConstraint(
                condition=models.Q(counted=None) | models.Q(quantifier=""),
                name="%(app_label)s_%(class)s_counted_or_estimated",
                violation_error_message="What was counted needs no word: that follows from it.",
            ),
        ]


class Annotation(Held, Entity, Versioned):
    """A finding on a theme: what was agreed, what wasn't, or what is worth telling."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="annotations")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="annotations")
    kind = models.CharField(max_length=20, choices=Kind)
    claim = models.CharField(max_length=500)
    about = models.CharField(max_length=12, choices=About, blank=True)
    modality = models.CharField(max_length=8, choices=Modality, default=Modality.IS)
    strength = models.CharField(max_length=12, choices=Strength, blank=True)
    basis = models.CharField("how it is known", max_length=20, choices=Basis, blank=True)
    certainty = models.CharField(
        "doubt about the record", max_length=10, choices=Certainty, blank=True
    )
    scope_conditions = models.CharField("where it holds", max_length=300, blank=True)
    session = models.ForeignKey(Session, models.SET_NULL, null=True, blank=True, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "created_at"]
        constraints = [
            *Held.Meta.constraints,
            one_of("kind", Kind),
            one_of("about", About, blank=True),
            one_of("modality", Modality),
            one_of("strength", Strength, blank=True),
            one_of("basis", Basis, blank=True),
            one_of("certainty", Certainty, blank=True),
            identifiable_within("workshop"),
            identifiable_within("theme"),
            same_workshop("theme", "themes.Theme"),
            same_workshop("session", "workshops.Session"),
            models.CheckConstraint(
                condition=~models.Q(kind=Kind.CONSENSUS) | ~models.Q(basis=""),
                name="annotations_annotation_consensus_has_basis",
                violation_error_message="Say how the consensus is known.",
            ),
            models.CheckConstraint(
                condition=~models.Q(claim=""), name="annotations_annotation_claim_given"
            ),
        ]

    def __str__(self) -> str:
        return self.claim

    @property
    def has_sides(self) -> bool:
        """Say whether this kind needs positions."""
        return self.kind in SIDED


class Position(Held, Entity, Versioned):
    """One of the two or more sides of a divergence.

    It may be known who holds a view, and the view not be recorded.
    """

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    annotation = models.ForeignKey(Annotation, models.CASCADE, related_name="positions")
    label = models.CharField(max_length=120, blank=True)
    text = models.CharField(max_length=1_000, blank=True)
    unrecorded = models.BooleanField("the view isn’t recorded", default=False)
    polarity = models.CharField("where it stands", max_length=8, choices=Polarity, blank=True)
    answers = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="answered_by"
    )
    reasons_for = models.CharField(max_length=1_000, blank=True)
    reasons_against = models.CharField(max_length=1_000, blank=True)
    minority = models.BooleanField("a minority view", default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "created_at"]
        constraints = [
            *Held.Meta.constraints,
            one_of("polarity", Polarity, blank=True),
            identifiable_within("workshop"),
            identifiable_within("annotation"),
            same_workshop("annotation", "annotations.Annotation"),
            SameParent(
                fields=["annotation", "answers"],
                to="annotations.Position",
                to_fields=["annotation", "id"],
                name="annotations_position_answers_within",
            ),
            models.CheckConstraint(
                condition=~models.Q(answers=models.F("id")),
                name="annotations_position_answers_another",
                violation_error_message="A position answers another one, not itself.",
            ),
            models.CheckConstraint(
                condition=~models.Q(text="", unrecorded=False),
                name="annotations_position_text_given",
                violation_error_message="Say what this position holds, or that it isn’t recorded.",
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.text or "a view that isn’t recorded"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def standing(self) -> "EvidenceQuerySet":
        """Evidence whose note says something: what rests on a redacted one rests on nothing."""
        return self.filter(standing("note__"))


class Evidence(Entity):
    """That a note supports, contradicts or illustrates an annotation, or one of its positions."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    annotation = models.ForeignKey(Annotation, models.CASCADE, related_name="evidence")
    position = models.ForeignKey(
        Position, models.CASCADE, null=True, blank=True, related_name="evidence"
    )
    note = models.ForeignKey(Note, models.PROTECT, related_name="evidence")
    stance = models.CharField(max_length=12, choices=Stance, default=Stance.SUPPORTS)
    attached_by = models.ForeignKey(
        Participant, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["note__sequence"]
        constraints = [
            one_of("stance", Stance),
            same_workshop("annotation", "annotations.Annotation"),
            same_workshop("note", "notes.Note"),
            SameParent(
                fields=["annotation", "position"],
                to="annotations.Position",
                to_fields=["annotation", "id"],
                name="annotations_evidence_position_within",
            ),
            models.UniqueConstraint(
                fields=["annotation", "position", "note"],
                nulls_distinct=False,
                name="annotations_evidence_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.note_id} {self.stance} {self.annotation_id}"


class AnnotationComment(models.Model):
    """That a comment is about one annotation of its theme, rather than the theme as a whole."""

    comment = models.OneToOneField(
        Comment, models.CASCADE, primary_key=True, related_name="about_annotation"
    )
    annotation = models.ForeignKey(Annotation, models.CASCADE, related_name="commented")
    theme = models.ForeignKey(Theme, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            SameParent(
                fields=["theme", "annotation"],
                to="annotations.Annotation",
                to_fields=["theme", "id"],
                name="annotations_comment_annotation_within",
            ),
            SameParent(
                fields=["theme", "comment"],
                to="themes.Comment",
                to_fields=["theme", "id"],
                name="annotations_comment_comment_within",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} on {self.annotation_id}"


class AnnotationSupport(Support):
    """That somebody holds what a finding says: in these words, for other ones begin without
    support, which the database sees to.
    """

    annotation = models.ForeignKey(Annotation, models.CASCADE, related_name="supports")

    class Meta:
        constraints = supported_once("annotation", "annotations.Annotation")
