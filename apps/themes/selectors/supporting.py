"""How many support something, in words, and never who."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from apps.core.holdings import Held, HeldItem
from apps.participants.models import Participant
from apps.themes.models import Theme
from apps.themes.selectors.outline import themes_visible_to


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


def support_now(actor: Participant, subject: Any, *, by: str) -> Supported:
    """Return how many support `subject`; `by` is what its `supports` call it. One query."""
    return supported(actor, subject.supports.all(), by).get(subject.pk, NOBODY)


def with_support(actor: Participant, rows: QuerySet[Any], *, by: str) -> Any:
    """Say of each of `rows` how many support it, in the query that fetches them: `support_of`.

    `by` is what their `supports` call it.
    """
    table: Any = rows.model._meta.get_field("supports").related_model
    given = table._default_manager.filter(**{by: OuterRef("pk")})
    number = given.order_by().values(by).annotate(number=Count("pk")).values("number")
    mine = Exists(given.filter(participant=actor))
    return rows.annotate(supporters=Coalesce(Subquery(number), 0), is_supported=mine)


def support_of(row: Any) -> Supported:
    """Return how many support a row that was fetched `with_support`."""
    return Supported(row.supporters, row.is_supported)


def theme_supports_held(participant: Participant) -> Held:
    """Return the themes that `participant` supports, for themselves to read."""
    themes = themes_visible_to(participant) if participant.is_here else Theme.objects.none()
    given = themes.filter(supports__participant=participant)
    return held_as_numbers("theme", [theme.title for theme in given])


def held_as_numbers(what: str, texts: Iterable[str]) -> Held:
    """Return what somebody supports of one kind, `what`, for themselves to read."""
    return Held(
        f"{what}-supports",
        f"{what.capitalize()}s you support",
        [HeldItem(text) for text in texts],
        "They stay as numbers, which lead to nobody.",
    )
