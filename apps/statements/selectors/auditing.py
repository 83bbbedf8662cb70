"""Findings held against what was answered, as the last snapshot has it."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from apps.annotations.models import Annotation, Kind
from apps.participants.models import Participant
from apps.statements.measures.claims import Audit, Claim, Linked, Outcome, audit
from apps.statements.measures.counts import Counts
from apps.statements.measures.sentences.wording import capital
from apps.statements.models import Direction, StatementEvidence
from apps.statements.selectors.results import Revealed, last_revealed_in
from apps.workshops.models import Workshop

_CLAIMS = {
    Kind.CONSENSUS: Claim.CONSENSUS,
    Kind.DIVERGENCE: Claim.DIVERGENCE,
    Kind.GROUP_DIFFERENCE: Claim.GROUP_DIFFERENCE,
}
_SHAPES = {
    Outcome.SUPPORTED: "ok",
    Outcome.PARTLY: "observation",
    Outcome.CONTRADICTED: "warn",
    Outcome.UNTESTED: "waiting",
}


@dataclass(frozen=True)
class Audited:
    """What answers say of a finding (None of a kind that claims nothing of the room), and the
    revealed statements that test it, each with the link.
    """

    audit: Audit | None
    statements: list[tuple[StatementEvidence, Revealed]]
    # How many statements are to test it and weren't revealed yet.
    waiting: int = 0

    @property
    def contradicts(self) -> bool:
        """Whether the answers say the opposite of what is written."""
        return self.audit is not None and self.audit.outcome == Outcome.CONTRADICTED

    @property
    def why(self) -> str:
        """The audit in a sentence, without the word that stands before it."""
        said = self.audit.sentence if self.audit else ""
        left = said.removeprefix(self.audit.outcome.label if self.audit else "").lstrip(":. ")
        return capital(left)

    @property
    def shape(self) -> str:
        """The name of the shape that stands for the outcome, beside its word."""
        return _SHAPES[self.audit.outcome] if self.audit else "plain"


def audits_of(workshop: Workshop, annotations: Collection[Annotation]) -> dict[uuid.UUID, Audited]:
    """Return what answers say of those of `annotations` that a statement is to test.

    From what was revealed alone, so the same for everybody. Three queries.
    """
    links: dict[uuid.UUID, list[StatementEvidence]] = {}
    for link in StatementEvidence.objects.filter(
        annotation__in=[each.pk for each in annotations]
    ).select_related("position"):
        links.setdefault(link.annotation_id, []).append(link)
    wanted = {link.statement_id for found in links.values() for link in found}
    results = last_revealed_in(workshop, wanted) if wanted else {}
    return {
        each.pk: _audited(each, links[each.pk], results) for each in annotations if each.pk in links
    }


def audits_for(actor: Participant, annotations: Collection[Annotation]) -> dict[uuid.UUID, Audited]:
    """Return what answers say of those of `annotations` that `actor` may read."""
    here = [each for each in annotations if each.workshop_id == actor.workshop_id]
    return audits_of(actor.workshop, here)


def _audited(
    annotation: Annotation, links: list[StatementEvidence], results: dict[uuid.UUID, Revealed]
) -> Audited:
    revealed = [
        (link, results[link.statement_id]) for link in links if link.statement_id in results
    ]
    claim = _CLAIMS.get(Kind(annotation.kind))
    found = audit(claim, [_linked(link, each) for link, each in revealed]) if claim else None
    return Audited(found, revealed, waiting=len(links) - len(revealed))


def _linked(link: StatementEvidence, found: Revealed) -> Linked:
    return Linked(
        counts=found.counts or Counts(),
        verdict=found.verdict,
        agrees=link.direction == Direction.AGREE,
        shared=found.is_shared,
        hidden=bool(found.hidden_says),
        carrying_says=found.carrying_says,
        gaps=found.gaps,
        figures={each.plural: each.counts for each in found.groups if each.counts},
    )
