"""What each line of a list says about one person, and what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from apps.core.texts import fold
from apps.participants.models import Function, Group, Listing, Naming, Participant
from apps.participants.roster.columns import GROUP, Columns
from apps.participants.roster.table import Table
from apps.participants.roster.words import FUNCTION_OF, LISTING_OF, NAMING_OF, ROLE_OF
from apps.workshops.models import Role

PERSON: Any = Participant
LENGTHS = {
    name: int(PERSON._meta.get_field(name).max_length)
    for name in ("display_name", "affiliation", "email")
}
LONGEST_GROUP = int(Group._meta.get_field("plural").max_length or 0)
SEVERAL = str.maketrans(";/|+&", ",,,,,")


@dataclass
class Entry:
    """A person as a line of a list has them. What the line doesn't say is None, or empty."""

    line: int
    display_name: str = ""
    email: str = ""
    affiliation: str = ""
    role: str | None = None
    functions: list[str] = field(default_factory=list)
    listing: str | None = None
    attribution: str | None = None
    # By axis: "" is the workshop's main one.
    groups: dict[str, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)


def entries_of(table: Table, columns: Columns) -> list[Entry]:
    """Return what each line below the heading says; lines without anything in them are left out."""
    lines = [(number, row) for number, row in enumerate(table.rows, start=1) if row]
    found = [_entry(number, row, columns.kinds) for number, row in lines[bool(columns.heading) :]]
    return [entry for entry in found if entry is not None]


def _entry(line: int, row: Sequence[str], kinds: Sequence[str]) -> Entry | None:
    cells = {kind: cell for kind, cell in zip(kinds, row, strict=False) if kind and cell}
    if not cells:
        # Something stands in columns that are left out.
        return None
    entry = Entry(line)
    parts = [cells.get("first_name", ""), cells.get("last_name", "")]
    entry.display_name = cells.get("name", "") or " ".join(part for part in parts if part)
    entry.affiliation = cells.get("affiliation", "")
    entry.email = _email(entry, cells.get("email", ""))
    entry.role = _known(entry, cells.get("role", ""), ROLE_OF, "role", Role.labels)
    entry.listing = _known(
        entry, cells.get("listing", ""), LISTING_OF, "listing choice", Listing.labels
    )
    entry.attribution = _known(
        entry, cells.get("attribution", ""), NAMING_OF, "naming permission", Naming.labels
    )
    entry.functions = _functions(entry, cells.get("functions", ""))
    for kind, cell in cells.items():
        if kind.partition(":")[0] == GROUP:
            entry.groups[kind.partition(":")[2]] = cell
    _check(entry)
    return entry


def _check(entry: Entry) -> None:
    if not entry.display_name and not entry.email:
        entry.errors.insert(0, "There is neither a name nor an e-mail address.")
    texts = [("The name", entry.display_name, LENGTHS["display_name"])]
    texts.append(("The affiliation", entry.affiliation, LENGTHS["affiliation"]))
    texts += [("The group", group, LONGEST_GROUP) for group in entry.groups.values()]
    for what, text, longest in texts:
        if len(text) > longest:
            entry.errors.append(f"{what} is longer than {longest} characters.")
        if text.startswith("="):
            entry.errors.append(f"{what} begins with “=”: this looks like a formula.")


def _email(entry: Entry, text: str) -> str:
    # As mail programs copy it: "Anna Müller <anna@example.org>".
    address = text.rpartition("<")[2].rstrip("> ") if text.endswith(">") else text
    address = address.removeprefix("mailto:").strip()
    if not address:
        return ""
    try:
        validate_email(address)
    except ValidationError:
        entry.errors.append(f"“{_short(text)}” isn’t an e-mail address.")
        return ""
    if len(address) > LENGTHS["email"]:
        entry.errors.append("The e-mail address is too long.")
        return ""
    return address


def _known(
    entry: Entry, text: str, words: dict[str, str], what: str, labels: list[str]
) -> str | None:
    if not text:
        return None
    found = words.get(fold(text))
    if found is None:
        choices = ", ".join(f"“{label}”" for label in labels)
        entry.errors.append(f"“{_short(text)}” is no {what}. Known are {choices}.")
    return found


def _functions(entry: Entry, text: str) -> list[str]:
    found = []
    for part in text.translate(SEVERAL).split(","):
        if not part.strip():
            continue
        function = FUNCTION_OF.get(fold(part))
        if function is None:
            choices = ", ".join(f"“{label}”" for label in Function.labels)
            entry.errors.append(f"“{_short(part.strip())}” is no function. Known are {choices}.")
        elif function not in found:
            found.append(function)
    return found


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"  # noqa: PLR2004 - enough to find it by
