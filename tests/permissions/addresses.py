"""Every address that the URL configuration and the API's routers know."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """An address: its name, how it is written, its arguments, and its view."""

    name: str
    written: str
    arguments: frozenset[str]
    view: Any

    @property
    def is_api(self) -> bool:
        """It is answered by the API."""
        return self.name.startswith("api:")

    @property
    def methods(self) -> frozenset[str] | None:
        """The methods that a router bound; None where only asking tells."""
        actions = getattr(self.view, "actions", None)
        return frozenset(method.upper() for method in actions) if actions else None


def addresses(
    patterns: list[URLPattern | URLResolver] | None = None,
    namespace: str = "",
    before: str = "",
    arguments: frozenset[str] = frozenset(),
) -> Iterator[Address]:
    """Yield every address, those of included configurations and those without a name too."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        written = before + str(entry.pattern)
        pattern: Any = entry.pattern
        taken = arguments | (frozenset(pattern.converters) or frozenset(pattern.regex.groupindex))
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from addresses(entry.url_patterns, inner, written, taken)
        else:
            yield Address(f"{namespace}{entry.name or written}", written, taken, entry.callback)
