"""What the room was asked, as a workshop's file tells it: what was published, nobody's answer."""

from collections.abc import Iterator

from apps.core.contributions import contribute
from apps.core.documents import Section
from apps.statements.records.plan import PLAN
from apps.statements.records.published import SNAPSHOTS
from apps.statements.records.statements import STATEMENTS


@contribute("workshop:head", order=55)
def head() -> Iterator[Section]:
    """Say what the file tells of how the room is asked, beside the workshop itself."""
    yield PLAN


@contribute("workshop:records", order=55)
def records() -> Iterator[Section]:
    """Say what the file lists of statements, and of what was revealed."""
    yield from (STATEMENTS, SNAPSHOTS)
