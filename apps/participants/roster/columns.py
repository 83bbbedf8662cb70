"""What each column of a list holds: guessed from its heading, or from its values."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from apps.core.texts import fold
from apps.participants.roster.table import Table
from apps.participants.roster.words import HEADING_OF, LISTING_OF, NAMING_OF, ROLE_OF

# What a column may hold; a group on an axis of its own is "group:" and the axis.
KINDS = [
    "name", "first_name", "last_name", "email", "affiliation", "group", "role", "functions",
    "listing", "attribution",
]  # fmt: skip
GROUP = "group"
LEFT_OUT = ""

AT_SIGN = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
# So many rows tell what a column holds, and this share of what they hold must speak for it.
SAMPLE = 200
MOSTLY = 0.6
MOST_GROUPS = 8
LONGEST_GROUP = 40


@dataclass(frozen=True)
class Columns:
    """What each column holds, in order, and whether the first line says so."""

    kinds: list[str]
    heading: bool

    @property
    def wrong(self) -> str:
        """Return what can't be, in a sentence; empty if all is well."""
        used = [kind for kind in self.kinds if kind]
        twice = next((kind for kind in used if used.count(kind) > 1), "")
        if twice:
            return "Two columns hold the same. Leave one of them out."
        if not {"name", "first_name", "last_name", "email"} & set(used):
            return "Say which column holds the names, or the e-mail addresses."
        if "name" in used and {"first_name", "last_name"} & set(used):
            return "Use either the whole name, or first name and last name."
        return ""


def guess_columns(table: Table, groups: Collection[str] = ()) -> Columns:
    """Guess what the columns hold; `groups` are what groups of the workshop are called."""
    filled = [row for row in table.rows if row][: SAMPLE + 1]
    width = max((len(row) for row in table.rows), default=0)
    first = filled[0] if filled else []
    named = [HEADING_OF.get(fold(cell), LEFT_OUT) for cell in first]
    heading = any(named) and not any(AT_SIGN.fullmatch(cell) for cell in first)
    rows = filled[1:] if heading else filled
    columns = [_values(rows, place) for place in range(width)]
    folded = {fold(group) for group in groups}
    kinds = (named if heading else [])[:width]
    kinds += [LEFT_OUT] * (width - len(kinds))
    _by_values(kinds, columns, folded)
    if not heading:
        _names_by_values(kinds, columns)
    return Columns(_settled(kinds), heading)


def _values(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    return [row[place] for row in rows if place < len(row) and row[place]]


def _by_values(kinds: list[str], columns: list[list[str]], groups: Collection[str]) -> None:
    """Fill in what values tell, and take back a role that the values don't bear out."""
    for place, values in enumerate(columns):
        if not values:
            continue
        kind = kinds[place]
        if kind == "role" and not _mostly(values, ROLE_OF):
            kinds[place] = GROUP if _like_groups(values, groups) else LEFT_OUT
        elif kind == LEFT_OUT:
            kinds[place] = _kind_of(values, groups, set(kinds))


def _kind_of(values: list[str], groups: Collection[str], taken: Collection[str]) -> str:
    if "email" not in taken and _share(values, lambda v: bool(AT_SIGN.fullmatch(v))) >= MOSTLY:
        return "email"
    if "role" not in taken and _mostly(values, ROLE_OF):
        return "role"
    if GROUP not in taken and groups and _share(values, lambda v: fold(v) in groups) >= MOSTLY:
        return GROUP
    longer = [value for value in values if " " in value]
    if "listing" not in taken and longer and _mostly(values, LISTING_OF):
        return "listing"
    if "attribution" not in taken and longer and _mostly(values, NAMING_OF):
        return "attribution"
    return LEFT_OUT


def _names_by_values(kinds: list[str], columns: list[list[str]]) -> None:
    """Without a heading: names come first, then what they belong to, and groups are few."""
    texts = [
        place
        for place, values in enumerate(columns)
        if kinds[place] == LEFT_OUT and values and not _share(values, _has_digit) >= MOSTLY
    ]
    if not texts:
        return
    first, *rest = texts
    single = _share(columns[first], lambda v: " " not in v)
    if rest and single >= MOSTLY and _share(columns[rest[0]], _one_or_two_words) >= MOSTLY:
        kinds[first], kinds[rest[0]] = "first_name", "last_name"
        rest = rest[1:]
    else:
        kinds[first] = "name"
    for place in rest:
        if GROUP not in kinds and _like_groups(columns[place], ()):
            kinds[place] = GROUP
        elif "affiliation" not in kinds:
            kinds[place] = "affiliation"


def _settled(kinds: list[str]) -> list[str]:
    """Let no kind stand twice, and a "name" beside a first name be the last one."""
    found: list[str] = []
    for kind in kinds:
        found.append(LEFT_OUT if kind in found else kind)
    if "name" in found and "first_name" in found:
        if "last_name" in found:
            # The parts are surer than the whole.
            found[found.index("name")] = LEFT_OUT
        else:
            found[found.index("name")] = "last_name"
    if "first_name" in found and "last_name" not in found:
        # Alone it is the name: "nombre" and "nome" are said for both.
        found[found.index("first_name")] = "name"
    if "last_name" in found and "first_name" not in found:
        if "name" in found:
            found[found.index("last_name")] = LEFT_OUT
        else:
            found[found.index("last_name")] = "name"
    return found


def _like_groups(values: list[str], groups: Collection[str]) -> bool:
    """Say whether a few short words come again and again, or are groups that there are."""
    if groups and _share(values, lambda v: fold(v) in groups) >= MOSTLY:
        return True
    different = {fold(value) for value in values}
    return (
        len(different) <= MOST_GROUPS
        and len(different) * 2 <= len(values)
        and all(len(value) <= LONGEST_GROUP for value in values)
    )


def _mostly(values: list[str], words: Mapping[str, str]) -> bool:
    return _share(values, lambda value: fold(value) in words) >= MOSTLY


def _share(values: list[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, values)) / len(values) if values else 0.0


def _has_digit(value: str) -> bool:
    return any(each.isdigit() for each in value)


def _one_or_two_words(value: str) -> bool:
    return len(value.split()) <= 2  # noqa: PLR2004 - "van Dijk"
