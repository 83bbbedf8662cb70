"""Making the file of a workshop: as much of it as others may know.

A file leaves the house: of who spoke it says what everybody may read, whoever takes it along.
"""

import json
from typing import Any

from apps.core.documents import Writing
from apps.core.documents.places import Remainder as Rest
from apps.core.permissions import require
from apps.memos.models import Remainder
from apps.memos.workshop_file.sections import FILE, FORMAT, WITHIN, heads, lists
from apps.participants.models import Participant
from apps.participants.selectors.attribution import left_out_of_file
from apps.workshops.attribution import numbers_are_names
from apps.workshops.models import Workshop

HOW_MANY = "How many people held something, but in a word, and how many support a comment."
ALWAYS = (
    "Who said a note, who wrote it down, and when.",
    "Who wrote a comment, and when, or supports something; hidden comments, and answers to them.",
    "What notes said before they were corrected; who sorted them, and when.",
    "Notes that were redacted, and those of sessions that aren’t reported.",
    "Who answered what to a statement, and why; statements that participants proposed.",
    "What was answered and isn’t revealed: such a statement comes as not asked yet.",
    "Snapshots of what was revealed but the last.",
    "Links, codes and invitations; versions of the memo; the history.",
)


def file_of(actor: Participant) -> dict[str, Any]:
    """Return the workshop of `actor` as its file says it; a fixed number of queries.

    The owner may. Raises `NotPermitted`.
    """
    workshop = actor.workshop
    require(actor, "memos.take_workshop", workshop)
    kept = {
        (each.section, each.subject): Rest(
            each.section, each.subject, each.key, each.unknown, each.said
        )
        for each in Remainder.objects.filter(workshop=workshop)
    }
    writing = Writing(workshop, actor, workshop.zone, kept)
    sections = [*heads(), *lists()]
    for section in sections:
        writing.take(section)
    head: dict[str, Any] = {}
    for section in reversed(heads()):
        for row in writing.rows[section.name]:
            head = {**writing.record(section, row), **head}
    found: dict[str, Any] = {"format": FORMAT, "workshop": head}
    for section in lists():
        if records := writing.records(section):
            (head if section.name in WITHIN else found)[section.name] = records
    for name, value in writing.kept(FILE, workshop).unknown.items():
        found[name] = [*found[name], *value] if isinstance(found.get(name), list) else value
    return {
        **found,
        "not_in_this_file": not_in_file(workshop),
    }


def not_in_file(workshop: Workshop) -> list[str]:
    """Say what the file of `workshop` doesn't hold."""
    how_many = [HOW_MANY] if numbers_are_names(workshop) else []
    return [*left_out_of_file(workshop), *how_many, *ALWAYS]


def compact(data: bytes) -> str:
    """Return the JSON `data` without the space between its parts."""
    return json.dumps(json.loads(data.decode("utf-8-sig")), ensure_ascii=False)


def as_bytes(content: dict[str, Any]) -> bytes:
    """Return a file's content as JSON: the same content gives the same bytes."""
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
