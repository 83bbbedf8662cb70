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
from apps.themes.models import Placement, Theme
from apps.themes.services.texts import checked
from apps.workshops.models import GuidingQuestion, Workshop
from apps.workshops.services.asking import require_now

# As many as there are headings to tell them apart, and no outline of a day needs more.
LEVELS = 4
UNTITLED = "Give the theme a title."
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
    tree = _locked(actor.workshop)
    _check_parent(tree, None, parent)
    theme = Theme(
        workshop=actor.workshop,
        parent=parent,
        order=_last_under(tree, parent),
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
    tree = _locked(actor.workshop)
    row: Theme = lock_version(Theme.objects.all(), theme.pk, version)
    values: dict[str, Any] = dict(changes)
    values |= _texts(changes.get("title", row.title), changes.get("summary", row.summary))
    relations = {}
    if "questions" in changes:
        relations["questions"] = _checked_questions(values.pop("questions"), actor.workshop)
    parent = changes.get("parent", row.parent)
    if parent != row.parent:
        _check_parent(tree, row, parent)
        values["order"] = _last_under(tree, parent)
    apply_changes(row, values, verb="theme.edited", actor=actor, relations=relations)
    return row


@transaction.atomic
def reparent_theme(*, actor: Participant, theme: Theme, parent: Theme | None) -> Theme:
    """Put `theme`, and all under it, last under `parent` or at the top.

    The facilitation team may. Raises `NotPermitted`, and `RuleViolation` when it would stand
    under itself or too deep, or for a parent of another workshop.
    """
    require_now(actor, "themes.edit", theme)
    tree = _locked(actor.workshop)
    row = tree[theme.pk]
    _check_parent(tree, row, parent)
    if parent != row.parent:
        values = {"parent": parent, "order": _last_under(tree, parent)}
        apply_changes(row, values, verb="theme.moved", actor=actor)
    return row


@transaction.atomic
def shift_theme(*, actor: Participant, theme: Theme, by: int) -> Theme:
    """Move `theme` among those beside it: up by one (`by` -1) or down (1).

    At the end of its row it stays. What it says isn't changed, and so its version isn't either.
    The facilitation team may. Raises `NotPermitted`.
    """
    require_now(actor, "themes.edit", theme)
    tree = _locked(actor.workshop)
    row = tree[theme.pk]
    beside = Theme.objects.of_workshop(actor.workshop).filter(parent=row.parent_id)
    if not move(beside, row, by):
        return row
    audit.record(
        "theme.shifted",
        row,
        actor=actor,
        scope_id=row.workshop_id,
        after={"by": by},
    )
    return row


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


def _locked(workshop: Workshop) -> dict[uuid.UUID, Theme]:
    """Lock the workshop's themes against other changes of the tree, and return them by id.

    In one order, so that two who do so at once wait for each other in turn. Notes can be filed
    meanwhile.
    """
    rows = Theme.objects.of_workshop(workshop).order_by("pk").select_for_update(no_key=True)
    return {theme.pk: theme for theme in rows}


def _check_parent(tree: dict[uuid.UUID, Theme], theme: Theme | None, parent: Theme | None) -> None:
    if parent is None:
        return
    if parent.pk not in tree:
        _refuse("That theme isn't in this outline any more.")
    above = [*_above(tree, parent.pk), parent.pk]
    if theme is not None and theme.pk == parent.pk:
        _refuse("A theme can't stand under itself.")
    if theme is not None and theme.pk in above:
        _refuse(f"“{theme.title}” can't stand under “{parent.title}”, which stands under it.")
    if len(above) + (_height(tree, theme.pk) if theme else 1) > LEVELS:
        _refuse(f"An outline has at most {LEVELS} levels.")


def _refuse(sentence: str) -> None:
    raise RuleViolation(sentence, fields={"parent": sentence})


def _above(tree: dict[uuid.UUID, Theme], theme_id: uuid.UUID) -> list[uuid.UUID]:
    found: list[uuid.UUID] = []
    above = tree[theme_id].parent_id
    while above is not None:
        found.append(above)
        above = tree[above].parent_id
    return found


def _height(tree: dict[uuid.UUID, Theme], theme_id: uuid.UUID) -> int:
    under = [other.pk for other in tree.values() if other.parent_id == theme_id]
    return 1 + max((_height(tree, child) for child in under), default=0)


def _last_under(tree: dict[uuid.UUID, Theme], parent: Theme | None) -> int:
    parent_id = parent.pk if parent else None
    beside = [other.order for other in tree.values() if other.parent_id == parent_id]
    return max(beside, default=-1) + 1


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
