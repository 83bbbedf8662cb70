"""Statements put to the room: their wordings, their rounds, what was answered, what it came to."""

from apps.statements.models.answers import Answered, Response, Tally
from apps.statements.models.choices import (
    FEWEST_IN_A_GROUP,
    Answer,
    Declined,
    Direction,
    Means,
    NextRound,
    ProposalState,
    RoundState,
    Scale,
    Showing,
)
from apps.statements.models.exports import AnswersFile, ExportKind
from apps.statements.models.opinions import OpinionMap
from apps.statements.models.plans import AskingPlan, Screen
from apps.statements.models.proposals import Proposal
from apps.statements.models.results import Result, Snapshot
from apps.statements.models.rounds import HandCount, Round
from apps.statements.models.statements import MAX_LENGTH, Statement, StatementEvidence, Wording

__all__ = [
    "FEWEST_IN_A_GROUP", "MAX_LENGTH", "Answer", "Answered", "AnswersFile", "AskingPlan",
    "Declined", "Direction", "ExportKind", "HandCount", "Means", "NextRound", "OpinionMap",
    "Proposal", "ProposalState", "Response", "Result", "Round", "RoundState", "Scale", "Screen",
    "Showing", "Snapshot", "Statement", "StatementEvidence", "Tally", "Wording",
]  # fmt: skip
