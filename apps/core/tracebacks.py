"""Where something went wrong, without what it was about.

The message of an exception may quote a row or what somebody typed; a log holds neither.
"""

import logging
import traceback
from collections.abc import Iterator
from types import TracebackType


def without_messages(error: BaseException) -> str:
    """Return where `error`, and what led to it, happened: of the errors themselves the kind."""
    parts = [
        "".join(traceback.format_tb(each.__traceback__)) + _kind(each) for each in _chain(error)
    ]
    return "\nwhich led to:\n".join(reversed(parts))


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    before: BaseException | None = error
    while before is not None and id(before) not in seen:
        seen.add(id(before))
        yield before
        before = before.__cause__ or (None if before.__suppress_context__ else before.__context__)


def _kind(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


class Line(logging.Formatter):
    """Writes a record as a line, and an exception beneath it without its message."""

    def formatException(  # noqa: N802 - the name that logging calls
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, ...],
    ) -> str:
        """Return what is written of an exception."""
        return without_messages(ei[1]) if ei[1] is not None else ""
