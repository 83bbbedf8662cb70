"""The tree of themes while it is changed: held still, and kept a tree of so many levels."""

import uuid

from apps.core.exceptions import RuleViolation
from apps.themes.models import Theme
from apps.workshops.models import Workshop

# As many as there are headings to tell them apart, and no outline of a day needs more.
LEVELS = 4
Tree = dict[uuid.UUID, Theme]


def locked_tree(workshop: Workshop) -> Tree:
    """Lock the workshop's themes against other changes of the tree, and return them by id.

    In one order, so that two who do so at once wait for each other in turn. Notes can be filed
    meanwhile.
    """
    rows = Theme.objects.of_workshop(workshop).order_by("pk").select_for_update(no_key=True)
    return {theme.pk: theme for theme in rows}


def check_parent(tree: Tree, theme: Theme | None, parent: Theme | None) -> None:
    """Raise `RuleViolation` if `theme`, or a new one, can't stand under `parent`."""
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


def _above(tree: Tree, theme_id: uuid.UUID) -> list[uuid.UUID]:
    found: list[uuid.UUID] = []
    above = tree[theme_id].parent_id
    while above is not None:
        found.append(above)
        above = tree[above].parent_id
    return found


def _height(tree: Tree, theme_id: uuid.UUID) -> int:
    under = [other.pk for other in tree.values() if other.parent_id == theme_id]
    return 1 + max((_height(tree, child) for child in under), default=0)


def last_under(tree: Tree, parent: Theme | None) -> int:
    """Return the `order` of a theme that comes last under `parent`, or at the top."""
    parent_id = parent.pk if parent else None
    beside = [other.order for other in tree.values() if other.parent_id == parent_id]
    return max(beside, default=-1) + 1
