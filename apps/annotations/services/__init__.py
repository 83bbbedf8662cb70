"""Writing annotations, their positions, their evidence, and terms."""

from apps.annotations.services.annotations import (
    move_annotation,
    record_annotation,
    revise_annotation,
    withdraw_annotation,
)
from apps.annotations.services.comments import comment_on_annotation
from apps.annotations.services.evidence import attach_evidence, detach_evidence
from apps.annotations.services.given import PositionGiven, SenseGiven
from apps.annotations.services.positions import (
    revise_position,
    take_position,
    withdraw_position,
)
from apps.annotations.services.terms import define_term, remove_term, revise_term, take_sense

__all__ = [
    "PositionGiven",
    "SenseGiven",
    "attach_evidence",
    "comment_on_annotation",
    "define_term",
    "detach_evidence",
    "move_annotation",
    "record_annotation",
    "remove_term",
    "revise_annotation",
    "revise_position",
    "revise_term",
    "take_position",
    "take_sense",
    "withdraw_annotation",
    "withdraw_position",
]
