"""Reading statements, what somebody is asked, and what was revealed."""

from apps.statements.selectors.answering import Ask, asked_of, open_rounds_for
from apps.statements.selectors.counting import answered_in, collapsed, tallies_of
from apps.statements.selectors.hands import Hands, hands_for
from apps.statements.selectors.plans import people_who_may_answer, plan_of
from apps.statements.selectors.results import (
    GapResult,
    GroupResult,
    Revealed,
    last_revealed_in,
    last_snapshot,
    revealed_in,
)
from apps.statements.selectors.screen import Console, OnScreen, console_of, screen_of
from apps.statements.selectors.statements import (
    Queued,
    answered_words,
    by_state,
    queue_of,
    rounds_visible_to,
    statements_visible_to,
    tests_visible_to,
)

__all__ = [
    "Ask", "Console", "GapResult", "GroupResult", "Hands", "OnScreen", "Queued", "Revealed",
    "answered_in", "answered_words", "asked_of", "by_state", "collapsed", "console_of",
    "hands_for", "last_revealed_in", "last_snapshot", "open_rounds_for",
    "people_who_may_answer", "plan_of", "queue_of", "revealed_in", "rounds_visible_to",
    "screen_of", "statements_visible_to", "tallies_of", "tests_visible_to",
]  # fmt: skip
