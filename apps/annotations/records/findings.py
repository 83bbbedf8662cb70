"""Annotations with their positions and their evidence, as a workshop's file tells them."""

from dataclasses import dataclass
from typing import Any

from apps.annotations.models import (
    About,
    Annotation,
    Basis,
    Certainty,
    Evidence,
    Kind,
    Modality,
    Polarity,
    Position,
    Quantifier,
    Stance,
    Strength,
)
from apps.annotations.quantifying import how_many, is_discreet
from apps.annotations.records.shared import WHO, named
from apps.annotations.selectors import annotations_visible_to
from apps.core.documents import (
    Choice,
    Flag,
    Many,
    Number,
    One,
    Problem,
    Reading,
    Record,
    Section,
    Text,
    Writing,
)
from apps.themes.records.supports import Supports, counting_supports, tell_supports

NO_BASIS = "A consensus says how it is known. “The rapporteur’s inference” takes the place."


@dataclass(frozen=True)
class Counted(Number):
    """A number of people, where it gives nobody away: else the word for it is told."""

    strict: bool = True
    private = True

    def get(self, row: Any) -> Any:
        return None if is_discreet(row) else super().get(row)


@dataclass(frozen=True)
class HowMany(Choice):
    """How many, in a word: as it was estimated, or the word for numbers that aren't told."""

    def get(self, row: Any) -> Any:
        counted = row.counted is not None and is_discreet(row)
        return how_many(row).amount if counted else row.quantifier


def _annotation(row: Annotation, record: Record, reading: Reading) -> None:
    row.order = record.index + 1
    if row.kind == Kind.CONSENSUS and not row.basis:
        row.basis = Basis.RAPPORTEUR
        record.keep("basis", None, str(row.basis), NO_BASIS)
        reading.notices.append(Problem(record.where("basis"), NO_BASIS))


def _position(row: Position, record: Record, reading: Reading) -> None:
    row.order = record.index + 1
    assert record.around is not None  # noqa: S101 - it stands in an annotation
    if row.answers is not None and row.answers.annotation_id != record.around.row.pk:
        reading.problems.append(Problem(record.where("answers"), "is of another annotation."))


def _evidence(row: Evidence, record: Record, reading: Reading) -> None:
    assert record.around is not None  # noqa: S101 - it stands in an annotation
    if row.position is not None and row.position.annotation_id != record.around.row.pk:
        reading.problems.append(Problem(record.where("position"), "is of another annotation."))


def _annotations(writing: Writing) -> list[Annotation]:
    found = annotations_visible_to(writing.viewer).order_by("order", "created_at")
    found = found.select_related("workshop", "session")
    found = found.prefetch_related(None).prefetch_related(named("holders", writing))
    rows: list[Annotation] = list(counting_supports(found))
    tell_supports(writing.scope, ((row, row.session) for row in rows))
    return rows


def _positions(writing: Writing) -> Any:
    found = Position.objects.filter(annotation__in=writing.rows["annotations"])
    found = found.select_related("annotation__workshop", "annotation__session")
    return found.order_by("order", "created_at").prefetch_related(named("holders", writing))


def _cited(writing: Writing) -> list[Evidence]:
    notes = {note.pk for note in writing.rows["notes"]}
    found = Evidence.objects.filter(annotation__in=writing.rows["annotations"])
    return [
        each for each in found.order_by("note__sequence", "created_at") if each.note_id in notes
    ]


POSITIONS = Section(
    name="positions",
    noun="position",
    prefix="z",
    model=Position,
    rows=_positions,
    settle=_position,
    inside="annotation",
    never=WHO,
    fields=(
        Text("label"),
        Text("text"),
        Flag("unrecorded"),
        Choice("polarity", choices=Polarity),
        One("answers", to="positions", strict=True),
        HowMany("quantifier", choices=Quantifier),
        Counted("counted"),
        Counted("counted_of"),
        Many("groups", "holders", also=("group", "holders"), to="groups"),
        Text("reasons_for"),
        Text("reasons_against"),
        Flag("minority"),
    ),
)
EVIDENCE = Section(
    name="evidence",
    noun="evidence",
    prefix="e",
    model=Evidence,
    rows=_cited,
    settle=_evidence,
    inside="annotation",
    never=WHO,
    fields=(
        One("note", to="notes", required=True),
        One("position", to="positions", strict=True),
        Choice("stance", choices=Stance, strict=True),
    ),
)
ANNOTATIONS = Section(
    name="annotations",
    noun="annotation",
    prefix="a",
    model=Annotation,
    rows=_annotations,
    settle=_annotation,
    children=(POSITIONS, EVIDENCE),
    never=WHO,
    fields=(
        One("theme", to="themes", required=True),
        Choice("kind", choices=Kind, default=Kind.OBSERVATION),
        Text("claim", required=True),
        Choice("about", choices=About),
        Choice("modality", choices=Modality, default=Modality.IS),
        Choice("strength", choices=Strength),
        Choice("basis", choices=Basis),
        Choice("certainty", choices=Certainty),
        HowMany("quantifier", choices=Quantifier),
        Counted("counted"),
        Counted("counted_of"),
        Many("groups", "holders", also=("holders",), to="groups"),
        Text("scope_conditions"),
        One("session", to="sessions"),
        Supports("supports"),
    ),
)
