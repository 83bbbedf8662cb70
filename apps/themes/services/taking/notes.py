"""Taking a note that a device kept: its words, and the rest as far as that may be kept."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from apps.core.exceptions import RuleViolation
from apps.core.permissions import allowed
from apps.core.texts import cleaned
from apps.notes.models import Mark, Note
from apps.participants.models import Group, Participant
from apps.themes.models import Theme
from apps.themes.services.capturing import capture_note_of, group_said
from apps.themes.services.filing import file_notes
from apps.themes.services.outline import TITLE_LIMIT, add_theme
from apps.workshops.attribution import keeps_groups, keeps_speakers
from apps.workshops.devices import Entry, State, Taken
from apps.workshops.models import Session
from apps.workshops.services.asking import require_now

NO_SESSION = "The session it was written in isn’t there any more. Choose another and send it again."
# A device's clock may be wrong, and a note still has to be taken.
LONGEST_OFFLINE = timedelta(days=60)

SPEAKER = "who said it, which the rule now in force doesn’t let be kept"
GROUP = "the group, which the rule now in force doesn’t let be kept"
GONE_SPEAKER = "who said it: that person doesn’t take part any more"
GONE_GROUP = "the group, which isn’t there any more"
GONE_THEME = "a theme that isn’t there any more"
GONE_NOTE = "the note that it answers"


@dataclass
class Parts:
    """What is kept with the words, and in words what isn't."""

    speaker: Participant | None = None
    group: Group | None = None
    reply_to: Note | None = None
    themes: list[Theme] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


@transaction.atomic
def take_note(*, actor: Participant, entry: Entry) -> Taken:
    """Record the note of `entry`, and file it; one that was taken before stays as it is.

    What may no longer be kept with the words, or isn't there any more, is left out, and the
    answer says so. The facilitation team may. Raises `NotPermitted`, `RuleViolation` for words
    that can't be a note or a session that is gone, and `Conflict` for other words under the id
    of a note.
    """
    require_now(actor, "notes.record", actor.workshop)
    session = Session.objects.filter(workshop=actor.workshop_id, pk=entry.session).first()
    if session is None:
        raise RuleViolation(NO_SESSION, fields={"session": NO_SESSION})
    parts = _parts(actor, entry, session)
    known = Note.objects.filter(workshop=actor.workshop_id, pk=entry.about).first()
    if known is not None and _said(known, cleaned(entry.text())):
        return _saved(known, parts)
    note = capture_note_of(
        actor=actor,
        session=session,
        text=entry.text(),
        id=entry.about,
        mark=_mark(entry),
        speaker=parts.speaker,
        group=parts.group,
        reply_to=parts.reply_to,
        written_at=written_at(entry),
    )
    for theme in [*parts.themes, *_new_themes(actor, entry)]:
        file_notes(actor=actor, theme=theme, notes=[note])
    note.refresh_from_db(fields=["change"])
    return _saved(note, parts)


def themes_of(actor: Participant, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Theme]:
    """Return those themes of the actor's workshop that are there, by id."""
    return Theme.objects.of_workshop(actor.workshop).in_bulk(list(ids))


def mark_of(value: object) -> Mark | None:
    """Return the mark that `value` names, if it names one."""
    return Mark(value) if value in Mark.values else None


def _parts(actor: Participant, entry: Entry, session: Session) -> Parts:
    """Sort what may be kept with the note from what may not; the workshop is locked."""
    parts = Parts()
    workshop = actor.workshop
    _speaker(actor, entry, session, parts)
    if entry.fields.get("group") and keeps_groups(workshop, session):
        parts.group = Group.objects.filter(workshop=workshop, pk=entry.key("group")).first()
        if parts.group is None:
            parts.missing.append(GONE_GROUP)
    elif entry.fields.get("group"):
        parts.missing.append(GROUP)
    wanted = entry.keys("themes")
    there = themes_of(actor, wanted)
    parts.themes = [there[each] for each in wanted if each in there]
    parts.missing += [GONE_THEME] * (len(there) < len(wanted))
    if entry.fields.get("reply_to"):
        earlier = Note.objects.of_workshop(workshop)
        parts.reply_to = earlier.filter(pk=entry.key("reply_to")).first()
        parts.missing += [GONE_NOTE] * (parts.reply_to is None)
    return parts


def _speaker(actor: Participant, entry: Entry, session: Session, parts: Parts) -> None:
    """Keep the speaker where that is allowed, and else their group: of people whom one may name."""
    if not entry.fields.get("speaker"):
        return
    workshop = actor.workshop
    if not allowed(actor, "notes.keep_speaker", session):
        parts.missing.append(SPEAKER)
        return
    people = Participant.objects.filter(workshop=workshop, removed_at__isnull=True)
    speaker = people.filter(pk=entry.key("speaker")).first()
    if speaker is None:
        parts.missing.append(GONE_SPEAKER)
    elif keeps_speakers(workshop, session):
        parts.speaker = speaker
    else:
        parts.missing.append(SPEAKER)
        parts.group = group_said(speaker) if keeps_groups(workshop, session) else None


def _said(note: Note, text: str) -> bool:
    """Say whether `note` says `text`, or did: nothing is left of what a redacted one said."""
    if note.redacted_at is not None or note.text == text:
        return True
    return note.revisions.filter(text=text).exists()


def _saved(note: Note, parts: Parts) -> Taken:
    why = saved_without(parts.missing)
    return Taken(State.SAVED, sequence=note.sequence, change=note.change, why=why)


def saved_without(missing: Iterable[str]) -> str:
    """Return the sentence for what is `missing` of something that was saved, if anything is."""
    each = list(dict.fromkeys(missing))
    return f"Saved without {'; and without '.join(each)}." if each else ""


def _mark(entry: Entry) -> Mark:
    return mark_of(entry.fields.get("mark")) or Mark.REMARK


def written_at(entry: Entry) -> datetime:
    """Return when `entry` was written, or now where the device's clock can't be right."""
    now = timezone.now()
    written = entry.written_at
    return written if written is not None and now - LONGEST_OFFLINE < written < now else now


def _new_themes(actor: Participant, entry: Entry) -> list[Theme]:
    """Return the themes that the note names for the first time; those of that title serve."""
    titles = entry.fields.get("new_themes")
    found = []
    for title in titles if isinstance(titles, list) else []:
        name = cleaned(str(title))[:TITLE_LIMIT]
        if name:
            there = Theme.objects.of_workshop(actor.workshop).filter(title__iexact=name).first()
            found.append(there or add_theme(actor=actor, title=name))
    return found
