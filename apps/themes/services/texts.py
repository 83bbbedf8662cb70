"""How long texts may be, and whether they may be empty."""

from apps.core.exceptions import RuleViolation
from apps.core.texts import cleaned


def checked(text: str, *, field: str, limit: int, empty: str = "") -> str:
    """Return `text` cleaned. Raises `RuleViolation` when it is longer than `limit`, or empty and
    `empty` says why that won't do.
    """
    text = cleaned(text)
    if not text and empty:
        raise RuleViolation(empty, fields={field: empty})
    if len(text) > limit:
        sentence = f"This holds at most {limit:,} characters; there are {len(text):,}."
        raise RuleViolation(sentence, fields={field: sentence})
    return text
