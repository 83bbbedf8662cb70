"""What was agreed and what wasn't: annotations, their positions, their evidence, their terms."""

from apps.annotations.models.choices import (
    SIDED,
    About,
    Basis,
    Certainty,
    Kind,
    Modality,
    Polarity,
    Quantifier,
    Stance,
    Strength,
    TermStatus,
)
from apps.annotations.models.findings import (
    Annotation,
    AnnotationComment,
    AnnotationSupport,
    Evidence,
    EvidenceQuerySet,
    Held,
    Position,
)
from apps.annotations.models.terms import Sense, Term

__all__ = [
    "SIDED", "About", "Annotation", "AnnotationComment", "AnnotationSupport", "Basis",
    "Certainty", "Evidence", "EvidenceQuerySet", "Held", "Kind", "Modality", "Polarity",
    "Position", "Quantifier", "Sense", "Stance", "Strength", "Term", "TermStatus",
]  # fmt: skip
