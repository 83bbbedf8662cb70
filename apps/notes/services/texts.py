"""What is written down, and why something is done: looked at before it is kept."""

from apps.core.exceptions import RuleViolation
from apps.core.texts import cleaned
from apps.notes.models import MAX_LENGTH

EMPTY = "A note needs some text."
TOO_LONG = f"A note holds at most {MAX_LENGTH:,} characters. Split it into several."
LONGEST_REASON = 500
LONG_REASON = f"Say it in at most {LONGEST_REASON} characters."


def checked_text(text: str) -> str:
    """Return `text` as it is kept. Raises `RuleViolation` for an empty or too long one."""
    text = cleaned(text)
    if not text:
        raise RuleViolation(EMPTY, fields={"text": EMPTY})
    if len(text) > MAX_LENGTH:
        raise RuleViolation(TOO_LONG, fields={"text": TOO_LONG})
    return text


def checked_reason(reason: str, *, missing: str) -> str:
    """Return `reason` as it stands in the history.

    Raises `RuleViolation` for a too long one, and for none, in the words of `missing`.
    """
    reason = cleaned(reason)
    if not reason or len(reason) > LONGEST_REASON:
        problem = LONG_REASON if reason else missing
        raise RuleViolation(problem, fields={"reason": problem})
    return reason
