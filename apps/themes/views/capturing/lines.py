"""What was typed into the plain form, as the entry that a script would have made of it."""

import uuid
from typing import Any

from apps.core.exceptions import RuleViolation
from apps.notes.grammar import Parsed, parse
from apps.notes.models import Mark
from apps.participants.models import Participant
from apps.themes.forms import CaptureForm
from apps.themes.selectors.capturing import line_catalogue, note_before
from apps.workshops.devices import Entry
from apps.workshops.models import Session

NOT_WITHOUT_SCRIPTS = "Nothing was stored. While you are off the record, leave this box empty."
NONE_OF_YOURS = "There is no note of yours here to correct."
OTHER_WORDS = "Your last note here doesn’t say “{}”."


def entry_of(actor: Participant, form: CaptureForm) -> tuple[Entry, list[str]]:
    """Return the entry that a valid `form` is about, and what of the line wasn't understood.

    What was chosen in the form's fields counts where the line says nothing of it. Raises
    `RuleViolation` for a line that isn't to be kept, or corrects what isn't there.
    """
    given = form.cleaned_data
    session: Session = given["session"]
    parsed = parse(given["text"], line_catalogue(actor, session))
    if parsed.kind == "command":
        raise RuleViolation(NOT_WITHOUT_SCRIPTS)
    if parsed.replace is not None:
        return _correction(actor, session, *parsed.replace), []
    entry_id = given["id"] or uuid.uuid4()
    fields = _fields(actor, session, parsed) | {"text": parsed.text}
    if parsed.mark == Mark.REMARK:
        fields["mark"] = given["mark"]
    if given["theme"] is not None:
        fields["themes"] = [*parsed.themes, str(given["theme"].pk)]
    if not fields.get("group") and given.get("group") is not None:
        fields["group"] = str(given["group"].pk)
    if not parsed.speaker:
        _, speaker = form.speaker_chosen()
        fields["speaker"] = speaker and str(speaker.pk)
    entry = Entry(id=entry_id, kind="note", about=entry_id, session=session.pk, fields=fields)
    return entry, parsed.problems if parsed.kind == "note" else []


def _fields(actor: Participant, session: Session, parsed: Parsed) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "mark": parsed.mark,
        "themes": parsed.themes,
        "group": parsed.group,
        "speaker": parsed.speaker,
    }
    before = note_before(actor, session) if parsed.about else None
    if before is not None:
        fields["reply_to"] = str(before.pk)
    own = note_before(actor, session, own=True) if parsed.continues else None
    if own is not None and own.group_id is not None and not parsed.group:
        fields["group"] = str(own.group_id)
    return fields


def _correction(actor: Participant, session: Session, old: str, new: str) -> Entry:
    note = note_before(actor, session, own=True)
    if note is None:
        raise RuleViolation(NONE_OF_YOURS)
    if old not in note.text:
        raise RuleViolation(OTHER_WORDS.format(old))
    fields = {"from": note.text, "text": note.text.replace(old, new, 1)}
    return Entry(
        id=uuid.uuid4(), kind="correction", about=note.pk, session=session.pk, fields=fields
    )
