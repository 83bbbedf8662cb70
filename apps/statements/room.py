"""What stands on the screen of the room, and how large, so that all of it is seen at once.

A page scrolls, a projector doesn't. So the words are as large as what is to be said lets them be,
and where even the smallest size, which can still be read from the back, leaves too little room,
the last sentences are left to the page of the statement. Lengths are in hundredths of the width of
a screen that is 16 to 9, as `--u` in `room-screen.css`; one that is higher has more room.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from apps.statements.measures.groups import Finding
from apps.statements.picture import PLACE, Picture, picture_of
from apps.statements.selectors import OnScreen, Revealed

# Across: the whole, and what the code in the corner leaves of it. Down: without edges and title.
WIDE, BESIDE_THE_CODE, HIGH = 92.0, 75.0, 46.7
# A character is so wide and a line so high, in the size of its letters.
SERIF, SANS = 0.44, 0.52
LINE, TIGHT = 1.3, 1.2
SMALLEST = 1.5
GAP = 0.9
GROUPS_BESIDE, SMALLER = 3, 0.7


@dataclass(frozen=True)
class Size:
    """How large a statement, a verdict and a mark are; `name` is that of the class in the CSS."""

    name: str
    words: float
    verdict: float
    mark: float


SIZES = (
    Size("huge", 4.6, 2.6, 3.2),
    Size("large", 3.8, 2.3, 2.8),
    Size("medium", 3.0, 2.1, 2.4),
    Size("small", 2.2, 1.8, 2.0),
)


@dataclass(frozen=True)
class Stage:
    """What stands on the screen: how large, and of a result its drawings and sentences."""

    size: str
    picture: Picture | None = None
    groups: Picture | None = None
    sentences: tuple[str, ...] = ()


def stage_of(shown: OnScreen) -> Stage:
    """Return how what is `shown` stands on the screen."""
    text = shown.round.wording.text if shown.round else ""
    revealed = shown.revealed
    if revealed is None:
        # Under it stands how many answered.
        return Stage(next(s.name for s in SIZES if _words(text, s) <= HIGH / 2 or s == SIZES[-1]))
    picture, groups = _picture(revealed), _groups(revealed)
    sentences = _sentences(revealed)
    for size in SIZES:
        if _height(revealed, size, picture, groups, sentences) <= HIGH:
            return Stage(size.name, picture, groups, sentences)
    while sentences and _height(revealed, size, picture, groups, sentences) > HIGH:
        sentences = sentences[:-1]
    return Stage(size.name, picture, groups, sentences)


def _picture(revealed: Revealed) -> Picture | None:
    if revealed.counts is None:
        return None
    return picture_of({"": revealed.counts}, members=revealed.members, name="room")


def _groups(revealed: Revealed) -> Picture | None:
    figures = {each.plural: each.counts for each in revealed.groups if each.counts is not None}
    return picture_of(figures, name="groups") if figures else None


def _sentences(revealed: Revealed) -> tuple[str, ...]:
    """Return what is said of groups, the most telling first, and nothing twice."""
    established = [gap.says for gap in revealed.gaps if gap.finding.established]
    possible = [gap.says for gap in revealed.gaps if gap.finding == Finding.POSSIBLE]
    found = [each for each in (revealed.carrying_says, *established, *possible) if each]
    worded = () if found else revealed.worded_says
    return (*found, *worded, *revealed.hidden_says)


def _height(
    revealed: Revealed,
    size: Size,
    picture: Picture | None,
    groups: Picture | None,
    sentences: Sequence[str],
) -> float:
    height = _words(revealed.text, size) + 2 * GAP
    if picture is not None:
        height += size.mark * picture.height / PLACE + 1.25 * SMALLEST * LINE + 2 * GAP
    height += _lines(revealed.says, size.verdict, SERIF, WIDE) * size.verdict * 1.25 + GAP
    for sentence in filter(None, (revealed.margin_says, *sentences)):
        height += _lines(sentence, SMALLEST, SANS, WIDE) * SMALLEST * LINE + GAP
    if groups is not None:
        rows = ceil(len(groups.rows) / GROUPS_BESIDE)
        marks = SMALLER * size.mark * groups.height / PLACE
        height += rows * (SMALLEST * LINE + marks + 2 * GAP) + 3 * GAP
    return height


def _words(text: str, size: Size) -> float:
    return _lines(text, size.words, SERIF, BESIDE_THE_CODE) * size.words * TIGHT


def _lines(text: str, letters: float, width: float, across: float) -> int:
    # A line breaks before the word that doesn't fit.
    return ceil(1.03 * len(text) * letters * width / across)
