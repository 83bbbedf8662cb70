"""The findings on one theme, as its page shows them."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects

from apps.annotations import wording
from apps.annotations.advice import Wording, amounts
from apps.annotations.models import (
    SIDED,
    Annotation,
    Basis,
    Evidence,
    Held,
    Kind,
    Modality,
    Position,
    Stance,
    Strength,
    Term,
)
from apps.annotations.quantifying import Told, how_many, is_discreet, table_of
from apps.annotations.selectors.findings import findings_on
from apps.annotations.selectors.placement import SIDES_NEEDED
from apps.annotations.selectors.terms import contested_terms
from apps.annotations.selectors.uses import settled_in
from apps.annotations.tested import Tested, tested
from apps.core.contributions import Panel, contributed
from apps.core.permissions import allowed
from apps.participants.models import Participant
from apps.participants.selectors import Attribution, groups_shown_to
from apps.themes.models import Theme
from apps.themes.selectors.supporting import Supported, support_of

# In the order in which they are shown: word, shape, and what one note does and several do.
_STANCES: dict[str, tuple[str, str, str, str]] = {
    Stance.SUPPORTS: ("Supports", "agree", "supports it", "support it"),
    Stance.AGAINST: ("Against", "disagree", "is against it", "are against it"),
    Stance.ILLUSTRATES: ("Illustrates", "example", "illustrates it", "illustrate it"),
}
# Ways of knowing that say already who it was.
_SAYS_WHO = {Basis.GROUP_STATEMENT, Basis.SINGLE_VOICE}
_MAJOR = {Kind.CONSENSUS, *SIDED}


@dataclass(frozen=True)
class Citation:
    """A note that stands for or against something."""

    evidence: Evidence
    # Of which group it was said, as far as its reader may know.
    said_by: str


@dataclass(frozen=True)
class Cited:
    """The notes that take one stance."""

    word: str
    shape: str
    citations: list[Citation]


@dataclass(frozen=True)
class Side:
    """A position: who holds it, how many notes speak for it, and which, for those who may read
    notes.
    """

    position: Position
    who: str
    resting: str
    cited: list[Cited]
    how_many: Told
    # What it answers, by its name.
    answers: str
    # For those who write: where its words for how many aren't those of the count.
    flags: list[str]


@dataclass(frozen=True)
class Card:
    """An annotation with all that its readers may know of it."""

    annotation: Annotation
    who: str
    verb: str
    basis: str
    sides: list[Side]
    note_count: int
    # The notes for or against the claim itself; empty for those who don't read notes, and closed.
    cited: list[Cited]
    # What rested on notes that were redacted, which count for nothing any more.
    redacted: list[Evidence]
    reads_notes: bool
    how_many: Told
    supported: Supported
    flags: list[str]
    # For those who write: contested terms that it uses as though they were settled.
    settled: list[Term]
    # What it relates to, as other apps show it.
    related: Panel | None
    # What the room's answers say of it.
    tested: Tested | None

    @property
    def kind(self) -> str:
        """The kind as the name of its shape."""
        return self.annotation.kind.replace("_", "-")

    @property
    def strength(self) -> str:
        """How far an agreement goes, where that isn't all the way."""
        limited = {Strength.GENERAL, Strength.PARTIAL}
        is_agreement = self.annotation.kind == Kind.CONSENSUS
        named = is_agreement and self.annotation.strength in limited
        return str(self.annotation.get_strength_display()).lower() if named else ""

    @property
    def modality(self) -> str:
        """What it says, where that isn't just how things are."""
        modality = self.annotation.modality
        return "" if modality == Modality.IS else str(self.annotation.get_modality_display())

    @property
    def is_judged(self) -> bool:
        """Whether it is an agreement that nobody counted."""
        return (
            self.annotation.kind == Kind.CONSENSUS and self.annotation.basis == Basis.SENSE_OF_ROOM
        )

    @property
    def is_minor(self) -> bool:
        """Whether it is neither an agreement nor a disagreement."""
        return self.annotation.kind not in _MAJOR

    @property
    def lacks_sides(self) -> bool:
        """Whether it needs another position before it can enter a memo."""
        return self.annotation.has_sides and len(self.sides) < SIDES_NEEDED


