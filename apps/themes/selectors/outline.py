"""The themes of a workshop as a tree, as far as someone may see it."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Count, QuerySet

from apps.core.contributions import contributed
from apps.core.once import once_a_page
from apps.core.permissions import allowed
from apps.participants.models import Participant
from apps.themes.facts import Fact, Placed
from apps.themes.models import Theme, ThemeQuerySet
from apps.themes.selectors.placement import placements

Rows = TypeVar("Rows", bound=QuerySet[Any, Any])


def themes_visible_to(actor: Participant) -> ThemeQuerySet:
    """Return the themes that `actor` may read: the team all, others the published ones."""
    themes = Theme.objects.of_workshop(actor.workshop)
    return themes if allowed(actor, "themes.view_drafts", actor.workshop) else themes.published()


def on_themes_visible_to(actor: Participant, rows: Rows) -> Rows:
    """Return those of `rows`, all of the actor's workshop, whose theme `actor` may read."""
    if allowed(actor, "themes.view_drafts", actor.workshop):
        return rows
    return rows.filter(theme__published_at__isnull=False)


@dataclass(frozen=True)
class Branch:
    """A theme in its place, with what stands under it."""

    theme: Theme
    level: int
    # How many notes are filed under it; None for those who don't read notes.
    note_count: int | None
    facts: list[Fact]
    # Where in the memo it goes; None for those who don't arrange it.
    placed: Placed | None
    children: list["Branch"] = field(default_factory=list)


class Outline:
    """The tree of themes as `actor` may see it. Made once a page: one query, or two.

    A published theme under one that isn't stands where the nearest published one above it is.
    """

    def __init__(self, actor: Participant) -> None:
        self.actor = actor
        self.sorts = allowed(actor, "themes.view_drafts", actor.workshop)
        visible = themes_visible_to(actor).annotate(
            note_count=Count("filings__note", distinct=True)
        )
        # Counting drops the order of the model.
        visible = visible.order_by("order", "created_at")
        self.themes: dict[uuid.UUID, Theme] = {theme.pk: theme for theme in visible}
        self._above = {theme.pk: theme.parent_id for theme in visible}
        if not self.sorts:
            # What stands above may be nothing to read.
            every = Theme.objects.of_workshop(actor.workshop)
            self._above = dict(every.values_list("pk", "parent_id"))
        self._under: dict[uuid.UUID | None, list[Theme]] = {}
        for theme in visible:
            self._under.setdefault(self.parent_id(theme.pk), []).append(theme)

    def __len__(self) -> int:
        return len(self.themes)

    def parent_id(self, theme_id: uuid.UUID) -> uuid.UUID | None:
        """Return the id of the nearest theme above that the actor may see."""
        above = self._above.get(theme_id)
        while above is not None and above not in self.themes:
            above = self._above.get(above)
        return above

    def ancestors(self, theme: Theme) -> list[Theme]:
        """Return the themes above `theme`, the uppermost first."""
        found: list[Theme] = []
        above = self.parent_id(theme.pk)
        while above is not None:
            found.insert(0, self.themes[above])
            above = self.parent_id(above)
        return found

    def children(self, theme: Theme) -> list[Theme]:
        """Return the themes right under `theme`, in order."""
        return self._under.get(theme.pk, [])

    @property
    def top(self) -> list[Theme]:
        """The themes that stand under none, in order."""
        return self._under.get(None, [])

    def choices(self, *, without: Theme | None = None) -> list[tuple[str, str]]:
        """Return (id, title) for a select, indented; `without` a theme and all under it."""
        return [
            (str(theme.pk), f"{'– ' * level}{theme.title}")
            for theme, level in self.in_order(without=without)
        ]

    def in_order(self, *, without: Theme | None = None) -> Iterator[tuple[Theme, int]]:
        """Return the themes one after another, each with how deep it stands."""
        return self._walk(None, 0, without)

    def branches(self) -> list[Branch]:
        """Return the tree alone: titles and counts of notes."""
        return self._branches(None, 0, {}, {})

    def described(self) -> list[Branch]:
        """Return the tree with what each theme holds and where it goes."""
        themes = list(self.themes.values())
        facts: dict[uuid.UUID, list[Fact]] = {}
        for found in contributed("themes:outline", actor=self.actor, themes=themes):
            for theme_id, more in found.items():
                facts.setdefault(theme_id, []).extend(more)
        return self._branches(None, 0, facts, placements(themes) if self.sorts else {})

    def _branches(
        self,
        parent_id: uuid.UUID | None,
        level: int,
        facts: dict[uuid.UUID, list[Fact]],
        placed: dict[uuid.UUID, Placed],
    ) -> list[Branch]:
        return [
            Branch(
                theme=theme,
                level=level,
                note_count=theme.note_count if self.sorts else None,  # type: ignore[attr-defined]
                facts=facts.get(theme.pk, []),
                placed=placed.get(theme.pk),
                children=self._branches(theme.pk, level + 1, facts, placed),
            )
            for theme in self._under.get(parent_id, [])
        ]

    def _walk(
        self, parent_id: uuid.UUID | None, level: int, without: Theme | None
    ) -> Iterator[tuple[Theme, int]]:
        for theme in self._under.get(parent_id, []):
            if theme != without:
                yield theme, level
                yield from self._walk(theme.pk, level + 1, without)


def place_in_words(outline: Outline, theme: Theme) -> str:
    """Return where `theme` stands: “Influence”: 2 of 5 at the top."""
    parent_id = outline.parent_id(theme.pk)
    above = outline.themes.get(parent_id) if parent_id else None
    beside = outline.children(above) if above else outline.top
    number = [other.pk for other in beside].index(theme.pk) + 1
    where = f"under “{above.title}”" if above else "at the top"
    return f"“{theme.title}” is {number} of {len(beside)} {where}"


@once_a_page
def outline_for(actor: Participant) -> Outline:
    """Return the tree of themes as `actor` may see it, for parts of one page to share."""
    return Outline(actor)
