"""JSON that a stranger wrote: bounded, and with nothing in it that means two things."""

import json
from typing import Any

from apps.core.documents.places import Problem, Refused

DEEPEST = 20
MOST_VALUES = 400_000


def parsed(data: bytes, *, largest: int) -> Any:
    """Return what `data` says. Raises `Refused` for what is too big, no JSON, or can't be kept."""
    if len(data) > largest:
        raise Refused(
            [Problem("", f"is larger than {largest // 1024:,} KiB, the most taken here.")]
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = f"The character at byte {error.start + 1} isn’t UTF-8."
        raise Refused([Problem("", f"can’t be read: {place}")]) from None
    try:
        found = json.loads(text, object_pairs_hook=_object, parse_constant=_no_number)
    except RecursionError:
        raise Refused([Problem("", "is nested too deeply.")]) from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise Refused([Problem("", f"can’t be read as JSON: {error.msg} ({place}).")]) from None
    except ValueError as error:
        raise Refused([Problem("", f"can’t be read as JSON: {error}")]) from None
    screen(found)
    return found


def screen(found: Any) -> None:
    """Raise `Refused` for what no database keeps, and for what is nested or long beyond reason."""
    waiting: list[tuple[str, Any, int]] = [("", found, 0)]
    count = 0
    while waiting:
        path, value, depth = waiting.pop()
        count += 1
        if depth > DEEPEST or count > MOST_VALUES:
            much = "is nested too deeply." if depth > DEEPEST else "holds too many values."
            raise Refused([Problem(path if depth > DEEPEST else "", much)])
        if isinstance(value, str):
            _check_text(path, value)
        elif isinstance(value, dict):
            for name, each in value.items():
                _check_text(path, name)
                waiting.append((f"{path}.{name}" if path else name, each, depth + 1))
        elif isinstance(value, list):
            waiting += [(f"{path}[{n}]", each, depth + 1) for n, each in enumerate(value)]


def _check_text(path: str, text: str) -> None:
    if "\x00" in text:
        raise Refused([Problem(path, "holds a character that can’t be stored (U+0000).")])
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Refused([Problem(path, "holds half a character (a lone surrogate).")]) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"an object holds “{name[:80]}” twice.")
        found[name] = value
    return found


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number.")
