"""Notes in which the signs of the composer were typed: `#theme`, `@alias`, `?`, and so on."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from apps.notes.grammar import Parsed, parse
from apps.notes.importing.deciding import Known
from apps.notes.importing.entries import Entry, Kind

NO_NOTE = {
    "correction": "It corrects another note.",
    "command": "It is a command.",
    "nothing": "There is nothing in it but signs.",
}


def with_signs(entries: Iterable[Entry], known: Known) -> Iterator[Entry]:
    """Yield `entries`, of notes what their lines mean in the composer."""
    catalogue = _catalogue(known)
    before: int | None = None
    for entry in entries:
        if entry.kind != Kind.NOTE or entry.error:
            yield entry
            continue
        parsed = parse(entry.text, catalogue)
        if parsed.kind != "note":
            why = NO_NOTE[parsed.kind]
            # What stands after an @ is likely a name, and isn't shown where it means nothing.
            yield replace(entry, kind=Kind.LEFT_OUT, text=parsed.text, why=why)
            continue
        yield _said(entry, parsed, before)
        before = entry.key


def _said(entry: Entry, parsed: Parsed, before: int | None) -> Entry:
    answers = before if parsed.about and entry.answers is None else entry.answers
    is_marked = parsed.mark != "remark"
    return replace(
        entry,
        text=parsed.text,
        mark=parsed.mark if is_marked else entry.mark,
        filed=tuple(parsed.themes),
        group=parsed.group or "",
        said_by=parsed.speaker or "",
        answers=answers,
        why=" ".join(parsed.problems),
    )


def _catalogue(known: Known) -> dict[str, Any]:
    sessions = known.sessions.values()
    return {
        "themes": [{"id": key, "title": path[-1]} for key, path in known.themes.items()],
        "groups": [
            {"id": key, "singular": names[0], "plural": names[1]}
            for key, names in known.groups.items()
        ],
        "people": [
            {"id": key, "name": name, "group": known.memberships.get(key)}
            for key, name in known.people.items()
        ],
        # Which of it a session keeps is asked once it is known to which a note goes.
        "keeps_groups": any(session.keeps_groups for session in sessions),
        "keeps_speakers": any(session.keeps_speakers for session in sessions),
    }
