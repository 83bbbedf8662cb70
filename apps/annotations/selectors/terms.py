"""Reading terms."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from apps.annotations import wording
from apps.annotations.models import Sense, Term
from apps.annotations.selectors.findings import annotations_visible_to
from apps.core.permissions import allowed
from apps.participants.models import Participant
from apps.participants.selectors import groups_shown_to


@dataclass(frozen=True)
class ShownTerm:
    """A term with its senses, each with who holds it in words."""

    term: Term
    senses: list[tuple[Sense, str]]


def terms_visible_to(actor: Participant) -> QuerySet[Term]:
    """Return the terms that `actor` may read: the team all, others those of findings they read."""
    terms = Term.objects.filter(workshop=actor.workshop_id).select_related("annotation__theme")
    if allowed(actor, "annotations.view_all_terms", actor.workshop):
        return terms
    return terms.filter(annotation__in=annotations_visible_to(actor))


def shown_terms(actor: Participant, terms: QuerySet[Term]) -> list[ShownTerm]:
    """Return `terms`, which `actor` may read, with their senses side by side."""
    return [
        ShownTerm(
            term=term,
            senses=[(sense, wording.sense_holders(sense)) for sense in term.senses.all()],
        )
        for term in terms.prefetch_related(Prefetch("senses__holders", groups_shown_to(actor)))
    ]
