"""What was rearranged, and what became of themes."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from apps.core.permissions import allowed
from apps.participants.models import Participant
from apps.participants.selectors.history import people_named
from apps.themes.models import Descent, Lineage, Rearrangement, Theme
from apps.themes.selectors.outline import Outline, themes_visible_to

NOBODY = "Somebody"


@dataclass(frozen=True)
class ShownRearrangement:
    """Something that was rearranged, by whom, and who undid it, if somebody did."""

    rearrangement: Rearrangement
    who: str
    undone_by: str = ""


@dataclass(frozen=True)
class Relative:
    """A theme that another came from, or that came from it; `url` leads to it while it is there."""

    how: str
    title: str
    theme_id: uuid.UUID | None = None


def rearrangements_visible_to(actor: Participant) -> Any:
    """Return what was rearranged in the actor's workshop, the latest first: for its team."""
    rows = Rearrangement.objects.filter(workshop=actor.workshop)
    return rows if allowed(actor, "themes.view_drafts", actor.workshop) else rows.none()


def shown_rearrangements(
    actor: Participant, rows: Iterable[Rearrangement]
) -> list[ShownRearrangement]:
    """Return `rows` with who it was, as the history names them: one query for all."""
    rearrangements = list(rows)
    ids = {each.made_by_id for each in rearrangements} | {
        each.undone_by_id for each in rearrangements
    }
    named = people_named(actor, (each for each in ids if each is not None))

    def name(person_id: uuid.UUID | None) -> str:
        if person_id == actor.pk:
            return "You"
        return named.get(person_id, NOBODY) if person_id else NOBODY

    return [
        ShownRearrangement(
            each, name(each.made_by_id), name(each.undone_by_id) if each.undone_at else ""
        )
        for each in rearrangements
    ]


def relatives_of(theme: Theme, outline: Outline) -> list[Relative]:
    """Return where `theme` came from and what came from it, for those who sort: one query."""
    if not outline.sorts:
        return []
    rows = Lineage.objects.filter(
        Q(into=theme) | Q(source_id=theme.pk, how=Descent.SPLIT), workshop=theme.workshop_id
    )
    came_from = [
        Relative(
            each.get_how_display(),
            each.source_title,
            each.source_id if each.source_id in outline.themes else None,
        )
        for each in rows
        if each.into_id == theme.pk
    ]
    return came_from + [
        Relative("Split off it", outline.themes[each.into_id].title, each.into_id)
        for each in rows
        if each.into_id != theme.pk and each.into_id in outline.themes
    ]


def successor_of(actor: Participant, theme_id: uuid.UUID) -> Theme | None:
    """Return the theme that took over what the theme of this id held, if `actor` may read it."""
    took_over = Lineage.objects.filter(
        workshop=actor.workshop, source_id=theme_id, how__in=(Descent.MERGED, Descent.DELETED)
    )
    return themes_visible_to(actor).filter(pk__in=took_over.values("into")).first()
