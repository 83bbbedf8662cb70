"""What the records of findings and of terms have in common."""

from typing import Any

from django.db.models import Prefetch

from apps.core.documents import Writing
from apps.participants.selectors.attribution import groups_in_file

# Names by which files elsewhere say who said something, which is kept on the record alone.
WHO = frozenset(
    {"speaker", "speakers", "said_by", "spoken_by", "by", "person", "participant", "participants"}
)


def named(relation: str, writing: Writing) -> Any:
    """Return how to fetch the groups that may be named."""
    return Prefetch(relation, groups_in_file(writing.scope))
