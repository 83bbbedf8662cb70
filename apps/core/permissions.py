"""Asking the rules. Services ask before they write; templates ask before they offer."""

from collections.abc import Callable
from typing import Any

import rules
from rules.permissions import perm_exists

from apps.core.exceptions import NotPermitted

REFUSAL = "You may not do this here, or not in this phase of the workshop."


def predicate(test: Callable[[Any, Any], bool]) -> Any:
    """Make a predicate of actor and subject, to be combined by `&`, `|` and `~`."""
    return rules.predicate(test)


def permit(permission: str, when: Any) -> None:
    """State, in a `rules.py`, that `permission` is given when the predicate `when` holds."""
    rules.add_perm(permission, when)


def allowed(actor: object, permission: str, subject: object) -> bool:
    """Say whether the rules let `actor` use `permission` on `subject`.

    Raises `KeyError` for a permission that no `rules.py` defines: a typo must not read as "no".
    """
    if not perm_exists(permission):
        raise KeyError(permission)
    return bool(rules.has_perm(permission, actor, subject))


def require(actor: object, permission: str, subject: object) -> None:
    """Raise `NotPermitted` unless the rules let `actor` use `permission` on `subject`."""
    if not allowed(actor, permission, subject):
        raise NotPermitted(REFUSAL)
