"""The words that statements, their rounds and their answers may hold."""

from django.db import models

# Nothing is told of a group of fewer, whatever an owner would like.
FEWEST_IN_A_GROUP = 3


class Scale(models.TextChoices):
    THREE = "three", "Agree, disagree, unsure"
    FIVE = "five", "Five points, from strongly agree to strongly disagree"


class Answer(models.IntegerChoices):
    """What somebody answers; not to answer is no row at all."""

    STRONGLY_AGREE = 2, "Strongly agree"
    AGREE = 1, "Agree"
    UNSURE = 0, "Unsure"
    DISAGREE = -1, "Disagree"
    STRONGLY_DISAGREE = -2, "Strongly disagree"


class RoundState(models.TextChoices):
    """In the order in which a round goes through them."""

    DRAFT = "draft", "Not asked yet"
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"
    REVEALED = "revealed", "Revealed"


class Means(models.TextChoices):
    """How a round is answered."""

    DEVICES = "devices", "On people’s own devices"
    HANDS = "hands", "By a show of hands"


class Direction(models.TextChoices):
    """Which answer speaks for the finding that a statement tests."""

    AGREE = "agree", "Agreeing speaks for it"
    DISAGREE = "disagree", "Disagreeing speaks for it"


class NextRound(models.TextChoices):
    """What is asked again in the next round, as the plan says beforehand."""

    UNSETTLED = "unsettled", "What isn’t settled"
    ALL = "all", "Everything"
    CHOSEN = "chosen", "What the team chooses"


class Showing(models.TextChoices):
    """What the screen of the room shows."""

    JOIN = "join", "How to join"
    ROUND = "round", "A statement"
    BLANK = "blank", "Nothing"


class ProposalState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"


class Declined(models.TextChoices):
    """Why a proposed statement isn’t asked: known to everybody beforehand."""

    SAID_ALREADY = "said_already", "Another statement says this already"
    SEVERAL_IDEAS = "several_ideas", "It holds more than one idea"
    NOT_A_STATEMENT = "not_a_statement", "One can’t agree or disagree with it"
    NAMES_SOMEBODY = "names_somebody", "It names a person or points at one"
    OFF_SUBJECT = "off_subject", "It isn’t about what this workshop discusses"
    OFFENSIVE = "offensive", "It insults people"
