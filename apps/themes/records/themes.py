"""Themes in a workshop's file, with what is filed under them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from apps.core.documents import Choice, Many, One, Reading, Record, Section, Text, Writing
from apps.core.documents.fields import Flag
from apps.themes.models import Filing, Placement, Theme
from apps.themes.records.filed import Filed, Passages, filing_of
from apps.themes.records.origins import CameFrom, tell_origins
from apps.themes.records.supports import Supports, counting_supports, tell_supports
from apps.themes.selectors import themes_visible_to


@dataclass(frozen=True)
class Published(Flag):
    """Whether participants see a theme; since when stays untold."""

    def put(self, row: Any, value: Any, reading: Reading) -> None:
        if value:
            morning = reading.scope.ends_on + dt.timedelta(days=1)
            then = dt.datetime.combine(morning, dt.time(9), tzinfo=reading.zone)
            row.published_at = min(then, timezone.now())

    def get(self, row: Any) -> Any:
        return row.published_at is not None


@dataclass(frozen=True)
class PlacedIn(Choice):
    """The section of the memo in which a theme is printed, unless it follows from what it holds."""

    def told(self, value: Any, book: Any) -> Any:
        return None if value == Placement.AUTO else str(value)


def _theme(row: Theme, record: Record, _reading: Reading) -> None:
    row.order = record.index + 1


def _themes(writing: Writing) -> list[Theme]:
    found = themes_visible_to(writing.viewer).order_by("order", "created_at")
    filings = Prefetch("filings", Filing.objects.select_related("note"))
    themes = list(counting_supports(found.prefetch_related("questions", filings)))
    tell_origins(themes)
    tell_supports(writing.scope, ((theme, None) for theme in themes))
    return themes


THEMES = Section(
    name="themes",
    noun="theme",
    prefix="t",
    model=Theme,
    rows=_themes,
    settle=_theme,
    tree="parent",
    fields=(
        Text("title", required=True),
        One("parent", to="themes"),
        PlacedIn(
            "printed_under",
            "placement",
            also=("placement",),
            choices=Placement,
            default=Placement.AUTO,
        ),
        Text("summary"),
        Published("published", "published_at"),
        Many("questions", to="guiding_questions"),
        Filed("notes", to="notes", build=filing_of),
        Passages("passages"),
        CameFrom("came_from"),
        Supports("supports"),
    ),
)
