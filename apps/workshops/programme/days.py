"""Days, in the ways that programmes write them above what happens on them."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {
    1: "january|jan|januar|jänner|janvier|janv",
    2: "february|feb|februar|février|fevrier|févr|fév",
    3: "march|mar|märz|maerz|mär|mars",
    4: "april|apr|avril|avr",
    5: "may|mai",
    6: "june|jun|juni|juin",
    7: "july|jul|juli|juillet|juil",
    8: "august|aug|août|aout",
    9: "september|sept|sep|septembre",
    10: "october|oct|oktober|okt|octobre",
    11: "november|nov|novembre",
    12: "december|dec|dezember|dez|décembre|decembre|déc",
}
WEEKDAYS = [
    "monday|mon|montag|mo|lundi|lun",
    "tuesday|tues|tue|dienstag|di|mardi|mar",
    "wednesday|wed|mittwoch|mi|mercredi|mer",
    "thursday|thurs|thur|thu|donnerstag|do|jeudi|jeu",
    "friday|fri|freitag|fr|vendredi|ven",
    "saturday|sat|samstag|sonnabend|sa|samedi|sam",
    "sunday|sun|sonntag|so|dimanche|dim",
]
MOST_DAYS = 31
SEPARATORS = " \t:,–—-|"
CENTURY = 2000


def _longest_first(alternatives: list[str]) -> str:
    words = "|".join(alternatives).split("|")
    return "|".join(sorted(set(words), key=len, reverse=True))


_MONTH = rf"(?P<month{{n}}>{_longest_first(list(MONTHS.values()))})\b\.?"
_WEEKDAY = rf"(?P<weekday>{_longest_first(WEEKDAYS)})\b\.?"
_NUMBER = r"(?:(?:day|tag|jour|journée)\s+(?P<n1>\d{1,2})\b|(?P<n2>\d{1,2})\.\s?tag\b)"
_YEAR = r"(?:,?\s*(?P<year{n}>\d{{4}})\b)?"
_DATE = rf"""
(?:
  (?P<iso>\d{{4}}-\d{{2}}-\d{{2}})\b
| (?P<day1>\d{{1,2}})(?P<sep>[./])\s?(?P<num>\d{{1,2}})
    (?:(?P=sep)(?P<year1>\s?\d{{4}}\b|\d{{2}}\b(?!\s?[:h])))?(?P<dot>\.)?
| (?P<day2>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s*(?:of\s+)?{_MONTH.format(n=2)}{_YEAR.format(n=2)}
| {_MONTH.format(n=3)}\s+(?P<day3>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s?[:.h]\d){_YEAR.format(n=3)}
)
"""
_GAP = r"[\s:,–—-]*"
FLAGS = re.IGNORECASE | re.VERBOSE
_DATED = re.compile(
    rf"""^(?:{_NUMBER})?{_GAP}[(]?(?:{_WEEKDAY})?{_GAP}(?:(?:the|den|am|le|on)\s+)?{_DATE}[)]?
    (?P<rest>.*)$""",
    FLAGS,
)
_COUNTED = re.compile(
    rf"^{_NUMBER}(?:{_GAP}[(]?{_WEEKDAY}[)]?(?![\w-]))?(?P<rest>(?:[\s:,–—|-].*)?)$", FLAGS
)
# "Friday prayers" and "Montagsrunde" name no day; "Friday: what we know" does.
_NAMED = re.compile(rf"^{_WEEKDAY}(?P<rest>(?:\s*[:,–—|-].*)?)$", FLAGS)


@dataclass(frozen=True)
class DayFound:
    """A day, and what else its line says."""

    day: date
    rest: str


def read_day(text: str, *, first: date, last: date) -> DayFound | None:
    """Return the day that the line `text` begins with; None if it names none.

    A workshop from `first` to `last` says which year is meant, which of 05/06 is the month, and
    which Tuesday, or second day.
    """
    found: date | None = None
    if match := _DATED.match(text):
        found = _dated(match, first, last)
    elif match := _COUNTED.match(text):
        found = _counted(int(match["n1"] or match["n2"]), first)
    elif match := _NAMED.match(text):
        found = _next(match["weekday"], first, last)
    return DayFound(found, match["rest"].strip(SEPARATORS)) if match and found else None


def _dated(match: re.Match[str], first: date, last: date) -> date | None:
    if match["iso"]:
        return _date(*(int(part) for part in match["iso"].split("-")))
    if match["day1"]:
        return _numeric(match, first, last)
    for n in ("2", "3"):
        if match[f"day{n}"]:
            month = _place(match[f"month{n}"], list(MONTHS.values())) + 1
            return _in_year(match[f"year{n}"], month, int(match[f"day{n}"]), first, last)
    return None


def _numeric(match: re.Match[str], first: date, last: date) -> date | None:
    """Return 13.05., 13/05 or 05/13, but leave "13.05 Coffee" to the clock."""
    one, two, year = int(match["day1"]), int(match["num"]), match["year1"]
    orders = [(two, one)] if match["sep"] == "." else [(two, one), (one, two)]
    found = [d for month, day in orders if (d := _in_year(year, month, day, first, last))]
    best = next((d for d in found if first <= d <= last), found[0] if found else None)
    told = year or match["dot"] or match["sep"] == "/" or match["weekday"] or match["n1"]
    return best if best and (told or (first <= best <= last and not match["rest"])) else None


def _in_year(year: str | None, month: int, day: int, first: date, last: date) -> date | None:
    if year:
        return _date(int(year) if int(year) > MOST_DAYS * 12 else CENTURY + int(year), month, day)
    candidates = [_date(y, month, day) for y in (first.year, last.year)]
    return next((d for d in candidates if d and first <= d <= last), candidates[0])


def _counted(number: int, first: date) -> date | None:
    return first + timedelta(days=number - 1) if 1 <= number <= MOST_DAYS else None


def _next(word: str, first: date, last: date) -> date | None:
    weekday = _place(word, WEEKDAYS)
    day = first + timedelta(days=(weekday - first.weekday()) % 7)
    return day if day <= last else None


def _place(word: str, alternatives: list[str]) -> int:
    return next(n for n, each in enumerate(alternatives) if word.lower() in each.split("|"))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
