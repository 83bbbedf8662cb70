"""What a workshop has left lying: asked of the apps, each list with where it is mended.

Nothing here goes by votes or by how many said it: a list holds all there is, or is empty.
"""

from collections.abc import Callable
from dataclasses import dataclass

from apps.core.contributions import contributed
from apps.workshops.actors import Actor


@dataclass(frozen=True)
class Missing:
    """One thing that was left lying; `url` leads to where it is mended, `action` says how."""

    text: str
    url: str
    action: str
    about: str = ""


@dataclass(frozen=True)
class Gap:
    """Things of one kind that were left lying: how many, and, once somebody looks, which.

    `one` and `several` go behind a number: “3 notes filed nowhere”.
    """

    key: str
    title: str
    one: str
    several: str
    count: int
    found: Callable[[], list[Missing]]

    @property
    def counted(self) -> str:
        """How many there are, in words."""
        return f"{self.count} {self.one if self.count == 1 else self.several}"


def gaps(actor: Actor) -> list[Gap]:
    """Return all kinds of things that may be left lying, those of which there is none as well."""
    found: list[Gap] = contributed("workshops:coverage", actor=actor)
    return found
