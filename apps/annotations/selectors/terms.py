"""Reading terms."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from apps.annotations import wording
from apps.annotations.models import Sense, Term, TermStatus
from apps.annotations.selectors.findings import annotations_visible_to
from apps.annotations.selectors.uses import Texts, Used
from apps.core.permissions import allowed
from apps.notes.models import Mark, Note
from apps.notes.selectors import notes_visible_to
from apps.participants.models import Participant
from apps.participants.selectors import groups_shown_to
from apps.themes.models import Theme


@dataclass(frozen=True)
class ShownSense:
    """A meaning, who holds it in words, and the note that it is from, to those who read notes."""

    sense: Sense
    who: str
    note: Note | None


@dataclass(frozen=True)
class ShownTerm:
    """A term with its senses, and where it is used, if that was asked for."""

    term: Term
    senses: list[ShownSense]
    used: Used | None = None

    @property
    def mark(self) -> str:
        """The status as the name of its shape."""
        marks = {TermStatus.CONTESTED: "divergence", TermStatus.AGREED: "consensus"}
        return marks.get(TermStatus(self.term.status), "draft")


def terms_visible_to(actor: Participant) -> QuerySet[Term]:
    """Return the terms that `actor` may read: the team all, others those of findings they read."""
    terms = Term.objects.filter(workshop=actor.workshop_id).select_related("annotation__theme")
    if allowed(actor, "annotations.view_all_terms", actor.workshop):
        return terms
    return terms.filter(annotation__in=annotations_visible_to(actor))


def shown_terms(
    actor: Participant, terms: QuerySet[Term], texts: Texts | None = None
) -> list[ShownTerm]:
    """Return `terms`, which `actor` may read, with their senses side by side.

    With `texts` of the workshop also where they are used.
    """
    reads_notes = allowed(actor, "notes.view", actor.workshop)
    senses = Sense.objects.select_related("note")
    rows = terms.prefetch_related(
        Prefetch("senses", senses), Prefetch("senses__holders", groups_shown_to(actor))
    )
    return [
        ShownTerm(
            term=term,
            senses=[
                ShownSense(
                    sense,
                    wording.sense_holders(sense),
                    sense.note if reads_notes and _stands(sense.note) else None,
                )
                for sense in term.senses.all()
            ],
            used=texts.used(term) if texts else None,
        )
        for term in rows
    ]


def contested_terms(actor: Participant) -> list[Term]:
    """Return the terms that people use in different senses."""
    terms = terms_visible_to(actor).filter(status=TermStatus.CONTESTED)
    return list(terms.select_related(None))


def definitions_to_take(actor: Participant, theme: Theme | None = None) -> list[Note]:
    """Return the notes that define a term and aren't a sense yet, all or those under `theme`.

    For those who define terms and read notes; nothing for others.
    """
    if not allowed(actor, "annotations.define", actor.workshop):
        return []
    notes = notes_visible_to(actor).filter(mark=Mark.DEFINITION, senses=None)
    notes = notes.select_related(None)
    if theme is not None:
        notes = notes.filter(filings__theme=theme)
    return [note for note in notes if all(part.strip() for part in note.text.partition("="))]


def _stands(note: Note | None) -> bool:
    return note is not None and note.redacted_at is None
