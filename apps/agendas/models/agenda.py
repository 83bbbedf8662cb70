"""What to study next, and what the day came to."""

from django.db import models

from apps.annotations.models import Annotation, Basis, Modality, Strength, Term
from apps.core.constraints import identifiable_within, one_of, same_workshop
from apps.core.models import Entity, Versioned
from apps.participants.models import Group
from apps.themes.models import Theme
from apps.workshops.models import Workshop, in_calendar


class QuestionKind(models.TextChoices):
    CONCEPTUAL = "conceptual", "Conceptual"
    EMPIRICAL = "empirical", "Empirical"
    POLICY = "policy", "Policy"
    METHOD = "method", "Method"
    DATA = "data", "Data"


class OutcomeKind(models.TextChoices):
    TAKEAWAY = "takeaway", "Key takeaway"
    RECOMMENDATION = "recommendation", "Recommendation"
    ACTION = "action", "Action"
    NOT_AGREED = "not_agreed", "Not agreed"
    OUT_OF_SCOPE = "out_of_scope", "Out of scope"
    NOT_COVERED = "not_covered", "Not covered"
    NEXT_EVENT = "next_event", "Next event"


class OutcomeState(models.TextChoices):
    OPEN = "open", "Not begun"
    UNDER_WAY = "under_way", "Under way"
    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped"


class ResearchQuestion(Entity, Versioned):
    """A question for future research, from where it comes, with its parts."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="research_questions")
    text = models.CharField(max_length=500)
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="parts")
    # A “for example” under its question rather than a part of it.
    example = models.BooleanField(default=False)
    kind = models.CharField(max_length=12, choices=QuestionKind, blank=True)
    origin_themes = models.ManyToManyField(Theme, blank=True, related_name="research_questions")
    origin_annotations = models.ManyToManyField(
        Annotation, blank=True, related_name="research_questions"
    )
    origin_terms = models.ManyToManyField(Term, blank=True, related_name="research_questions")
    new = models.BooleanField("came from nothing said on the day", default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "created_at"]
        constraints = [
            one_of("kind", QuestionKind, blank=True),
            identifiable_within("workshop"),
            same_workshop("parent", "agendas.ResearchQuestion"),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="agendas_researchquestion_not_its_own_parent",
            ),
            models.CheckConstraint(
                condition=models.Q(example=False) | models.Q(parent__isnull=False),
                name="agendas_researchquestion_example_of_something",
            ),
            models.CheckConstraint(
                condition=~models.Q(text=""), name="agendas_researchquestion_text_given"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Outcome(Entity, Versioned):
    """A takeaway, recommendation or action, or what was not agreed or not covered."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="outcomes")
    kind = models.CharField(max_length=16, choices=OutcomeKind, default=OutcomeKind.TAKEAWAY)
    text = models.CharField(max_length=1_000)
    heading = models.CharField(max_length=120, blank=True)
    modality = models.CharField(max_length=8, choices=Modality, default=Modality.IS)
    strength = models.CharField(max_length=12, choices=Strength, blank=True)
    basis = models.CharField("how it is known", max_length=20, choices=Basis, blank=True)
    rests_on_themes = models.ManyToManyField(Theme, blank=True, related_name="outcomes")
    rests_on_annotations = models.ManyToManyField(Annotation, blank=True, related_name="outcomes")
    new = models.BooleanField("rests on nothing said on the day", default=False)
    addressees = models.ManyToManyField(Group, blank=True, related_name="+")
    # Someone outside the room.
    addressee = models.CharField("addressed to", max_length=200, blank=True)
    owner = models.CharField("who sees to it", max_length=200, blank=True)
    # A time in words, and a day.
    horizon = models.CharField("until when, in words", max_length=120, blank=True)
    due = models.DateField(null=True, blank=True)
    state = models.CharField("how far it is", max_length=10, choices=OutcomeState, blank=True)
    # The theme among whose points it is listed.
    listed_under = models.ForeignKey(
        Theme, models.SET_NULL, null=True, blank=True, related_name="listed_outcomes"
    )
    # Such as: it fell short of wide consensus, and was moved here.
    why_here = models.CharField("why it stands here", max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "created_at"]
        constraints = [
            one_of("kind", OutcomeKind),
            one_of("state", OutcomeState, blank=True),
            same_workshop("listed_under", "themes.Theme"),
            in_calendar("due", name="agendas_outcome_in_calendar"),
            one_of("modality", Modality),
            one_of("strength", Strength, blank=True),
            one_of("basis", Basis, blank=True),
            identifiable_within("workshop"),
            models.CheckConstraint(condition=~models.Q(text=""), name="agendas_outcome_text_given"),
        ]

    def __str__(self) -> str:
        return self.text
