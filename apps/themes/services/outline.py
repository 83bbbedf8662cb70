"""Making themes, and putting them in order."""

import uuid
from collections.abc import Iterable
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from apps.core import audit
from apps.core.editing import apply_changes, check, lock_version
from apps.core.exceptions import RuleViolation
from apps.core.ordering import move
from apps.participants.models import Participant
from apps.themes.models import Placement, RearrangementKind, Theme, ThemeQuerySet
from apps.themes.services.rearranging import Rearranging
from apps.themes.services.texts import checked
from apps.themes.services.tree import Tree, check_parent, last_under, locked_tree
from apps.workshops.models import GuidingQuestion, Workshop
from apps.workshops.services.asking import require_now

UNTITLED = "Give the theme a title."
NOT_THERE = "The theme before which it is to stand isn’t there any more."
TITLE_LIMIT, SUMMARY_LIMIT = 200, 20_000


class ThemeChanges(TypedDict, total=False):
    """What can be changed of a theme; what is left out stays as it is."""

    title: str
    parent: Theme | None
    summary: str
    placement: str
    questions: Iterable[GuidingQuestion]


@transaction.atomic
def add_theme(
    *,
    actor: Participant,
    title: str,
    parent: Theme | None = None,
    summary: str = "",
    placement: str = Placement.AUTO,
    questions: Iterable[GuidingQuestion] = (),
) -> Theme:
    """Add a theme, last under `parent` or at the top, and return it.

    The facilitation team may. Raises `NotPermitted`, and `RuleViolation` for no title, a text
    that is too long, or a parent or questions of another workshop.
    """
    require_now(actor, "themes.edit", actor.workshop)
    tree = locked_tree(actor.workshop)
    check_parent(tree, None, parent)
    theme = Theme(
        workshop=actor.workshop,
        parent=parent,
        order=last_under(tree, parent),
        placement=placement,
        **_texts(title, summary),
    )
    check(theme)
    theme.save(force_insert=True)
    theme.questions.set(_checked_questions(questions, actor.workshop))
    audit.record(
        "theme.added", theme, actor=actor, scope_id=theme.workshop_id, after={"title": theme.title}
    )
    return theme


@transaction.atomic
def edit_theme(
    *,
    actor: Participant,
    theme: Theme,
    version: int | None = None,
    **changes: Unpack[ThemeChanges],
) -> Theme:
    """Change what `theme` says, where it stands and which questions it answers.

    What is left out stays. The facilitation team may. Raises `NotPermitted`, `Conflict` when
    `version` isn't the theme's any more, and `RuleViolation` as for a new theme, or when it would
    stand under itself.
    """
    require_now(actor, "themes.edit", theme)
    tree = locked_tree(actor.workshop)
    row: Theme = lock_version(Theme.objects.all(), theme.pk, version)
    values: dict[str, Any] = dict(changes)
    values |= _texts(changes.get("title", row.title), changes.get("summary", row.summary))
    relations = {}
    if "questions" in changes:
        relations["questions"] = _checked_questions(values.pop("questions"), actor.workshop)
    parent = changes.get("parent", row.parent)
    if parent != row.parent:
        check_parent(tree, row, parent)
        values["order"] = last_under(tree, parent)
    title, before, questions = row.title, _columns(row), _questions_of(row)
    apply_changes(row, values, verb="theme.edited", actor=actor, relations=relations)
    change = Rearranging(actor, RearrangementKind.EDITED)
    change.moved(row, before)
    change.related(questions, _questions_of(row))
    renamed = title != row.title
    if change.steps:
        said = f"Renamed “{title}” to “{row.title}”" if renamed else f"Edited “{row.title}”"
        row.rearranged = change.keep(said)
    return row


@transaction.atomic
def reparent_theme(
    *, actor: Participant, theme: Theme, parent: Theme | None, before: Theme | None = None
) -> Theme:
    """Put `theme`, and all under it, under `parent` or at the top: right `before` another, or last.

    The facilitation team may. Raises `NotPermitted`, and `RuleViolation` when it would stand
    under itself or too deep, for a parent of another workshop, or when `before` isn't under
    `parent`.
    """
    require_now(actor, "themes.edit", theme)
    tree = locked_tree(actor.workshop)
    row = tree[theme.pk]
    check_parent(tree, row, parent)
    parent_id = parent.pk if parent else None
    if before is not None and tree.get(before.pk, row).parent_id != parent_id:
        raise RuleViolation(NOT_THERE, fields={"parent": NOT_THERE})
    were = {other.pk: _place(other) for other in tree.values()}
    if parent != row.parent:
        values = {"parent": parent, "order": last_under(tree, parent)}
        apply_changes(row, values, verb="theme.moved", actor=actor)
    if before is not None:
        _put_before(tree, row, tree[before.pk], actor)
    return _kept(actor, tree, row, were)


@transaction.atomic
def shift_theme(*, actor: Participant, theme: Theme, by: int) -> Theme:
    """Move `theme` among those beside it: up by one (`by` -1) or down (1).

    At the end of its row it stays. What it says isn't changed, and so its version isn't either.
    The facilitation team may. Raises `NotPermitted`.
    """
    require_now(actor, "themes.edit", theme)
    tree = locked_tree(actor.workshop)
    row = tree[theme.pk]
    were = {other.pk: _place(other) for other in tree.values()}
    if not _shift(tree, row, by):
        return row
    audit.record(
        "theme.shifted",
        row,
        actor=actor,
        scope_id=row.workshop_id,
        after={"by": by},
    )
    return _kept(actor, tree, row, were)


