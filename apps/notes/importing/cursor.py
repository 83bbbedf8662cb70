"""JSON from strangers, looked at without building it: only small parts are ever decoded.

A file of twenty megabytes can be millions of empty lists, each of which takes more memory than it
takes characters. So strings and brackets are counted, and what is wanted is cut out.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from apps.core.files.limits import Unreadable
from apps.notes.importing.limits import PACKED

DAMAGED = "This file is damaged: it isn’t the JSON that it seems to be. Export it once more."
# A string, a bracket, or what parts values; everything else is skipped over. Never goes back, so
# that a string without an end is met once.
TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|["\[\]{},:]', re.DOTALL)
KEY_LIMIT = 300
# More than the longest history of a pad has.
MOST_TOKENS = 2_000_000
SPACE = " \t\r\n"


def value_within(text: str, start: int, end: int, most: int) -> Any:
    """Decode the value from `start` to `end`. Raises `Unreadable`, also if it is over `most`."""
    if end - start > most:
        raise Unreadable(DAMAGED)
    try:
        return json.loads(text[start:end])
    except (ValueError, RecursionError) as error:
        raise Unreadable(DAMAGED) from error


def members(text: str, start: int = 0) -> Iterator[tuple[str, int, int]]:
    """Yield (key, start, end) for each member of the object at `start`. Raises `Unreadable`."""
    for begin, end in _parts(text, start, "{"):
        colon = TOKEN.match(text, _skipped(text, begin))
        if colon is None or len(colon[0]) < len('""'):
            raise Unreadable(DAMAGED)
        key = value_within(text, colon.start(), colon.end(), KEY_LIMIT)
        after = _skipped(text, colon.end())
        if text[after : after + 1] != ":":
            raise Unreadable(DAMAGED)
        yield str(key), after + 1, end


def elements(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield (start, end) for each element of the list at `start`. Raises `Unreadable`."""
    yield from _parts(text, start, "[")


def _parts(text: str, start: int, opening: str) -> Iterator[tuple[int, int]]:
    """Yield where the parts of the object or list at `start` begin and end."""
    start = _skipped(text, start)
    if text[start : start + 1] != opening:
        raise Unreadable(DAMAGED)
    depth, begin = 0, start + 1
    for number, token in enumerate(TOKEN.finditer(text, start)):
        if number > MOST_TOKENS:
            raise Unreadable(PACKED.too_much)
        sign = token[0]
        if sign in "[{":
            depth += 1
        elif sign in "]}":
            depth -= 1
            if depth == 0:
                if text[begin : token.start()].strip(SPACE):
                    yield begin, token.start()
                return
        elif sign == '"':
            break
        elif sign == "," and depth == 1:
            yield begin, token.start()
            begin = token.end()
    raise Unreadable(DAMAGED)


def _skipped(text: str, start: int) -> int:
    while text[start : start + 1] in {" ", "\t", "\r", "\n"}:
        start += 1
    return start
