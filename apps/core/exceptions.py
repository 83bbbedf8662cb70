"""What a service says when it refuses. Mapped once for pages and once for the API."""

from collections.abc import Mapping

from django.core.exceptions import ObjectDoesNotExist
from django.db import DataError
from psycopg.errors import CheckViolation, ForeignKeyViolation

GONE = "This isn’t there any more: someone removed it meanwhile."
OUT_OF_RANGE = "A value lies outside what is possible here. Look at the dates and numbers again."
TOO_BIG = (
    "This is more than 2 MiB of text, which is some two million characters: too much at once. Send "
    "it in parts; a list of people can be sent as a file."
)
NO_SUCH_HOST = (
    "This site doesn’t go by the name at which you asked for it. Look at the address again. "
    "Whoever runs the site says in the setting ALLOWED_HOSTS which names it has."
)
TOO_MANY = "These are more than a thousand things at once. Choose fewer, and then the rest."


class DomainError(Exception):
    """Base of all refusals; `str(error)` is a sentence for the person who asked."""


class NotPermitted(DomainError):
    """The acting person may see the thing, but not do this with it now."""


class Gone(DomainError):
    """What was there when the page was made isn't any more."""


class RuleViolation(DomainError):
    """What was asked contradicts a rule of the domain.

    `fields` maps names of inputs to sentences; the empty name stands for the whole.
    """

    def __init__(self, message: str, *, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.fields = dict(fields or {})


class Conflict(DomainError):
    """Someone else changed the thing since the acting person read it.

    `current` holds the thing as it is now, so that both texts can be shown.
    """

    def __init__(self, message: str, *, current: object) -> None:
        super().__init__(message)
        self.current = current


def as_refusal(error: Exception) -> Exception:
    """Return what `error` means for the person who asked.

    Something that was there when the request began, and is removed by someone else before it
    ends, shows as a missing row or as a reference that can't be kept; a date in the year 9999
    shows where it is first told in another time zone.
    """
    cause = error.__cause__
    if isinstance(error, ObjectDoesNotExist) or isinstance(cause, ForeignKeyViolation):
        return Gone(GONE)
    if isinstance(error, (OverflowError, DataError)) or isinstance(cause, CheckViolation):
        return RuleViolation(OUT_OF_RANGE)
    return error