@transaction.atomic
def indent_theme(*, actor: Participant, theme: Theme) -> Theme:
    """Put `theme` last under the theme before it; the first of its row stays.

    The facilitation team may. Raises `NotPermitted`, and `RuleViolation` when it would be too deep.
    """
    require_now(actor, "themes.edit", theme)
    beside = list(_beside(theme))
    place = beside.index(theme)
    if place == 0:
        return beside[0]
    return reparent_theme(actor=actor, theme=theme, parent=beside[place - 1])


@transaction.atomic
def outdent_theme(*, actor: Participant, theme: Theme) -> Theme:
    """Put `theme` right after the theme under which it stands; at the top it stays.

    The facilitation team may. Raises `NotPermitted`.
    """
    require_now(actor, "themes.edit", theme)
    above = Theme.objects.get(pk=theme.pk).parent
    if above is None:
        return theme
    beside = list(_beside(above))
    after = beside[beside.index(above) + 1 :]
    before = after[0] if after else None
    return reparent_theme(actor=actor, theme=theme, parent=above.parent, before=before)


@transaction.atomic
def place_theme(*, actor: Participant, theme: Theme, placement: str) -> Theme:
    """Say in which section of the memo `theme` is printed, or leave that to its annotations.

    The facilitation team may. Raises `NotPermitted`, and `RuleViolation` for no such section.
    """
    require_now(actor, "themes.edit", theme)
    row: Theme = lock_version(Theme.objects.all(), theme.pk, None)
    apply_changes(row, {"placement": placement}, verb="theme.placed", actor=actor)
    return row


@transaction.atomic
def publish_theme(*, actor: Participant, theme: Theme) -> Theme:
    """Let participants read `theme` and comment on it.

    The facilitation team may. Raises `NotPermitted`.
    """
    require_now(actor, "themes.publish", theme)
    row: Theme = lock_version(Theme.objects.all(), theme.pk, None)
    if row.published_at is None:
        values = {"published_at": timezone.now()}
        apply_changes(row, values, verb="theme.published", actor=actor)
    return row


@transaction.atomic
def unpublish_theme(*, actor: Participant, theme: Theme) -> Theme:
    """Show `theme` and its comments to the facilitation team alone again.

    The facilitation team may. Raises `NotPermitted`.
    """
    require_now(actor, "themes.publish", theme)
    row: Theme = lock_version(Theme.objects.all(), theme.pk, None)
    apply_changes(row, {"published_at": None}, verb="theme.unpublished", actor=actor)
    return row


def _texts(title: str, summary: str) -> dict[str, object]:
    return {
        "title": checked(title, field="title", limit=TITLE_LIMIT, empty=UNTITLED),
        "summary": checked(summary, field="summary", limit=SUMMARY_LIMIT),
    }


def _checked_questions(
    questions: Iterable[GuidingQuestion], workshop: Workshop
) -> list[GuidingQuestion]:
    rows = list(questions)
    if any(question.workshop_id != workshop.pk for question in rows):
        sentence = "A question isn't of this workshop."
        raise RuleViolation(sentence, fields={"questions": sentence})
    return rows


def _columns(theme: Theme) -> dict[str, Any]:
    """Return what an edit may change of `theme`, by the names of its columns."""
    names = ("title", "summary", "placement", "parent_id", "order")
    return {name: getattr(theme, name) for name in names}


def _questions_of(theme: Theme) -> list[Any]:
    return list(Theme.questions.through.objects.filter(theme=theme).order_by("pk"))


def _place(theme: Theme) -> dict[str, Any]:
    return {"parent_id": theme.parent_id, "order": theme.order}


def _shift(tree: Tree, row: Theme, by: int) -> bool:
    """Move `row` among those beside it, whose order `tree` then holds."""
    beside = Theme.objects.filter(parent=row.parent_id, workshop=row.workshop_id)
    if not move(beside, row, by):
        return False
    for pk, order in beside.values_list("pk", "order"):
        tree[pk].order = order
    return True


def _beside(theme: Theme) -> ThemeQuerySet:
    """Return the themes of its row, in order."""
    row = Theme.objects.get(pk=theme.pk)
    return Theme.objects.of_workshop(row.workshop).filter(parent=row.parent_id)


def _put_before(tree: Tree, row: Theme, other: Theme, actor: Participant) -> None:
    beside = list(
        Theme.objects.filter(parent=row.parent_id, workshop=row.workshop_id).values_list(
            "pk", flat=True
        )
    )
    here, there = beside.index(row.pk), beside.index(other.pk)
    by = there - here - (1 if there > here else 0)
    if _shift(tree, row, by):
        audit.record("theme.shifted", row, actor=actor, scope_id=row.workshop_id, after={"by": by})


def _kept(
    actor: Participant, tree: Tree, row: Theme, were: dict[uuid.UUID, dict[str, Any]]
) -> Theme:
    """Keep where themes stood before, and return `row` with what undoes it."""
    change = Rearranging(actor, RearrangementKind.MOVED)
    for pk, place in were.items():
        change.moved(tree[pk], place)
    if change.steps:
        row.rearranged = change.keep(f"Moved “{row.title}”")
    return row
