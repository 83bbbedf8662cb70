"""What was agreed and what wasn't: annotations, their positions, their evidence, their terms."""

from django.db import models

from apps.core.constraints import SameParent, identifiable_within, one_of, same_workshop
from apps.core.models import Entity, Versioned
from apps.notes.models import Note, standing
from apps.participants.models import Group, Participant
from apps.themes.models import Comment, Theme
from apps.workshops.models import Session, Workshop


class Kind(models.TextChoices):
    CONSENSUS = "consensus", "Consensus"
    DIVERGENCE = "divergence", "Divergence"
    GROUP_DIFFERENCE = "group_difference", "Group difference"
    OBSERVATION = "observation", "Observation"
    SUGGESTION = "suggestion", "Suggestion"
    REQUIREMENT = "requirement", "Requirement"
    SINGLE_VOICE = "single_voice", "Single voice"
    EXAMPLE = "example", "Example"
    DEFINITION = "definition", "Definition"
    TENSION = "tension", "Tension"
    OPEN_ISSUE = "open_issue", "Open issue"


# The kinds that have sides, and need two of them before they can enter a memo.
SIDED = (Kind.DIVERGENCE, Kind.GROUP_DIFFERENCE)


class About(models.TextChoices):
    TERMS = "terms", "Terms"
    FACTS = "facts", "Facts"
    VALUES = "values", "Values"
    MEANS = "means", "Means"
    PRIORITIES = "priorities", "Priorities"
    SCOPE = "scope", "Scope"


class Modality(models.TextChoices):
    IS = "is", "is"
    MAY = "may", "may"
    SHOULD = "should", "should"
    MUST = "must", "must"


class Strength(models.TextChoices):
    CONSENSUS = "consensus", "Consensus"
    GENERAL = "general", "General agreement"
    PARTIAL = "partial", "Partial agreement"


class Basis(models.TextChoices):
    """How an agreement or a view is known."""

    COUNT = "count", "A count"
    SHOW_OF_HANDS = "show_of_hands", "A show of hands"
    SENSE_OF_ROOM = "sense_of_room", "Sense of the room"
    GROUP_STATEMENT = "group_statement", "A group’s own statement"
    REPEATED = "repeated", "Raised several times"
    SINGLE_VOICE = "single_voice", "One voice"
    RAPPORTEUR = "rapporteur", "The rapporteur’s inference"


class Quantifier(models.TextChoices):
    """Words for how many; the word that is printed goes before “participants” or a group."""

    ALL = "all", "All"
    NEARLY_ALL = "nearly_all", "Nearly all"
    MOST = "most", "Most"
    MAJORITY = "majority", "A majority of"
    ABOUT_HALF = "about_half", "About half of"
    MANY = "many", "Many"
    SOME = "some", "Some"
    FEW = "few", "A few"
    ONE = "one", "One"


class Stance(models.TextChoices):
    SUPPORTS = "supports", "Supports"
    AGAINST = "against", "Against"
    ILLUSTRATES = "illustrates", "Illustrates"


class TermStatus(models.TextChoices):
    CONTESTED = "contested", "Contested"
    AGREED = "agreed", "Agreed for this memo"
    PARKED = "parked", "Parked"


class Annotation(Entity, Versioned):
    """A finding on a theme: what was agreed, what wasn't, or what is worth telling."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="annotations")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="annotations")
    kind = models.CharField(max_length=20, choices=Kind)
    claim = models.CharField(max_length=500)
    about = models.CharField(max_length=12, choices=About, blank=True)
    modality = models.CharField(max_length=8, choices=Modality, default=Modality.IS)
    strength = models.CharField(max_length=12, choices=Strength, blank=True)
    basis = models.CharField("how it is known", max_length=20, choices=Basis, blank=True)
    quantifier = models.CharField("how many", max_length=12, choices=Quantifier, blank=True)
    holders = models.ManyToManyField(Group, blank=True, related_name="+")
    scope_conditions = models.CharField("where it holds", max_length=300, blank=True)
    session = models.ForeignKey(Session, models.SET_NULL, null=True, blank=True, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "created_at"]
        constraints = [
            one_of("kind", Kind),
            one_of("about", About, blank=True),
            one_of("modality", Modality),
            one_of("strength", Strength, blank=True),
            one_of("basis", Basis, blank=True),
            one_of("quantifier", Quantifier, blank=True),
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


class Position(Entity, Versioned):
    """One of the two or more sides of a divergence."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    annotation = models.ForeignKey(Annotation, models.CASCADE, related_name="positions")
    label = models.CharField(max_length=120, blank=True)
    text = models.CharField(max_length=1_000)
    quantifier = models.CharField("how many", max_length=12, choices=Quantifier, blank=True)
    holders = models.ManyToManyField(Group, blank=True, related_name="+")
    reasons_for = models.CharField(max_length=1_000, blank=True)
    reasons_against = models.CharField(max_length=1_000, blank=True)
    minority = models.BooleanField("a minority view", default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "created_at"]
        constraints = [
            one_of("quantifier", Quantifier, blank=True),
            identifiable_within("annotation"),
            same_workshop("annotation", "annotations.Annotation"),
            models.CheckConstraint(
                condition=~models.Q(text=""), name="annotations_position_text_given"
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.text


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
    """One of the meanings of a term, and who holds it."""

    term = models.ForeignKey(Term, models.CASCADE, related_name="senses")
    text = models.CharField(max_length=500)
    holders = models.ManyToManyField(Group, blank=True, related_name="+")
    used_by = models.CharField(max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "created_at"]

    def __str__(self) -> str:
        return self.text


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
