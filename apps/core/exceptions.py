"""What a service says when it refuses. Mapped once for pages and once for the API."""

from collections.abc import Mapping


class DomainError(Exception):
    """Base of all refusals; `str(error)` is a sentence for the person who asked."""


class NotPermitted(DomainError):
    """The acting person may see the thing, but not do this with it now."""


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
