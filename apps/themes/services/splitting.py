"""Splitting a theme: some of what it holds becomes a theme of its own."""

import uuid
from collections.abc import Collection, Iterable

from django.db import transaction

from apps.core import audit
from apps.core.contributions import contributed
from apps.core.exceptions import RuleViolation
from apps.notes.models import Note
from apps.notes.services import count_change
from apps.participants.models import Participant
from apps.themes.models import Descent, Filing, Lineage, RearrangementKind, Theme
from apps.themes.services.holding import Rows, along_with, references
from apps.themes.services.outline import TITLE_LIMIT, UNTITLED
from apps.themes.services.rearranging import Rearranging
from apps.themes.services.texts import checked
from apps.themes.services.tree import last_under, locked_tree
from apps.workshops.services.asking import require_now

NOTHING_CHOSEN = "Choose at least one note or finding for the new theme."
NOT_HERE = "Something that you chose isn't on this theme any more. Look again."


@transaction.atomic
def split_theme(
    *,
    actor: Participant,
    theme: Theme,
    title: str,
    notes: Iterable[Note] = (),
    parts: Collection[uuid.UUID] = (),
) -> Theme:
    """Put some of what `theme` holds under a new theme beside it, and return that.

    `notes` are filed there instead, and `parts`, the ids of findings, go there with what is said of
    them. The new theme is as published as the old one, which keeps its summary and its links. The
    facilitation team may. Raises `NotPermitted`, and `RuleViolation` without a fitting title, when
    nothing is chosen, or for what isn't on `theme`.
    """
    require_now(actor, "themes.edit", theme)
    tree = locked_tree(actor.workshop)
    row = tree[theme.pk]
    title = checked(title, field="title", limit=TITLE_LIMIT, empty=UNTITLED)
    moving = {**_filings(row, list(notes)), **_findings(row, parts)}
    if not moving:
        raise RuleViolation(NOTHING_CHOSEN, fields={"notes": NOTHING_CHOSEN})
    change = Rearranging(actor, RearrangementKind.SPLIT)
    new = Theme(
        workshop=actor.workshop,
        title=title,
        parent_id=row.parent_id,
        order=last_under(tree, tree[row.parent_id] if row.parent_id else None),
        published_at=row.published_at,
    )
    change.make([new])
    came_from = Lineage(
        workshop=actor.workshop,
        how=Descent.SPLIT,
        source_id=row.pk,
        source_title=row.title,
        into=new,
    )
    change.make([came_from])
    columns = {reference.model: reference.column for reference in references()}
    for model, ids in along_with(moving).items():
        rows = model._base_manager.filter(pk__in=ids).order_by("pk")
        change.move((each, {columns[model]: new.pk}) for each in rows)
    new.rearranged = change.keep(f"Split “{new.title}” off “{row.title}”")
    audit.record(
        "theme.split", new, actor=actor, scope_id=new.workshop_id, after={"title": new.title}
    )
    count_change(Note.objects.filter(filings__theme=new).distinct())
    return new


def _filings(theme: Theme, notes: list[Note]) -> Rows:
    if not notes:
        return {}
    rows = dict(theme.filings.filter(note__in=notes).values_list("pk", "note_id"))
    if set(rows.values()) != {note.pk for note in notes}:
        raise RuleViolation(NOT_HERE, fields={"notes": NOT_HERE})
    return {Filing: set(rows)}


def _findings(theme: Theme, ids: Collection[uuid.UUID]) -> Rows:
    there = {part.row.pk: type(part.row) for part in contributed("themes:parts", theme=theme)}
    if not there.keys() >= set(ids):
        raise RuleViolation(NOT_HERE, fields={"parts": NOT_HERE})
    rows: Rows = {}
    for each in ids:
        rows.setdefault(there[each], set()).add(each)
    return rows
