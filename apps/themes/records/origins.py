"""Where a theme came from, as a workshop's file tells it: out of which other, and how.

By whom and when stays untold. A theme that is gone is named by its last title.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.core.documents import Parts, Reading, Unfit
from apps.themes.models import Descent, Lineage, Theme


@dataclass(frozen=True)
class CameFrom(Parts):
    """The themes that a theme was merged of, split from, or took over from."""

    names: tuple[str, ...] = ("how", "title", "theme")

    def part(self, said: Mapping[str, Any], row: Any, reading: Reading) -> Lineage:
        how, title = said.get("how"), said.get("title")
        if not isinstance(how, str) or how not in Descent.values:
            raise Unfit(f"should be one of: {', '.join(Descent.values)}.", at=".how")
        longest = Lineage._meta.get_field("source_title").max_length or 0
        if not isinstance(title, str) or not 0 < len(title) <= longest:
            raise Unfit(f"should be a title of up to {longest} characters.", at=".title")
        source = _source(said.get("theme"), row, reading)
        return Lineage(
            workshop=reading.scope, how=how, source_id=source, source_title=title, into=row
        )

    def put(self, row: Any, value: Any, reading: Reading) -> None:
        reading.also += value

    def get(self, row: Any) -> Any:
        return vars(row).get("_came_from", [])

    def told(self, value: Any, book: Any) -> Any:
        return [
            {"how": str(each.how), "title": each.source_title}
            | ({"theme": key} if (key := book.key(each.source_id)) else {})
            for each in value
        ]


def tell_origins(themes: list[Theme]) -> None:
    """Let `themes` know where they came from: one query for all."""
    under: dict[uuid.UUID, list[Lineage]] = {}
    for each in Lineage.objects.filter(into__in=themes):
        under.setdefault(each.into_id, []).append(each)
    for theme in themes:
        vars(theme)["_came_from"] = under.get(theme.pk, [])


def _source(key: Any, row: Any, reading: Reading) -> uuid.UUID:
    """Return the id of the theme that is meant; of one that is gone, an id that nothing has."""
    if key is None:
        return uuid.uuid4()
    try:
        found = reading.find(key, ["themes"]) if isinstance(key, str) else None
    except Unfit as unfit:
        raise Unfit(str(unfit), at=".theme") from None
    if found is None or found[1] is row:
        raise Unfit("should be the id of another theme.", at=".theme")
    pk: uuid.UUID = found[1].pk
    return pk
