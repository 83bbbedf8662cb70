"""How many support something, in words, and never who."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from apps.participants.models import Participant


@dataclass(frozen=True)
class Supported:
    """How many support something, and whether the one who reads does."""

    count: int = 0
    mine: bool = False

    @property
    def words(self) -> str:
        """The number in a sentence; empty for nobody."""
        others = self.count - self.mine
        if self.mine:
            if not others:
                return "You support this."
            return f"You and {others} other{'' if others == 1 else 's'} support this."
        if not others:
            return ""
        return (
            "1 participant supports this."
            if others == 1
            else f"{others} participants support this."
        )


NOBODY = Supported()


def supported(actor: Participant, supports: QuerySet[Any], subject: str) -> dict[Any, Supported]:
    """Return by the id of each `subject` how many rows of `supports` there are. One query."""
    mine = Count("pk", filter=Q(participant=actor))
    counted = supports.values(subject).annotate(count=Count("pk"), mine=mine).order_by(subject)
    return {row[subject]: Supported(row["count"], bool(row["mine"])) for row in counted}
