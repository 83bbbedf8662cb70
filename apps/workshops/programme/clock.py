"""Times of day, in the ways that programmes write them."""

import re
from dataclasses import dataclass
from datetime import time

from apps.workshops.programme.days import MONTHS

NOON = 12
MIDNIGHT = 24
# Before eight nobody meets: without "am", "Uhr" or a leading zero it is an hour of the afternoon.
LAST_OF_AFTERNOON = 7

_TIME = r"""
(?:
  (?P<noon{n}>(?:12\s)?(?:noon|midday|midi)\b)
| (?P<h{n}>\d{{1,2}}) (?: \s?{sep}\s?(?P<m{n}>[0-5]\d)(?!\d) )?
  (?: \s?(?P<x{n}>[ap]\.?\s?m\b\.?|uhr\b|hrs?\b|h\b|o['’]clock\b) )?
)
"""
_FIRST, _SECOND = (_TIME.format(n=n, sep="[:.h]") for n in (1, 2))
# Within a line "3.14" is rather a room.
_FIRST_WITHIN, _SECOND_WITHIN = (_TIME.format(n=n, sep="[:h]") for n in (1, 2))
_LEAD = r"(?:(?:from|de|dès|von|ab|um|at|à|ca\.|approx\.)\s+)?"
_TO = r"\s*(?:[-–—−‐‑→]|\bto\b|\buntil\b|\btill\b|\bbis\b|à\b|\ba\b|jusqu['’]à\b)\s*"
_UHR = r"(?:\s?uhr\b)?"
FLAGS = re.IGNORECASE | re.VERBOSE
_RANGE = re.compile(rf"{_LEAD}{_FIRST}{_TO}{_SECOND}{_UHR}(?!\d|:\d)", FLAGS)
_RANGE_WITHIN = re.compile(
    rf"(?<!\w){_LEAD}{_FIRST_WITHIN}{_TO}{_SECOND_WITHIN}{_UHR}(?!\d|:\d)", FLAGS
)
_SINGLE = re.compile(rf"{_LEAD}{_FIRST}(?!\d|:\d)", FLAGS)
_SINGLE_AT_END = re.compile(rf"(?:^|(?<=[\s(,])){_LEAD}{_FIRST_WITHIN}(?=[)]?$)", FLAGS)
_DIGITS = re.compile(r"^([01]\d|2[0-3])([0-5]\d)\s?[-–—]\s?([01]\d|2[0-3])([0-5]\d)\b")
_MINUTES = re.compile(r"[(\[]\s*(\d{1,3})\s*(?:min|mins|minutes|minuten|['’′])\.?\s*[)\]]", FLAGS)
_LIKE_A_TITLE = re.compile(r"^(?:$|[\s:]\s*[^\sa-z])")
_MONTH = re.compile(rf"(?:{'|'.join(MONTHS.values())})\b", re.IGNORECASE)
# What stands between a time and what happens then.
BETWEEN = " \t:|–—-.,;·•"


@dataclass(frozen=True)
class Span:
    """A start, perhaps an end, and the words beside them.

    `sure` says that both are of the 24-hour clock, or have their "am" and "pm".
    """

    start: time
    end: time | None
    sure: bool
    rest: str


@dataclass(frozen=True)
class _Hour:
    hour: int
    minute: int
    half: str
    bare: bool
    sure: bool

    def on(self, half: str) -> time | None:
        """Return the time of day, in the morning ("a"), the afternoon ("p"), or as it is ("")."""
        hour = self.hour
        if half and 1 <= hour <= NOON:
            hour = hour % NOON + (NOON if half == "p" else 0)
        if hour == MIDNIGHT and self.minute == 0:
            hour = 0
        return time(hour, self.minute) if hour < MIDNIGHT else None


def read_span(text: str) -> Span | None:
    """Return when the line `text` happens; None if it doesn't say."""
    text = _DIGITS.sub(r"\1:\2-\3:\4", text)
    for match, at_start in (
        (_RANGE.match(text), True),
        (_SINGLE.match(text), True),
        (_RANGE_WITHIN.search(text), False),
        (_SINGLE_AT_END.search(text), False),
    ):
        if match and (span := _span(match, text, at_start=at_start)):
            return span
    return None


def minutes_in(text: str) -> tuple[int | None, str]:
    """Return how many minutes `text` says in brackets, and the text without them."""
    match = _MINUTES.search(text)
    if match is None:
        return None, text
    return int(match[1]), f"{text[: match.start()].rstrip()} {text[match.end() :]}".strip()


def after(start: time, minutes: int) -> time:
    """Return the time so many minutes later."""
    total = start.hour * 60 + start.minute + minutes
    return time(total // 60 % MIDNIGHT, total % 60)


def in_the_afternoon(moment: time) -> time:
    """Return the same time by the other half of the clock's face."""
    return moment.replace(hour=moment.hour + NOON) if moment.hour < NOON else moment


def _span(match: re.Match[str], text: str, *, at_start: bool) -> Span | None:
    first, second = _hour(match, 1), _hour(match, 2)
    if first is None or (second is None and first.bare):
        return None
    ranged = second is not None
    if second is not None and first.bare and second.bare:
        # "9–10 Registration" is a time; "10–12 people" and "12–13 May" aren't.
        follows = text[match.end() :]
        if not at_start or not _LIKE_A_TITLE.match(follows) or _MONTH.match(follows.strip()):
            return None
    start, end = _both(first, second)
    if start is None or (ranged and end is None):
        return None
    before, behind = text[: match.start()], text[match.end() :]
    rest = _without(before, behind)
    sure = first.sure and (second is None or second.sure)
    return Span(start, end, sure or bool(first.half or (second and second.half)), rest)


def _without(before: str, behind: str) -> str:
    """Return the words on both sides of a time that was taken out, and of its brackets."""
    opened = before.rstrip()
    if opened.endswith(("(", "[")) and behind.lstrip().startswith((")", "]")):
        before, behind = opened[:-1], behind.lstrip()[1:]
    parts = (before.strip(BETWEEN), behind.lstrip(BETWEEN + ")]").rstrip())
    return " ".join(part for part in parts if part)


def _hour(match: re.Match[str], number: int) -> _Hour | None:
    found = match.groupdict()
    if found.get(f"noon{number}"):
        return _Hour(NOON, 0, "", bare=False, sure=True)
    if not found.get(f"h{number}"):
        return None
    hour, minute = found[f"h{number}"], found.get(f"m{number}")
    suffix = (found.get(f"x{number}") or "").lower()
    half = suffix[:1] if suffix[:1] in {"a", "p"} and int(hour) <= NOON else ""
    written = match[0].lower()
    return _Hour(
        int(hour),
        int(minute or 0),
        half,
        bare=minute is None and not suffix,
        sure=hour.startswith("0") or int(hour) > NOON or "uhr" in written or "h" in suffix
        or re.search(r"\dh", written) is not None,
    )  # fmt: skip


def _both(first: _Hour, second: _Hour | None) -> tuple[time | None, time | None]:
    """Return both times; the one without "am" or "pm" takes the half that fits the other."""
    if second is None:
        return first.on(first.half), None
    start, end = first.on(first.half), second.on(second.half)
    if start is None or end is None:
        return None, None
    if second.half and not first.half:
        halves = [t for t in (first.on("p"), first.on("a")) if t is not None and t < end]
        return (halves or [start])[0], end
    if first.half and not second.half:
        halves = [t for t in (second.on("a"), second.on("p")) if t is not None and t > start]
        return start, (halves or [end])[0]
    return start, end
