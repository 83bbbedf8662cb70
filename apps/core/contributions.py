"""Parts of pages: how an app adds its part to a page of an app to its right.

Imports between apps point one way, and a page such as the overview shows something of all of
them. So the page asks here, and each app says what it has, in its `contributions.py`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet


@dataclass(frozen=True)
class Panel:
    """A part of a page: a template and what it needs."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class NavEntry:
    """A line of the navigation; `count` may be the rows to be counted.

    `stays`: whether it stands there with nothing behind it; or while there are any of these rows.
    """

    label: str
    url: str
    section: str
    count: int | str | QuerySet[Any, Any] | None = None
    # The key that leads there from any page.
    key: str = ""
    stays: bool | QuerySet[Any, Any] = True


@dataclass(frozen=True)
class Step:
    """Something to do next, or done. `url` leads to where it is done."""

    text: str
    url: str
    done: bool = False
    action: str = ""


class TaskState(StrEnum):
    """How far something to set up is, in words."""

    DONE = "done"
    TO_DO = "to do"
    OPTIONAL = "optional"


@dataclass(frozen=True)
class Task:
    """Something to set up, with what is set so far; `url` leads to where it is changed.

    `action` says what to do, on a button, while it is to do.
    """

    name: str
    title: str
    url: str
    state: TaskState
    summary: str
    action: str = ""


Provider = Callable[..., Iterable[Any]]
_providers: dict[str, list[tuple[int, Provider]]] = {}


def contribute(place: str, *, order: int) -> Callable[[Provider], Provider]:
    """Register the decorated function as a provider for `place`, lower `order` first.

    It is called with the keyword arguments that the place gives, and yields panels, navigation
    entries, steps or tasks; nothing when it has nothing to say to this actor.
    """

    def register(provider: Provider) -> Provider:
        _providers.setdefault(place, []).append((order, provider))
        _providers[place].sort(key=lambda pair: pair[0])
        return provider

    return register


def contributed(place: str, **subject: Any) -> list[Any]:
    """Return all that the apps have to say at `place` about `subject`, in order."""
    return [part for _, provider in _providers.get(place, []) for part in provider(**subject)]
