"""Who said a note: the one door to the table that knows.

What is kept here is kept apart, for a time, and only where the rule in force allows it: on the
record, and under the Chatham House Rule where the owner chose so before anybody relied on its
not being kept. It is told to those who may know (`Attribution`), and under the Chatham House Rule
to whoever recorded the note and to the owner, for a reason that stands in the history.

Memos, exports, search and the API can't import this module; import-linter holds that.
"""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Unpack

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from apps.core import audit
from apps.core.exceptions import RuleViolation
from apps.core.permissions import allowed, require
from apps.notes.models import Note
from apps.notes.models.speakers import SpeakerLink
from apps.notes.services import NoteChanges, correct_note
from apps.notes.services.texts import checked_reason
from apps.participants.models import Group, Participant
from apps.participants.selectors.attribution import Attribution
from apps.workshops.attribution import keeps_speakers, speakers_kept_until
from apps.workshops.models import Session, Workshop
from apps.workshops.services import as_it_is_now
from apps.workshops.services.asking import require_now

NOT_KEPT = "Under the rule in force nobody keeps who said what."
NOT_HERE = "This person doesn’t take part in the workshop."
NO_REASON = "Say why you ask. Your reason stands in the history."
UNKNOWN = "Nothing is kept of who said this."


@transaction.atomic
def keep(*, actor: Participant, note: Note, speaker: Participant) -> None:
    """Keep that `speaker` said `note`, unless somebody is kept as its speaker already.

    Those who read the list of people may. Raises `NotPermitted`, and `RuleViolation` where the
    rule in force doesn't let it be kept, or for somebody who doesn't take part.
    """
    _check(actor, note, speaker)
    with _table() as links:
        links.bulk_create([_link(note, speaker)], ignore_conflicts=True)


@transaction.atomic
def keep_several(*, actor: Participant, said: Sequence[tuple[Note, Participant]]) -> None:
    """Keep who said each of several new notes, all of one workshop.

    Those who read the list of people may. Raises as `keep`.
    """
    for note, speaker in {(note.session_id, who.pk): (note, who) for note, who in said}.values():
        _check(actor, note, speaker)
    with _table() as links:
        links.bulk_create([_link(note, speaker) for note, speaker in said], ignore_conflicts=True)


@transaction.atomic
def keep_author(*, note: Note, author: Participant) -> None:
    """Keep that `author` said `note`, which they sent themselves, where the rule in force lets it
    be kept: for the service that lets a thought in, and has asked.
    """
    author = Participant.objects.select_related("workshop").get(pk=author.pk)
    session = Session.objects.get(pk=note.session_id)
    if author.removed_at is None and keeps_speakers(author.workshop, session):
        with _table() as links:
            links.bulk_create([_link(note, author)], ignore_conflicts=True)


@transaction.atomic
def correct(*, actor: Participant, note: Note, speaker: Participant | None) -> None:
    """Keep `speaker` as who said `note` in place of whoever was kept; None: nobody.

    Those who read the list of people may. Raises as `keep`. The history says that it was corrected.
    """
    if speaker is None:
        require_now(actor, "notes.keep_speaker", note)
        _forget(note_id=note.pk)
    else:
        _check(actor, note, speaker)
        with _table() as links:
            links.bulk_create(
                [_link(note, speaker)],
                update_conflicts=True,
                unique_fields=["note_id"],
                update_fields=["participant_id", "expires_at"],
            )
    audit.record("speaker.corrected", note, actor=actor, scope_id=note.workshop_id)


@transaction.atomic
def correct_with_speaker(
    *,
    actor: Participant,
    note: Note,
    speaker: Participant | None,
    version: int | None = None,
    **changes: Unpack[NoteChanges],
) -> Note:
    """Correct `note` and who said it, or neither. Raises as `correct_note` and `correct`."""
    corrected = correct_note(actor=actor, note=note, version=version, **changes)
    correct(actor=actor, note=corrected, speaker=speaker)
    return corrected


@transaction.atomic
def tell(*, actor: Participant, note: Note, reason: str) -> str:
    """Return who said `note`, and log that `actor` asked, and why; the log names nobody.

    Whoever recorded the note and the owner may, under the Chatham House Rule where speakers are
    kept. Raises `NotPermitted`, and `RuleViolation` without a reason, or when nobody is kept.
    """
    require(actor, "notes.ask_speaker", note)
    as_it_is_now(actor)
    note.session.refresh_from_db()
    require(actor, "notes.ask_speaker", note)
    reason = checked_reason(reason, missing=NO_REASON)
    with _table() as links:
        found = links.filter(note_id=note.pk, expires_at__gt=timezone.now()).first()
    if found is None:
        raise RuleViolation(UNKNOWN)
    speaker = Participant.objects.get(pk=found.participant_id)
    audit.record("speaker.opened", note, actor=actor, scope_id=note.workshop_id, reason=reason)
    return Attribution(actor).told(speaker)


