"""Sorting notes by hand: filing, moving and taking off, each of which can be undone."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction

from apps.core import audit
from apps.core.exceptions import RuleViolation
from apps.notes.models import Note
from apps.notes.services import count_change
from apps.participants.models import Participant
from apps.themes.models import Filing, Rearrangement, RearrangementKind, Theme
from apps.themes.services.filing import checked_notes
from apps.themes.services.outline import TITLE_LIMIT, UNTITLED
from apps.themes.services.rearranging import Rearranging
from apps.themes.services.texts import checked
from apps.themes.services.tree import last_under, locked_tree
from apps.workshops.services.asking import require_now

# A note, and a theme under which it stands.
Place = tuple[Note, Theme]
NOWHERE = "Choose a theme, or give a new one a title."


@dataclass(frozen=True)
class Sorted:
    """What was done: with how many notes, in how many places, in words, and what undoes it."""

    count: int
    places: int
    said: str
    theme: Theme | None
    rearrangement: Rearrangement | None


@transaction.atomic
def sort_notes(
    *,
    actor: Participant,
    notes: Iterable[Note],
    theme: Theme | None = None,
    title: str = "",
    away: Collection[Place] = (),
) -> Sorted:
    """File `notes` under `theme`, or a new one of this `title`, and take some `away` from others.

    `away` are notes, each with the theme off which it is taken; with them alone nothing is filed,
    and without them notes stay wherever else they stand. A note that somebody took off meanwhile is
    filed all the same. The facilitation team may. Raises `NotPermitted`, and `RuleViolation` for no
    notes, notes or themes of another workshop, or when it isn't said where to.
    """
    require_now(actor, "themes.file", actor.workshop)
    tree = locked_tree(actor.workshop)
    rows = checked_notes(notes, actor.workshop)
    places = [(note, other) for note, other in away if note in rows and other != theme]
    wanted = [*(other for _, other in places), *([theme] if theme else [])]
    if any(each.pk not in tree for each in wanted) or not (wanted or title):
        raise RuleViolation(NOWHERE, fields={"theme": NOWHERE})
    kind = RearrangementKind.UNFILED if theme is None and not title else RearrangementKind.FILED
    change = Rearranging(actor, kind)
    if theme is None and title:
        theme = _new_theme(change, title, last_under(tree, None))
    _take_off(change, places, theme)
    if theme is not None:
        _file(change, rows, theme, {note.pk for note, _ in places})
    said = _said(len(rows), theme, {other for _, other in places})
    if change.steps:
        count_change(rows)
        for other in {other for _, other in places}:
            _record("theme.notes_unfiled", other, [n for n, of in places if of == other], actor)
        if theme is not None:
            _record("theme.notes_filed", theme, rows, actor)
    done = change.keep(said) if change.steps else None
    return Sorted(len(rows), len(change.steps), said, theme, done)


def _new_theme(change: Rearranging, title: str, order: int) -> Theme:
    title = checked(title, field="title", limit=TITLE_LIMIT, empty=UNTITLED)
    theme = Theme(workshop=change.actor.workshop, title=title, order=order)
    change.make([theme])
    audit.record(
        "theme.added", theme, actor=change.actor, scope_id=theme.workshop_id, after={"title": title}
    )
    return theme


def _take_off(change: Rearranging, places: list[Place], theme: Theme | None) -> None:
    """Let what stands at `places` stand under `theme`, or nowhere."""
    meant = {(note.pk, other.pk) for note, other in places}
    rows = Filing.objects.filter(
        note__in=[note for note, _ in places], theme__in=[other for _, other in places]
    )
    here = [each for each in rows.order_by("pk") if (each.note_id, each.theme_id) in meant]
    there = {_what(each) for each in theme.filings.all()} if theme else set()
    staying = [each for each in here if theme is not None and _what(each) not in there]
    # What comes from two themes comes along once.
    first = {_what(each): each for each in reversed(staying)}
    change.remove([each for each in here if first.get(_what(each)) != each])
    if theme is not None:
        change.move((each, {"theme_id": theme.pk}) for each in first.values())


def _file(
    change: Rearranging, notes: list[Note], theme: Theme, along: Collection[uuid.UUID]
) -> None:
    # Of a note that came along as a passage nothing else is filed.
    there = {
        note_id
        for note_id, start in theme.filings.filter(note__in=notes).values_list("note", "start")
        if start is None or note_id in along
    }
    change.make(
        [
            Filing(workshop=theme.workshop, theme=theme, note=note, filed_by=change.actor)
            for note in notes
            if note.pk not in there
        ]
    )


def _what(filing: Filing) -> tuple[object, ...]:
    return filing.note_id, filing.start, filing.end


def _said(count: int, theme: Theme | None, away: Collection[Theme]) -> str:
    notes = "1 note" if count == 1 else f"{count} notes"
    source = f"“{next(iter(away))}”" if len(away) == 1 else "their themes"
    if theme is None:
        return f"Took {notes} off {source}"
    return f"Moved {notes} from {source} to “{theme}”" if away else f"Filed {notes} under “{theme}”"


def _record(verb: str, theme: Theme, notes: list[Note], actor: Participant) -> None:
    ids = [note.pk for note in notes]
    audit.record(verb, theme, actor=actor, scope_id=theme.workshop_id, after={"notes": ids})
