"""Merging themes: all that one holds goes under another."""

from typing import Any

from django.db import transaction
from django.db.models import Max, Model

from apps.core import audit
from apps.core.exceptions import RuleViolation
from apps.notes.models import Note
from apps.notes.services import count_change
from apps.participants.models import Participant
from apps.themes.models import Descent, Lineage, Rearrangement, RearrangementKind, Theme
from apps.themes.services.holding import Reference, references
from apps.themes.services.outline import SUMMARY_LIMIT
from apps.themes.services.rearranging import Rearranging
from apps.themes.services.tree import Tree, check_parent, last_under, locked_tree
from apps.workshops.services.asking import require_now

ITSELF = "A theme can't be merged into itself."
TOO_LONG = "Together the summaries of both would be too long. Shorten one of them first."
GONE = "That theme isn't in this outline any more."


@transaction.atomic
def merge_themes(*, actor: Participant, theme: Theme, into: Theme) -> Rearrangement:
    """Put all that `theme` holds under `into`, and let `theme` go; return what undoes it.

    Notes, findings, comments, links and the themes under it go over, its summary is put behind the
    other's, and its address leads to `into` from then on. The facilitation team may. Raises
    `NotPermitted`, and `RuleViolation` for the theme itself, one of another workshop, or when the
    outline became too deep or the summary too long.
    """
    require_now(actor, "themes.edit", theme)
    tree = locked_tree(actor.workshop)
    row, other = tree[theme.pk], _other(tree, theme, into)
    change = Rearranging(actor, RearrangementKind.MERGED)
    take_in(change, tree, row, other, Descent.MERGED)
    audit.record(
        "theme.merged", row, actor=actor, scope_id=row.workshop_id, before={"title": row.title}
    )
    audit.record("theme.took_in", other, actor=actor, scope_id=other.workshop_id)
    return change.keep(f"Merged “{row.title}” into “{other.title}”")


def take_in(change: Rearranging, tree: Tree, row: Theme, into: Theme, how: Descent) -> None:
    """Put all that hangs on `row` under `into`, remove `row`, and keep where it went."""
    notes = list(Note.objects.filter(filings__theme=row).distinct())
    _hand_over_themes(change, tree, row, into)
    for reference in references():
        _hand_over(change, reference, row, into)
    if row.summary:
        change.move([(into, {"summary": _together(into.summary, row.summary)})])
    change.remove([row])
    del tree[row.pk]
    came_from = Lineage(
        workshop_id=into.workshop_id,
        how=how,
        source_id=row.pk,
        source_title=row.title,
        into=into,
    )
    change.make([came_from])
    if notes:
        count_change(notes)


def _together(*summaries: str) -> str:
    together = "\n\n".join(filter(None, summaries))
    if len(together) > SUMMARY_LIMIT:
        raise RuleViolation(TOO_LONG)
    return together


def _other(tree: Tree, theme: Theme, into: Theme) -> Theme:
    if into.pk == theme.pk:
        raise RuleViolation(ITSELF, fields={"into": ITSELF})
    if into.pk not in tree:
        raise RuleViolation(GONE, fields={"into": GONE})
    return tree[into.pk]


def _hand_over_themes(change: Rearranging, tree: Tree, row: Theme, into: Theme) -> None:
    """Put what stands under `row` last under `into`, which takes its place if it is among it."""
    if _stands_under(tree, into, row):
        change.move([(into, {"parent_id": row.parent_id, "order": row.order})])
    under = [other for other in tree.values() if other.parent_id == row.pk]
    for child in sorted(under, key=lambda other: (other.order, other.created_at)):
        check_parent(tree, child, into)
        change.move([(child, {"parent_id": into.pk, "order": last_under(tree, into)})])


def _stands_under(tree: Tree, theme: Theme, other: Theme) -> bool:
    above = theme.parent_id
    while above is not None and above != other.pk:
        above = tree[above].parent_id
    return above is not None


def _hand_over(change: Rearranging, reference: Reference, row: Theme, into: Theme) -> None:
    """Let what points at `row` by `reference` point at `into`, where it doesn't stand already."""
    rows = list(reference.rows(row).order_by("pk"))
    if not rows:
        return
    there = taken(reference, into)
    double = [each for each in rows if is_double(reference, each, there, into)]
    change.remove(double)
    moving = [each for each in rows if each not in double]
    after = 0
    if reference.is_ordered:
        last = reference.rows(into).aggregate(last=Max("order"))["last"]
        after = 0 if last is None else last + 1
        moving.sort(key=lambda each: each.order)
    change.move(
        (each, {reference.column: into.pk} | ({"order": after + n} if reference.is_ordered else {}))
        for n, each in enumerate(moving)
    )


def taken(reference: Reference, theme: Theme) -> list[tuple[tuple[str, ...], set[Any]]]:
    """Return what stands under `theme` already, by each set of fields that may stand there once."""
    found = []
    for names, counts_nothing in reference.once:
        values = set(reference.rows(theme).values_list(*names))
        found.append((names, {v for v in values if counts_nothing or None not in v}))
    return found


def is_double(
    reference: Reference,
    row: Model,
    there: list[tuple[tuple[str, ...], set[Any]]],
    theme: Theme,
) -> bool:
    """Say whether `row` would say under `theme` what is said there already, or lead to itself."""
    if isinstance(row, Lineage) and row.source_id == theme.pk:
        return True
    others = [each for each in references() if each.model is type(row) and each != reference]
    if any(getattr(row, other.column) == theme.pk for other in others):
        return True
    return any(
        tuple(row.serializable_value(name) for name in names) in values for names, values in there
    )
