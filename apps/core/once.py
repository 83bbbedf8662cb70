"""Reading once what several parts of a page need: no app has to hand it to the others."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Found = TypeVar("Found")
_known: ContextVar[dict[Any, Any] | None] = ContextVar("known", default=None)


def once_a_page(read: Callable[Arguments, Found]) -> Callable[Arguments, Found]:
    """Let `read` be asked once for the same, while a page is made that changes nothing.

    Its arguments are hashable. Elsewhere, where something may change between two readings, it
    is asked each time.
    """

    @wraps(read)
    def reading(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Found:
        known = _known.get()
        if known is None:
            return read(*args, **kwargs)
        key = (read, args, tuple(sorted(kwargs.items())))
        if key not in known:
            known[key] = read(*args, **kwargs)
        found: Found = known[key]
        return found

    return reading


@contextmanager
def reading_alone() -> Iterator[None]:
    """Remember what is read, while nothing is changed."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)