def cards_on(
    actor: Participant, theme: Theme, *, only: uuid.UUID | None = None, opened: bool = False
) -> list[Card]:
    """Return the annotations on `theme` that `actor` may read, or `only` one of them, in order.

    If they are `opened`, with the notes that they rest on. As many queries for one as for all.
    """
    reads_notes = allowed(actor, "notes.view", theme)
    evidence = Evidence.objects.select_related("note__session")
    if not opened:
        evidence = Evidence.objects.select_related("note").only(
            "annotation", "position", "stance", "note__sequence", "note__redacted_at"
        )
    groups = groups_shown_to(actor)
    rows = [row for row in findings_on(actor, theme) if only in {None, row.pk}]
    prefetch_related_objects(
        rows,
        Prefetch("holders", groups),
        Prefetch("positions__holders", groups),
        Prefetch("evidence", evidence),
    )
    may_write = allowed(actor, "annotations.record", theme)
    contested = contested_terms(actor) if may_write else []
    attribution = Attribution(actor) if reads_notes and opened else None
    related: dict[uuid.UUID, Panel] = {}
    for found in contributed("annotations:related", actor=actor, annotations=rows):
        related.update(found)
    by_answers = tested(actor, rows)
    return [
        _card(
            row,
            attribution,
            related.get(row.pk),
            by_answers.get(row.pk),
            settled_in(row, contested),
            reads_notes=reads_notes,
            may_write=may_write,
        )
        for row in rows
    ]


def _card(
    annotation: Annotation,
    attribution: Attribution | None,
    related: Panel | None,
    by_answers: Tested | None,
    settled: list[Term],
    *,
    reads_notes: bool,
    may_write: bool,
) -> Card:
    every = list(annotation.evidence.all())
    evidence = [each for each in every if each.note.redacted_at is None]
    positions = list(annotation.positions.all())
    by_id = {position.pk: position for position in positions}
    by_position: dict[uuid.UUID | None, list[Evidence]] = {}
    for each in evidence:
        by_position.setdefault(each.position_id, []).append(each)
    return Card(
        annotation=annotation,
        who="" if annotation.basis in _SAYS_WHO else wording.holders_of(annotation),
        verb=wording.verb_of(annotation),
        basis=wording.uncapitalised(wording.basis_phrase(annotation)),
        sides=[
            Side(
                position=position,
                who=who,
                resting=_resting(by_position.get(position.pk, [])),
                cited=_cited(by_position.get(position.pk, []), attribution),
                how_many=how_many(position),
                answers=str(by_id[position.answers_id]) if position.answers_id else "",
                flags=_flags(position, position.text) if may_write else [],
            )
            for position, who in zip(
                positions, wording.holders_of_positions(positions), strict=True
            )
        ],
        note_count=len({each.note_id for each in evidence}),
        cited=_cited(by_position.get(None, []), attribution),
        redacted=[each for each in every if each.note.redacted_at] if reads_notes else [],
        reads_notes=reads_notes,
        how_many=how_many(annotation),
        supported=support_of(annotation),
        flags=_flags(annotation, annotation.claim) if may_write else [],
        settled=settled,
        related=related,
        tested=by_answers,
    )


def _flags(held: Held, text: str) -> list[str]:
    groups = [name for group in held.holders.all() for name in (group.singular, group.plural)]
    said = Wording(
        text, estimated=held.quantifier, counted=held.counted, counted_of=held.counted_of,
        groups=groups, table=table_of(held), discreetly=is_discreet(held),
    )  # fmt: skip
    return list(amounts(said))


def _cited(evidence: Iterable[Evidence], attribution: Attribution | None) -> list[Cited]:
    if attribution is None:
        return []
    found: dict[str, list[Citation]] = {}
    for each in evidence:
        said_by = attribution.group(each.note.group_id, each.note.session)
        found.setdefault(each.stance, []).append(Citation(each, said_by))
    return [
        Cited(word, shape, found[stance])
        for stance, (word, shape, *_) in _STANCES.items()
        if stance in found
    ]


def _resting(evidence: list[Evidence]) -> str:
    """Say in words how many notes take which stance: “4 notes support it, 1 is against it”."""
    parts: list[str] = []
    for stance, (_, _, one, several) in _STANCES.items():
        count = sum(each.stance == stance for each in evidence)
        if count:
            notes = "" if parts else " note" if count == 1 else " notes"
            parts.append(f"{count}{notes} {one if count == 1 else several}")
    return ", ".join(parts)
