"""The signs at the start of a line, and lines that are one thing as a whole."""

import re

from apps.notes.grammar.parsed import Parsed
from apps.notes.grammar.words import SPACE, WORD, is_letter, trimmed
from apps.notes.models import Mark

CORRECTION = re.compile(r"s/((?:\\[^\n]|[^/\\\n])+)/((?:\\[^\n]|[^/\\\n])*)/")
ESCAPED = re.compile(r'\\(?=[?!+\-…/"“„«]|\.\.\.|s/|(?:rq|eg) )')
DOTS = re.compile(f"(?:…|\\.\\.\\.(?!\\.))[{SPACE}]*(?=[^{SPACE}])")
MARKED = re.compile(f"([?!])[{SPACE}]*(?=[^{SPACE}\n?!.,;:=…)])")
SPELLED = re.compile(f"(rq|Rq|RQ|eg|Eg)[{SPACE}]+(?=[^{SPACE}\n])")
ABOUT = re.compile(f"([+-])(?:[{SPACE}]+|\\Z)")

MARKS = {
    "?": Mark.QUESTION, "!": Mark.TAKEAWAY, "+": Mark.AGREE, "-": Mark.DISAGREE,
    "rq": Mark.RESEARCH_QUESTION, "eg": Mark.EXAMPLE,
}  # fmt: skip
QUOTES = {'"': '"', "“": "”", "„": "“”", "«": "»", "»": "«", "「": "」", "『": "』"}
LONGEST_TERM, MOST_WORDS_OF_TERM = 60, 6


def without_signs(line: str, parsed: Parsed) -> tuple[str, bool]:
    """Return `line` without the signs at its start, and whether it is meant as it stands."""
    if escaped := ESCAPED.match(line):
        return line[escaped.end() :], True
    if dots := DOTS.match(line):
        parsed.continues, line = True, line[dots.end() :]
    sign = MARKED.match(line) or SPELLED.match(line)
    if sign is None:
        sign = ABOUT.match(line)
        if sign is None or _is_list(line, sign[1]):
            return line, False
        parsed.about = "before"
    parsed.mark = MARKS[sign[1].lower()].value
    return line[sign.end() :], False


def mark_as_a_whole(parsed: Parsed) -> None:
    """Mark a text that is one quotation, or a definition."""
    text = parsed.text
    closing = QUOTES.get(text[:1], "")
    said = text[:-1] if text[-1:] in {".", ","} else text
    inner = said[1:-1]
    if closing and said[-1] in closing and trimmed(inner):
        if not any(quote in inner for quote in text[0] + closing):
            parsed.mark = Mark.QUOTE.value
        return
    left, _, right = text.partition("=")
    term = trimmed(left)
    if left != term and right[:1] in SPACE and trimmed(right) and _is_term(term):
        parsed.mark, parsed.term = Mark.DEFINITION.value, term


def _is_list(text: str, bullet: str) -> bool:
    """Say whether a line after the first begins with the same sign."""
    starts = (ABOUT.match(trimmed(each)) for each in text.split("\n")[1:])
    return any(start is not None and start[1] == bullet for start in starts)


def _is_term(text: str) -> bool:
    few = len(text) <= LONGEST_TERM and len(WORD.findall(text)) <= MOST_WORDS_OF_TERM
    return few and not set(text) & set("\n+*/<>^()") and any(map(is_letter, text))
