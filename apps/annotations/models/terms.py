"""Words that people use in different senses, or agreed on one."""

from django.db import models

from apps.annotations.models.choices import TermStatus
from apps.annotations.models.findings import Annotation
from apps.core.constraints import identifiable_within, one_of, same_workshop
from apps.core.models import Entity, Versioned
from apps.notes.models import Note
from apps.participants.models import Group
from apps.workshops.models import Workshop


class Term(Entity, Versioned):
    """A word that people use in different senses, or agreed on one."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="terms")
    name = models.CharField(max_length=120)
    status = models.CharField(max_length=10, choices=TermStatus, default=TermStatus.CONTESTED)
    annotation = models.ForeignKey(
        Annotation, models.SET_NULL, null=True, blank=True, related_name="terms"
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "name"]
        constraints = [
            one_of("status", TermStatus),
            identifiable_within("workshop"),
            same_workshop("annotation", "annotations.Annotation"),
            models.CheckConstraint(
                condition=~models.Q(name=""), name="annotations_term_name_given"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Sense(Entity):
    """One of the meanings of a term, who holds it, and the note in which it was given, if one."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    term = models.ForeignKey(Term, models.CASCADE, related_name="senses")
    note = models.ForeignKey(Note, models.PROTECT, null=True, blank=True, related_name="senses")
    text = models.CharField(max_length=500)
    holders = models.ManyToManyField(Group, blank=True, related_name="+")
    used_by = models.CharField(max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "created_at"]
        constraints = [
            same_workshop("term", "annotations.Term"),
            same_workshop("note", "notes.Note"),
        ]

    def __str__(self) -> str:
        return self.text
