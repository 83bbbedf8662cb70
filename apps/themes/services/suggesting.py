"""Suggesting themes for notes: worked out by a worker, and taken by a click."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.utils.module_loading import import_string

from apps.core import jobs
from apps.core.exceptions import RuleViolation
from apps.core.models import JobState
from apps.notes.models import Note
from apps.participants.models import Participant
from apps.themes.models import Filing, Suggestion, SuggestionRun, Theme
from apps.themes.services.outline import TITLE_LIMIT
from apps.themes.services.sorting import Sorted, sort_notes
from apps.workshops.models import Workshop
from apps.workshops.services.asking import require_now

NOT_THERE = "This isn’t proposed any more: something changed meanwhile."


@dataclass(frozen=True)
class _Read:
    """What a workshop holds at one moment: notes in order, those filed nowhere, themes."""

    notes: list[Note]
    unfiled: list[int]
    themes: list[Theme]
    filed: dict[uuid.UUID, list[int]]


def suggest(*, job_id: uuid.UUID) -> None:
    """Work out the suggestions of a workshop anew, unless somebody is at it already.

    For a worker. Nothing is filed by it. What was filed, corrected or redacted while it was worked
    out gets none; the change has it done once more.
    """
    run = jobs.claim(SuggestionRun, job_id)
    if run is None:
        return
    with jobs.kept(run):
        SuggestionRun.objects.filter(pk=run.pk).update(again=False)
        workshop = Workshop.objects.get(pk=run.workshop_id)
        read = _read(workshop)
        found = list(_worked_out(workshop, read)) if workshop.suggests else []
        _store(run, read, found)


@transaction.atomic
def take_suggestion(*, actor: Participant, suggestion: Suggestion) -> Sorted:
    """File the note where it was suggested, as anybody would; return what was done.

    The facilitation team may. Raises what `sort_notes` raises, and `RuleViolation` for what
    suggests no theme.
    """
    if suggestion.theme is None:
        require_now(actor, "themes.file", actor.workshop)
        raise RuleViolation(NOT_THERE)
    return sort_notes(actor=actor, theme=suggestion.theme, notes=[suggestion.note])


@transaction.atomic
def take_group(*, actor: Participant, label: str) -> Sorted:
    """Make a theme of the notes that are proposed as a group under `label`; return what was done.

    The facilitation team may. Raises `NotPermitted`, and `RuleViolation` when there is no such
    group any more.
    """
    require_now(actor, "themes.edit", actor.workshop)
    rows = Suggestion.objects.filter(workshop=actor.workshop_id, label=label).exclude(label="")
    notes = [row.note for row in rows.select_related("note")]
    if not notes:
        raise RuleViolation(NOT_THERE)
    return sort_notes(actor=actor, title=label[:TITLE_LIMIT], notes=notes)


def _read(workshop: Workshop) -> _Read:
    notes = list(
        Note.objects.of_workshop(workshop).standing().only("text", "version").order_by("sequence")
    )
    places = {note.pk: place for place, note in enumerate(notes)}
    filed: dict[uuid.UUID, list[int]] = {}
    filings = Filing.objects.filter(workshop=workshop, note__in=places)
    for theme_id, note_id in filings.values_list("theme", "note"):
        filed.setdefault(theme_id, []).append(places[note_id])
    somewhere = {place for inside in filed.values() for place in inside}
    return _Read(
        notes=notes,
        unfiled=[place for place in range(len(notes)) if place not in somewhere],
        themes=list(Theme.objects.of_workshop(workshop)),
        filed=filed,
    )


def _worked_out(workshop: Workshop, read: _Read) -> Iterator[Suggestion]:
    if not read.unfiled:
        return
    # Large libraries, which only workers load.
    from apps.themes.likeness.comparing import Heading, Likeness

    likeness = Likeness(
        [note.text for note in read.notes], language=workshop.language, embedder=_embedder()
    )

    def row(place: int, words: list[str], **about: Any) -> Suggestion:
        return Suggestion(workshop=workshop, note=read.notes[place], words=words, **about)

    headings = [Heading(theme.title, read.filed.get(theme.pk, [])) for theme in read.themes]
    for near in likeness.nearest(read.unfiled, headings):
        yield row(near.note, near.words, theme=read.themes[near.theme], likeness=near.likeness)
    for each in likeness.alike(read.unfiled):
        twin = read.notes[each.other]
        yield row(each.note, each.words, twin=twin, likeness=each.likeness)
    if not read.themes:
        for group in likeness.groups(read.unfiled):
            label = ", ".join(group.label).capitalize()[:TITLE_LIMIT]
            for place in group.notes:
                yield row(place, [], label=label, likeness=0)


def _embedder() -> Any:
    path = settings.THEME_EMBEDDER
    return import_string(path) if path else None


@transaction.atomic
def _store(run: SuggestionRun, read: _Read, found: list[Suggestion]) -> None:
    # Whoever files, corrects or redacts takes this lock: what is looked at now holds until the end.
    workshop = Workshop.objects.select_for_update(no_key=True).get(pk=run.workshop_id)
    now = _read(workshop)
    versions = {note.pk: note.version for note in now.notes}
    standing = {note.pk for note in read.notes if versions.get(note.pk) == note.version}
    unfiled = {now.notes[place].pk for place in now.unfiled}
    themes = {theme.pk for theme in now.themes}
    Suggestion.objects.filter(workshop=workshop).delete()
    if workshop.suggests:
        Suggestion.objects.bulk_create(
            each
            for each in found
            if each.note_id in standing & unfiled
            and (each.theme_id is None or each.theme_id in themes)
            and (each.twin_id is None or each.twin_id in standing)
            and not (each.label and themes)
        )
    if jobs.finish(run):
        SuggestionRun.objects.filter(pk=run.pk, again=True).update(
            state=JobState.QUEUED, attempt=0, again=False, queued_at=Now(), finished_at=None
        )
