"""How many agree, disagree and are unsure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Counts:
    """People by their answer to one statement; who has not answered is in none of them."""

    agree: int = 0
    disagree: int = 0
    unsure: int = 0

    def __post_init__(self) -> None:
        if min(self.agree, self.disagree, self.unsure) < 0:
            raise ValueError("Nobody is fewer than no people.")

    @classmethod
    def total(cls, parts: Iterable["Counts"]) -> "Counts":
        """Return all of `parts` together."""
        return sum(parts, cls())

    @property
    def answered(self) -> int:
        """How many people answered: being unsure is an answer."""
        return self.agree + self.disagree + self.unsure

    @property
    def swapped(self) -> "Counts":
        """The answers to the opposite statement."""
        return Counts(self.disagree, self.agree, self.unsure)

    @property
    def unanimous(self) -> bool:
        """Whether there are answers, and all are the same."""
        return 0 < self.answered == max(self.agree, self.disagree, self.unsure)

    def __add__(self, other: Self) -> "Counts":
        return Counts(
            self.agree + other.agree, self.disagree + other.disagree, self.unsure + other.unsure
        )

    def __sub__(self, other: Self) -> "Counts":
        """Return who is left without `other`; raises ValueError when those aren't among them."""
        return Counts(
            self.agree - other.agree, self.disagree - other.disagree, self.unsure - other.unsure
        )
