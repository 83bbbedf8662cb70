"""The words in which findings are described."""

from django.db import models


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
    COULD = "could", "could"
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
    """Words for how many, as the rapporteur estimates: never above “many”.

    What was counted has its word from the count alone (`apps.annotations.quantifying`).
    """

    MANY = "many", "Many"
    SEVERAL = "several", "Several"
    SOME = "some", "Some"
    FEW = "few", "A few"
    TWO = "two", "Two"
    ONE = "one", "One"


class Certainty(models.TextChoices):
    """Doubt about the record itself, where it was recorded."""

    DOUBTFUL = "doubtful", "It may be recorded wrongly"
    GUESSED = "guessed", "What was meant is guessed"


class Polarity(models.TextChoices):
    """Where a position stands to what people parted on."""

    FOR = "for", "For it"
    AGAINST = "against", "Against it"
    BETWEEN = "between", "In between"


class Stance(models.TextChoices):
    SUPPORTS = "supports", "Supports"
    AGAINST = "against", "Against"
    ILLUSTRATES = "illustrates", "Illustrates"


class TermStatus(models.TextChoices):
    CONTESTED = "contested", "Contested"
    AGREED = "agreed", "Agreed for this memo"
    PARKED = "parked", "Parked"
