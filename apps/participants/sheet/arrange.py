"""From what a sheet says to what its template sets. Loaded by the process that sets it."""

import datetime as dt
from pathlib import Path
from typing import Any

from apps.core.typesetting.characters import Characters

TEMPLATE = [Path(__file__).parent / "sheet.typ"]
TEXTS = ("join", "alt", "scan", "type", "need", "title", "facts", "code", "address")


def arranged(content: dict[str, Any], characters: Characters) -> tuple[dict[str, Any], int]:
    """The data of the template, and the moment that the file bears."""
    day = dt.date.fromisoformat(content["day"])
    sheet = {
        **{name: characters.line(content[name]) for name in TEXTS},
        "language": content["language"],
        "modules": content["modules"],
        "lines": [list(map(characters.line, line)) for line in content["lines"]],
    }
    return sheet, int(dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC).timestamp())
