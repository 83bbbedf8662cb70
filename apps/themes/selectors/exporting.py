"""Reading the record of a workshop for others.

An export leaves the house: it holds what everybody may see, whoever asks for it. Groups are named
where they give nobody away, speakers never are, and neither what was redacted nor a session that
isn't reported is there.
"""

import uuid
from collections.abc import Iterator

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
    for filing in Filing.objects.filter(theme__in=list(themes)).order_by("start"):
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
                themes=tuple(
                    sorted({themes[each.theme_id].id for each in filings.get(note.pk, ())})
                ),
                answers=numbers.get(note.reply_to_id) if note.reply_to_id else None,
                passages=tuple(
                    ExportedPassage(
                        themes[each.filing.theme_id].id, each.start, each.end, each.text, each.fits
                    )
                    for each in passages_among(filings.get(note.pk, ()), note.text)
                ),
            )
            for note in notes
        ],
    )


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
