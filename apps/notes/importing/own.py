"""Notes that were exported from here as JSON (see docs/api.md)."""

from collections.abc import Mapping
from typing import Any

from apps.core.files.limits import Unreadable
from apps.notes.importing.blocks import Block, Blocks, Document, Format, plain
from apps.notes.importing.cursor import DAMAGED, elements, members, value_within
from apps.notes.importing.limits import BLOCKS, LONGEST_LINE, TOO_MANY

SCHEMA = "rapporteur/notes-1"
# Of one session, theme or note, as it is written.
LONGEST = 6 * LONGEST_LINE
MOST_ABOVE = 10


def is_own(text: str) -> bool:
    """Say whether `text` begins like an export of notes from here."""
    return SCHEMA in text[:200]


def read_own(text: str) -> Document:
    """Read an export of notes from here. Raises `Unreadable`."""
    parts = {key: (start, end) for key, start, end in _first(text)}
    sessions = {
        _key(each, "id"): _text(each, "title") for each in _objects(text, parts, "sessions")
    }
    themes = {_key(each, "id"): each for each in _objects(text, parts, "themes")}
    blocks = Blocks()
    for place, note in enumerate(_objects(text, parts, "notes"), start=1):
        said = {
            "session": sessions.get(_key(note, "session"), ""),
            "themes": [_path(key, themes) for key in _list(note, "themes")],
            "mark": _text(note, "mark"),
            "speaker": _text(note, "group"),
            "number": str(_key(note, "number") or ""),
            "answers": str(_key(note, "answers") or ""),
        }
        says = {name: value for name, value in said.items() if value}
        blocks.add(Block(place, _text(note, "text"), says=says))
    return Document(Format.OWN, blocks.blocks)


def _first(text: str) -> list[tuple[str, int, int]]:
    found = []
    for member in members(text):
        found.append(member)
        if len(found) > MOST_ABOVE:
            raise Unreadable(DAMAGED)
    return found


def _objects(text: str, parts: Mapping[str, tuple[int, int]], name: str) -> list[dict[str, Any]]:
    if name not in parts:
        raise Unreadable(DAMAGED)
    found = []
    for start, end in elements(text, parts[name][0]):
        value = value_within(text, start, end, LONGEST)
        if not isinstance(value, dict):
            raise Unreadable(DAMAGED)
        found.append(value)
        if len(found) > BLOCKS:
            raise Unreadable(TOO_MANY)
    return found


def _path(key: Any, themes: Mapping[Any, Mapping[str, Any]]) -> list[str]:
    """Return the titles of a theme and of those that it stands under, the uppermost first."""
    path: list[str] = []
    while isinstance(key, (int, str)) and key in themes and len(path) < MOST_ABOVE:
        path.insert(0, _text(themes[key], "title"))
        key = themes[key].get("under")
    return [title for title in path if title]


def _text(value: Mapping[str, Any], name: str) -> str:
    text = value.get(name, "")
    return plain(text) if isinstance(text, str) else ""


def _key(value: Mapping[str, Any], name: str) -> int | str | None:
    key = value.get(name)
    return key if isinstance(key, (int, str)) and len(str(key)[:41]) <= 40 else None  # noqa: PLR2004


def _list(value: Mapping[str, Any], name: str) -> list[Any]:
    found = value.get(name)
    return found[:50] if isinstance(found, list) else []
