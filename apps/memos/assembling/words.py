"""Small words: numbers, lists, days."""

import datetime as dt
from collections.abc import Sequence

from apps.memos.typesetting.content import Heading, Paragraph, Prose, Rich, RichList, Run

SMALL = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
)  # fmt: skip


def in_words(number: int) -> str:
    """Write small numbers as words: "three", "27"."""
    return SMALL[number] if number < len(SMALL) else str(number)


def counted(number: int, singular: str, plural: str = "") -> str:
    """Write "one note", "three notes", "124 notes"."""
    return f"{in_words(number)} {singular if number == 1 else plural or singular + 's'}"


def day(date: dt.date) -> str:
    """Write "13 May 2022"."""
    return f"{date.day} {date:%B %Y}"


def days(first: dt.date, last: dt.date) -> str:
    """Write "13 May 2022", "13–14 May 2022" or "30 April – 2 May 2022"."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    start = f"{first.day} {first:%B}" if first.year == last.year else day(first)
    return f"{start} – {day(last)}"


def led_by(title: str) -> str:
    """End `title` so that something can follow it: with a colon, or as it ends itself."""
    return title if title.endswith(("?", "!", ":", "…")) else f"{title}:"


def heading(id_: str, text: str, level: int = 1) -> Heading:
    """Make a heading."""
    return {"id": id_, "type": "heading", "level": level, "text": text}


def prose(id_: str, *content: Rich) -> Prose:
    """Make a block of prose."""
    return {"id": id_, "type": "prose", "content": list(content)}


def paragraph(text: str) -> Paragraph:
    """Make a plain paragraph."""
    return {"kind": "paragraph", "runs": [{"text": text}]}


def bullets(items: Sequence[list[Run]]) -> RichList:
    """Make a list with dots."""
    return {"kind": "list", "ordered": False, "items": list(items)}
