"""Forms about findings, what they rest on, and terms."""

from apps.annotations.forms.annotations import AnnotationForm
from apps.annotations.forms.evidence import ChoosingForm, EvidenceForm
from apps.annotations.forms.evidence_map import MapForm
from apps.annotations.forms.terms import TermForm

__all__ = [
    "AnnotationForm", "ChoosingForm", "EvidenceForm", "MapForm", "TermForm",
]  # fmt: skip