def beside(actor: Participant, notes: Sequence[Note]) -> dict[uuid.UUID, tuple[str, bool]]:
    """Return for each of `notes` of which a speaker is kept the name, where it may stand beside
    it, and whether `actor`, who may read the notes, may ask for it.

    A fixed number of queries, and hardly one where nobody may know.
    """
    attribution = Attribution(actor)
    askable = {note.pk for note in notes if allowed(actor, "notes.ask_speaker", note)}
    open_ones = {note.pk: note.session for note in notes if attribution.sees_speakers(note.session)}
    if not askable and not open_ones:
        return {}
    wanted = [*askable, *open_ones]
    with _table() as links:
        kept = links.filter(note_id__in=wanted, expires_at__gt=timezone.now())
        by_note = dict(kept.values_list("note_id", "participant_id"))
    people = Participant.objects.in_bulk({by_note[pk] for pk in open_ones if pk in by_note})
    names = {
        pk: attribution.speaker(people[by_note[pk]], session)
        for pk, session in open_ones.items()
        if pk in by_note
    }
    return {pk: (names.get(pk, ""), pk in askable) for pk in by_note}


def group_of(speaker: Participant) -> Group | None:
    """Return the group by which a note of `speaker` is labelled."""
    axis = speaker.workshop.main_axis
    return Group.objects.filter(members=speaker, axis=axis).first()


def notes_of(speaker: Participant) -> list[uuid.UUID]:
    """Return the notes that `speaker` is kept as having said: for themselves."""
    with _table() as links:
        return list(
            links.filter(
                workshop_id=speaker.workshop_id,
                participant_id=speaker.pk,
                expires_at__gt=timezone.now(),
            ).values_list("note_id", flat=True)
        )


def count(**of: Any) -> int:
    """Return how many links there are, expired ones too, of a `workshop_id` or `participant_id`."""
    with _table() as links:
        found: int = links.filter(**of).count()
    return found


def forget_person(speaker: Participant) -> int:
    """Forget what `speaker` said, and return of how many notes: for services that asked."""
    return _forget(workshop_id=speaker.workshop_id, participant_id=speaker.pk)


def forget_workshop(workshop: Workshop) -> int:
    """Forget who said anything in `workshop`, and return of how many notes."""
    return _forget(workshop_id=workshop.pk)


def forget_expired() -> int:
    """Forget what has been kept for as long as people were told; return of how many notes."""
    return _forget(expires_at__lte=timezone.now())


def _forget(**which: Any) -> int:
    with _table() as links:
        gone: int = links.filter(**which).delete()[0]
    return gone


def _check(actor: Participant, note: Note, speaker: Participant) -> None:
    """Refuse to keep a speaker where that isn't allowed now; the workshop is locked after this."""
    require(actor, "notes.keep_speaker", note)
    as_it_is_now(actor)
    require(actor, "notes.keep_speaker", note)
    session = Session.objects.get(pk=note.session_id)
    if not keeps_speakers(actor.workshop, session):
        raise RuleViolation(NOT_KEPT, fields={"speaker": NOT_KEPT})
    if speaker.workshop_id != note.workshop_id or speaker.removed_at is not None:
        raise RuleViolation(NOT_HERE, fields={"speaker": NOT_HERE})


def _link(note: Note, speaker: Participant) -> SpeakerLink:
    return SpeakerLink(
        note_id=note.pk,
        workshop_id=note.workshop_id,
        participant_id=speaker.pk,
        expires_at=speakers_kept_until(speaker.workshop),
    )


@contextmanager
def _table() -> Iterator[Any]:
    """Reach the table within the block, under the role that it belongs to, if there is one.

    The role holds for the block alone, and whatever ends the transaction ends it.
    """
    with transaction.atomic():
        if not settings.SPEAKERS_ROLE:
            yield SpeakerLink.objects
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('role')")
            [before] = cursor.fetchone()
            cursor.execute("SELECT set_config('role', %s, true)", [settings.SPEAKERS_ROLE])
            yield SpeakerLink.objects
            cursor.execute("SELECT set_config('role', %s, true)", [before])
