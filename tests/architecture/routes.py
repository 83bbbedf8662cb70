"""Every address that the URL configuration knows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    """A named address, and the names of its arguments."""

    name: str
    arguments: frozenset[str]

    @property
    def app(self) -> str:
        """The namespace: "themes" of "themes:detail"."""
        return self.name.partition(":")[0]


def routes(
    patterns: list[URLPattern | URLResolver] | None = None,
    namespace: str = "",
    arguments: frozenset[str] = frozenset(),
) -> Iterator[Route]:
    """Yield every route, those of included configurations too."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        taken = arguments | _arguments(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from routes(entry.url_patterns, inner, taken)
        elif entry.name:
            yield Route(f"{namespace}{entry.name}", taken)


def _arguments(pattern: Any) -> frozenset[str]:
    return frozenset(pattern.converters) or frozenset(pattern.regex.groupindex)
