"""What kind of thing a note says, by the words that exports and tables use for it."""

import re

# As `apps.notes.models.Mark` has them; known here so that readers need no database.
LONGEST_NOTE = 10_000
MARKS = {
    "remark": "Remark",
    "question": "Question",
    "quote": "Quote",
    "definition": "Definition",
    "example": "Example",
    "agree": "Agreement",
    "disagree": "Disagreement",
    "takeaway": "Takeaway",
    "research_question": "Research question",
}
BY_WORD = {word.lower(): mark for mark, label in MARKS.items() for word in (mark, label)}
MARKED = re.compile(rf"\*({'|'.join(MARKS.values())}):\*(?:\s+|$)")


def mark_of(word: str) -> str:
    """Return the mark that `word` names; that of a remark if it names none."""
    return BY_WORD.get(word.strip().lower(), "remark")


def unmarked(text: str) -> tuple[str, str]:
    """Return (mark, rest) of a text that begins with one, as exports write it."""
    found = MARKED.match(text)
    return (BY_WORD[found[1].lower()], text[found.end() :]) if found else ("", text)
