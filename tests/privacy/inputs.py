"""What each address takes: as the API's schema says, and as the forms on the pages do."""

import re
from functools import cache
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

import yaml
from django.conf import settings

from apps.agendas.models import ENDS
from tests.permissions.addresses import Address
from tests.permissions.bodies import body_of
from tests.permissions.walk import Cell
from tests.permissions.world import World

# What is meant by a field, where its name doesn't say it.
MEANS = {
    "holders": "group", "addressees": "group", "people": "participant", "shown": "participant",
    "speaker": "participant", "origin_themes": "theme", "rests_on_themes": "theme",
    "origin_annotations": "annotation", "rests_on_annotations": "annotation",
    "listed_under": "theme", "origin_terms": "term", "questions": "guiding-question",
    "answers": "position", "into": "theme", "to": "theme", "parts": "annotation",
    "from": "annotation", "at": "statement",
    **{f"{side}_{end}": end.replace("_", "-") for side in ("source", "target") for end in ENDS},
}  # fmt: skip
# What a thing hangs under, by what is written.
UNDER = {
    "guiding-question": "guiding-question", "guiding_question": "guiding-question",
    "research-question": "research-question", "agendas:question": "research-question",
    "session": "session", "theme": "theme", "comment": "comment", "note": "note",
}  # fmt: skip
# Fields of forms that stand on another page.
ELSEWHERE = {
    "participants:change_several": {"role", "group"}, "themes:comment": {"kind"},
    "annotations:comment": {"kind"}, "workshops:move_phase": {"reason"},
    "statements:plan": {"reason"},
    "workshops:open_session": {"takes_thoughts", "has_feed"}, "themes:file": {"how"},
    "themes:reparent": {"before"},
}  # fmt: skip
# Fields that forms hand on from page to page without showing them, or that buttons send.
UNSEEN = {"parent", "theme", "version", "to", "placement", "text", "state", "decision"}


def fields_of(address: Address, method: str) -> dict[str, Any]:
    """Return the fields that the API takes there, each with what the schema says of it."""
    written = re.sub(r"\(\?P<[^)]*\)|<[^>]*>", "{}", address.written)
    operation = _operations().get((written.replace("^", "").replace("$", ""), method), {})
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = _schema()["components"]["schemas"].get(name, {}).get("properties", {})
    return found


def takes_ids(address: Address, method: str) -> list[str]:
    """Return the fields of the API that name other things."""
    fields = fields_of(address, method).items()
    return [name for name, about in fields if "uuid" in str(about) and name != "id"]


def elsewhere(name: str, route: str, other: World) -> Any:
    """Return the id of something of another workshop, of the kind that field `name` means.

    In a row of a form ("positions-0-holders") the end of the name says it, or else its beginning.
    """
    first, last = name.partition("-")[0], name.rpartition("-")[2]
    name = first if last == "id" else last
    about = MEANS.get(name, re.sub(r"_\d+$", "", name).removesuffix("s"))
    if name in {"parent", "reply_to"}:
        about = next(thing for word, thing in UNDER.items() if word in route)
    return other.id(about)


class Form(HTMLParser):
    """Reads the fields of a page's forms, and which of them offer things to choose from."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.choosing: set[str] = set()
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of a field, and of what it offers."""
        about = dict(attrs)
        name = about.get("name") or ""
        if tag in {"input", "textarea", "select", "button"} and name:
            self.names.add(name)
        if tag == "select":
            self._select = name
        offered = self._select if tag == "option" else name
        if tag in {"option", "input"} and offered and _is_id(about.get("value")):
            self.choosing.add(offered)


def known_to(world: World, cell: Cell, page: str) -> set[str]:
    """Return the fields that an address takes of its form, or of buttons on other pages."""
    known = set(body_of(world, cell.line.route, cell.kind)) | UNSEEN
    return known | ELSEWHERE.get(cell.line.route, set()) | Form(page).names


def _is_id(value: str | None) -> bool:
    try:
        return bool(value and UUID(value))
    except ValueError:
        return False


@cache
def _schema() -> Any:
    text = (settings.BASE_DIR / "docs" / "api-schema.yaml").read_text()
    return yaml.load(text, yaml.CSafeLoader)


@cache
def _operations() -> dict[tuple[str, str], Any]:
    return {
        (re.sub(r"\{[^}]*\}", "{}", path).lstrip("/"), method.upper()): operation
        for path, operations in _schema()["paths"].items()
        for method, operation in operations.items()
    }
