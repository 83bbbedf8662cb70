"""Words that people use in different senses."""

from collections.abc import Sequence
from typing import Any, Unpack

from django.db import transaction

from apps.annotations.models import Annotation, Sense, Term, TermStatus
from apps.annotations.services.given import (
    SenseGiven,
    TermChanges,
    check_groups,
    check_unused,
    line,
    refuse,
    within,
)
from apps.core import audit
from apps.core.editing import apply_changes, check, lock_version
from apps.core.ordering import next_order
from apps.notes.models import Note
from apps.participants.models import Participant
from apps.workshops.models import Workshop
from apps.workshops.services.asking import require_now

EMPTY = "Give the word or the words."
NO_SENSE = "Say what it means, or remove this sense."


@transaction.atomic
def define_term(
    *,
    actor: Participant,
    name: str,
    status: str = TermStatus.CONTESTED,
    annotation: Annotation | None = None,
    senses: Sequence[SenseGiven] = (),
) -> Term:
    """Add a term with its senses, after those that are there.

    `annotation` is the finding that it belongs to. The facilitation team may, until the workshop
    is published. Raises `NotPermitted`, and `RuleViolation` for an empty name or sense, or
    something of another workshop.
    """
    require_now(actor, "annotations.define", actor.workshop)
    term = Term(
        workshop=actor.workshop,
        order=next_order(Term.objects.filter(workshop=actor.workshop)),
        **_checked(actor, {"name": name, "status": status, "annotation": annotation}),
    )
    check(term)
    term.save(force_insert=True)
    _put_senses(actor, term, senses)
    audit.record(
        "term.defined",
        term,
        actor=actor,
        scope_id=term.workshop_id,
        after={"name": term.name, "status": status, "senses": [each.text for each in senses]},
    )
    return term


@transaction.atomic
def revise_term(
    *,
    actor: Participant,
    term: Term,
    version: int | None = None,
    senses: Sequence[SenseGiven] | None = None,
    **changes: Unpack[TermChanges],
) -> Term:
    """Change `term`, and return it; `senses`, if given, are all it has from now on.

    The facilitation team may, until the workshop is published. Raises `NotPermitted`,
    `RuleViolation` as `define_term`, and `Conflict` when `version` isn't the term's any more.
    """
    require_now(actor, "annotations.define", term)
    row: Term = lock_version(Term.objects.all(), term.pk, version)
    changed = apply_changes(row, _checked(actor, {**changes}), verb="term.revised", actor=actor)
    if senses is not None and (before := _senses_of(row)) != _told(senses):
        _put_senses(actor, row, senses)
        if not changed:
            row.version += 1
            row.save(update_fields=["version"])
        audit.record(
            "term.senses_revised",
            row,
            actor=actor,
            scope_id=row.workshop_id,
            before={"senses": before},
            after={"senses": _told(senses)},
        )
    return row


@transaction.atomic
def take_sense(*, actor: Participant, note: Note) -> Term:
    """Make the definition in `note` (“term = meaning”) a sense of its term, and return the term.

    A term that isn't there is added, as contested. The facilitation team may, until the workshop
    is published. Raises `NotPermitted`, and `RuleViolation` for a note that was redacted, says
    nothing of the kind, or is a sense already.
    """
    require_now(actor, "annotations.define", actor.workshop)
    if note.workshop_id != actor.workshop_id or note.redacted_at is not None:
        raise refuse("", "There is no such note.")
    name, _, meaning = (line(part) for part in note.text.partition("="))
    if not name or not meaning:
        raise refuse("", "The note doesn’t say “term = meaning”. Add the term by hand.")
    # Two at once would each add the term.
    Workshop.objects.select_for_update().get(pk=actor.workshop_id)
    if note.senses.exists():
        raise refuse("", "This note is a sense of a term already.")
    term = Term.objects.filter(workshop=actor.workshop, name__iexact=name).first()
    given = SenseGiven(text=meaning, note=note.pk)
    if term is None:
        return define_term(actor=actor, name=name, senses=[given])
    return revise_term(actor=actor, term=term, senses=[*_given_in(term), given])


@transaction.atomic
def remove_term(*, actor: Participant, term: Term) -> None:
    """Remove `term` with its senses.

    The facilitation team may, until the workshop is published. Raises `NotPermitted`, and
    `RuleViolation` when a research question rests on it.
    """
    require_now(actor, "annotations.define", term)
    check_unused(term)
    audit.record(
        "term.removed",
        term,
        actor=actor,
        scope_id=term.workshop_id,
        before={"name": term.name, "senses": _senses_of(term)},
    )
    term.delete()


def _checked(actor: Participant, values: dict[str, Any]) -> dict[str, Any]:
    if "name" in values:
        values["name"] = line(values["name"])
        if not values["name"]:
            raise refuse("name", EMPTY)
    annotation = values.get("annotation")
    if annotation is not None and annotation.workshop_id != actor.workshop_id:
        raise refuse("annotation", "Choose an annotation of this workshop.")
    return values


def _put_senses(actor: Participant, term: Term, senses: Sequence[SenseGiven]) -> None:
    # What comes from a note that was redacted, or that isn't there, comes from nowhere.
    notes = set(
        Note.objects.of_workshop(actor.workshop)
        .standing()
        .filter(pk__in=[given.note for given in senses if given.note])
        .values_list("pk", flat=True)
    )
    term.senses.all().delete()
    for place, given in enumerate(senses):
        with within("senses", place):
            text = line(given.text)
            if not text:
                raise refuse("text", NO_SENSE)
            check_groups(actor.workshop, given.holders)
            sense = Sense(
                workshop_id=term.workshop_id,
                term=term,
                note_id=given.note if given.note in notes else None,
                text=text,
                used_by=line(given.used_by),
                order=place,
            )
            check(sense)
            sense.save(force_insert=True)
            sense.holders.set(given.holders)


def _senses_of(term: Term) -> list[dict[str, Any]]:
    return _told(_given_in(term))


def _given_in(term: Term) -> list[SenseGiven]:
    return [
        SenseGiven(text=row.text, used_by=row.used_by, holders=row.holders.all(), note=row.note_id)
        for row in term.senses.prefetch_related("holders")
    ]


def _told(senses: Sequence[SenseGiven]) -> list[dict[str, Any]]:
    return [
        {
            "text": line(each.text),
            "used_by": line(each.used_by),
            "note": str(each.note) if each.note else None,
            "holders": sorted(str(group.pk) for group in each.holders),
        }
        for each in senses
    ]
