"""What was found, as a workshop's file tells it: annotations, terms, and comments on them."""

from collections.abc import Iterator

from apps.annotations.records.comments import COMMENTS
from apps.annotations.records.findings import ANNOTATIONS
from apps.annotations.records.terms import TERMS
from apps.core.contributions import contribute
from apps.core.documents import Section


@contribute("workshop:records", order=50)
def records() -> Iterator[Section]:
    """Say what the file lists of findings, and of what is said of them."""
    yield from (ANNOTATIONS, TERMS, COMMENTS)
