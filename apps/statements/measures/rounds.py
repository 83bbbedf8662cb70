"""From one round to the next: who changed their mind, and what is asked again.

Answers are stable where at least 85 in 100 of those who answered both rounds gave the same (less
than 15 per cent changing: Scheibe, Skutsch and Schofer 1975). Consensus is not what ends the
rounds: how many there are at most is set beforehand.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from apps.statements.measures.certainty import Certainty, Level
from apps.statements.measures.verdicts import Verdict
from apps.workshops.consensus import FEWEST_ANSWERS, PER_CENT

STABLE_FROM = 85


@dataclass(frozen=True, slots=True)
class Stability:
    """Of those who answered `both` rounds, how many `kept` their answer: numbers of people."""

    kept: int
    both: int

    @classmethod
    def of(cls, pairs: Iterable[tuple[int, int]]) -> Self:
        """Return it for each person's answer before and after: below, at or above 0.

        How strongly they agree or disagree doesn't count.
        """
        same = [_side(before) == _side(after) for before, after in pairs]
        return cls(sum(same), len(same))

    @property
    def stable(self) -> bool:
        """Whether so few changed their answer that another round would change little."""
        return self.both > 0 and PER_CENT * self.kept >= STABLE_FROM * self.both


def reopens(verdict: Verdict, certainty: Certainty, stability: Stability | None = None) -> bool:
    """Return whether a next round that asks again what isn't settled asks this again.

    Settled between rounds is a consensus that nobody's answer can end any more, and anything that
    stood as good as still since the round before: `stability`, None for the first.
    """
    if verdict.is_consensus and certainty.level == Level.SETTLED:
        return False
    return verdict == Verdict.NOT_ENOUGH or stability is None or not stability.stable


def path(verdicts: Sequence[Verdict]) -> str:
    """Return how a verdict went from round to round: “Divided → leans towards agreement”."""
    first, *others = (verdict.label for verdict in verdicts)
    return " → ".join([first, *(label.lower() for label in others)])


def stability_sentence(stability: Stability) -> str:
    """Return how many kept their answer, in a sentence; empty of fewer than five."""
    if stability.both < FEWEST_ANSWERS:
        return ""
    kept = f"{stability.kept:,} of the {stability.both:,} who answered both rounds"
    firm = "stable" if stability.stable else "still moving"
    return f"{kept} kept their answer: opinion is {firm}."


def _side(answer: int) -> int:
    return (answer > 0) - (answer < 0)
