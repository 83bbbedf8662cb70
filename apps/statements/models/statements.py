"""A sentence put to the room, its wordings, and what it tests."""

from django.db import models

from apps.annotations.models import Annotation, Position
from apps.core.constraints import SameParent, identifiable_within, one_of, same_workshop
from apps.core.models import Entity, Versioned
from apps.statements.models.choices import Direction, Scale
from apps.themes.models import Theme
from apps.workshops.models import Workshop

MAX_LENGTH = 300


class Statement(Entity, Versioned):
    """A sentence with which people may agree or disagree; `text` is how it reads at present."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="statements")
    theme = models.ForeignKey(
        Theme, models.SET_NULL, null=True, blank=True, related_name="statements"
    )
    text = models.CharField("statement", max_length=MAX_LENGTH)
    scale = models.CharField(max_length=5, choices=Scale, default=Scale.THREE)
    order = models.PositiveIntegerField(default=0)
    # Not to be asked any more; what was answered stays.
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order", "created_at"]
        constraints = [
            one_of("scale", Scale),
            identifiable_within("workshop"),
            same_workshop("theme", "themes.Theme"),
            models.CheckConstraint(
                condition=~models.Q(text=""), name="statements_statement_text_given"
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """How it reads for whoever asks: other words aren't theirs to know before they are asked.

        See `selectors.statements_visible_to`.
        """
        return str(vars(self).get("asked_words") or self.text)


class Wording(Entity):
    """How a statement reads, or read: what was answered was answered to these words.

    Once a round has asked it, it never changes; other words are another wording.
    """

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="wordings")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=MAX_LENGTH)

    class Meta:
        ordering = ["number"]
        constraints = [
            identifiable_within("workshop"),
            identifiable_within("statement"),
            same_workshop("statement", "statements.Statement"),
            models.UniqueConstraint(
                fields=["statement", "number"], name="statements_wording_numbered"
            ),
            models.CheckConstraint(
                condition=~models.Q(text=""), name="statements_wording_text_given"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class StatementEvidence(Entity):
    """That a statement tests a finding, or one of its positions; and which answer speaks for it."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="tests")
    annotation = models.ForeignKey(Annotation, models.CASCADE, related_name="tested_by")
    position = models.ForeignKey(
        Position, models.CASCADE, null=True, blank=True, related_name="tested_by"
    )
    direction = models.CharField(max_length=8, choices=Direction, default=Direction.AGREE)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            one_of("direction", Direction),
            same_workshop("statement", "statements.Statement"),
            same_workshop("annotation", "annotations.Annotation"),
            SameParent(
                fields=["annotation", "position"],
                to="annotations.Position",
                to_fields=["annotation", "id"],
                name="statements_evidence_position_within",
            ),
            models.UniqueConstraint(
                fields=["statement", "annotation", "position"],
                nulls_distinct=False,
                name="statements_evidence_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} tests {self.annotation_id}"
