"""Themes, as a workshop's file tells them: what stands under them, and what became of them."""

from collections.abc import Iterator

from apps.core.contributions import contribute
from apps.core.documents import Section
from apps.themes.records.themes import THEMES


@contribute("workshop:records", order=40)
def records() -> Iterator[Section]:
    """Say what the file lists of themes."""
    yield THEMES
