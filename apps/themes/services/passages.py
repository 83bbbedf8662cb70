"""Filing a passage of a note, rather than all of it."""

from django.db import transaction

from apps.core import audit
from apps.core.exceptions import RuleViolation
from apps.notes.models import Note
from apps.notes.services import count_change
from apps.participants.models import Participant
from apps.themes.models import Filing, Rearrangement, RearrangementKind, Theme
from apps.themes.selectors.passages import places_of
from apps.themes.services.filing import checked_notes
from apps.themes.services.rearranging import Rearranging
from apps.workshops.services.asking import require_now

NO_WORDS = "Mark some words of the note."
NOT_THERE = "These words don’t stand in the note as it is now. Someone may have corrected it."
SEVERAL = "These words stand in the note several times. Take along some that stand beside them."


@transaction.atomic
def file_passage(
    *, actor: Participant, theme: Theme, note: Note, text: str, start: int | None = None
) -> Rearrangement | None:
    """File the passage `text` of `note` under `theme`; return what undoes it, if it is new there.

    `start` is its offset in Unicode code points; without one the words must stand in the note once.
    The facilitation team may. Raises `NotPermitted`, and `RuleViolation` for a note of another
    workshop, and for words that don't stand in the note as it is now, or not at `start`.
    """
    require_now(actor, "themes.file", theme)
    row: Note = Note.objects.select_for_update().get(pk=note.pk)
    checked_notes([row], theme.workshop)
    at = _place(row.text, text, start)
    given = {"theme": theme, "note": row, "start": at, "end": at + len(text)}
    if Filing.objects.filter(**given).exists():
        return None
    change = Rearranging(actor, RearrangementKind.FILED)
    change.make([Filing(workshop=theme.workshop, passage=text, filed_by=actor, **given)])
    audit.record(
        "theme.notes_filed",
        theme,
        actor=actor,
        scope_id=theme.workshop_id,
        after={"notes": [row.pk]},
    )
    count_change([row])
    return change.keep(f"Filed a passage of note {row.sequence} under “{theme}”")


@transaction.atomic
def take_off_passage(
    *, actor: Participant, theme: Theme, note: Note, start: int, end: int
) -> Rearrangement | None:
    """Take the passage of `note` that was marked from `start` to `end` off `theme`.

    Return what undoes it; None when it isn't there any more. The facilitation team may. Raises
    `NotPermitted`.
    """
    require_now(actor, "themes.file", theme)
    rows = list(theme.filings.filter(note=note, start=start, end=end))
    if not rows:
        return None
    change = Rearranging(actor, RearrangementKind.UNFILED)
    change.remove(rows)
    audit.record(
        "theme.notes_unfiled",
        theme,
        actor=actor,
        scope_id=theme.workshop_id,
        after={"notes": [note.pk]},
    )
    count_change([note])
    return change.keep(f"Took a passage of note {note.sequence} off “{theme}”")


def _place(says: str, text: str, start: int | None) -> int:
    if not text.strip():
        raise RuleViolation(NO_WORDS, fields={"text": NO_WORDS})
    places = places_of(text, says)
    if not places or (start is not None and start not in places):
        raise RuleViolation(NOT_THERE, fields={"text": NOT_THERE})
    if start is None and len(places) > 1:
        raise RuleViolation(SEVERAL, fields={"text": SEVERAL})
    return places[0] if start is None else start
