"""Annotations with their positions and evidence, and terms, over the API."""

from apps.annotations.api.annotations import AnnotationViewSet
from apps.annotations.api.parts import EvidenceViewSet, PositionViewSet
from apps.annotations.api.terms import TermViewSet

__all__ = ["AnnotationViewSet", "EvidenceViewSet", "PositionViewSet", "TermViewSet"]
