"""Reading the record of a workshop for others.

An export leaves the house: it holds what everybody may see, whoever asks for it. Groups are named
where they give nobody away, speakers never are, and neither what was redacted nor a session that
isn't reported is there.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from apps.notes.exporting import (
    ExportedNote,
    ExportedPassage,
    ExportedSession,
    ExportedTheme,
    Record,
)
from apps.notes.selectors import notes_visible_to
from apps.participants.models import Participant
from apps.participants.selectors.attribution import Attribution, Everybody
from apps.themes.models import Filing
from apps.themes.selectors.outline import Branch, Outline
from apps.themes.selectors.passages import passages_among
from apps.workshops.selectors import sessions_of


def record_of(actor: Participant) -> Record:
    """Return the notes that `actor` may read, as others may: a fixed number of queries."""
    workshop = actor.workshop
    attribution = Attribution(Everybody(workshop))
    sessions = {
        session.pk: ExportedSession(number, session.title)
        for number, session in enumerate(sessions_of(workshop).filter(reported=True), start=1)
    }
    themes = _themes(Outline(actor).branches())
    filings: dict[uuid.UUID, list[Filing]] = {}
    for filing in Filing.objects.filter(theme__in=list(themes)):
        filings.setdefault(filing.note_id, []).append(filing)
    notes = list(notes_visible_to(actor).standing().filter(session__reported=True))
    numbers = {note.pk: note.sequence for note in notes}
    return Record(
        title=workshop.title,
        sessions=list(sessions.values()),
        themes=list(themes.values()),
        notes=[
            ExportedNote(
                number=note.sequence,
                session=sessions[note.session_id].id,
                text=note.text,
                mark=note.mark,
                group=attribution.group(note.group_id, note.session),
                answers=numbers.get(note.reply_to_id) if note.reply_to_id else None,
                **_filed(note.text, filings.get(note.pk, ()), themes),
            )
            for note in notes
        ],
    )


def _filed(
    text: str, filings: Iterable[Filing], themes: Mapping[uuid.UUID, ExportedTheme]
) -> dict[str, Any]:
    """Return where a note stands that says `text`: under which themes, and which passages of it.

    Where it doesn't say any more what was marked, it stands as a whole: what it said is past.
    """
    passages = [each for each in passages_among(filings, text) if each.fits]
    partly = {each.filing.pk for each in passages}
    whole = {themes[each.theme_id].id for each in filings if each.pk not in partly}
    places = sorted((themes[p.filing.theme_id].id, p.start, p.end, p.text) for p in passages)
    told = tuple(ExportedPassage(*place) for place in dict.fromkeys(places))
    part = {each.theme for each in told} - whole
    return {
        "themes": tuple(sorted(whole | part)), "partly": tuple(sorted(part)), "passages": told
    }  # fmt: skip


def _themes(branches: list[Branch]) -> dict[uuid.UUID, ExportedTheme]:
    """Return the themes in the order of the outline, numbered, those above first."""
    found: dict[uuid.UUID, ExportedTheme] = {}

    def walk(under: list[Branch], above: int | None) -> Iterator[tuple[Branch, int | None]]:
        for branch in under:
            yield branch, above
            yield from walk(branch.children, found[branch.theme.pk].id)

    for branch, above in walk(branches, None):
        found[branch.theme.pk] = ExportedTheme(len(found) + 1, branch.theme.title, above)
    return found
