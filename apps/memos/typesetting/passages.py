"""Running text: paragraphs, lists and quotes, made of runs: plain, strong, stressed or linked."""

import re
from typing import Any
from urllib.parse import quote

from apps.core.typesetting import Unprintable
from apps.core.typesetting.characters import Characters

Sheet = dict[str, Any]


def rich(content: list[dict[str, Any]], characters: Characters) -> list[Sheet]:
    """The pieces that have words in them. Raises `Unprintable` for a kind it doesn't know."""
    pieces: list[Sheet] = []
    for piece in content:
        if piece["kind"] in {"paragraph", "quote"}:
            if runs := _runs(piece["runs"], characters):
                pieces.append({"kind": piece["kind"], "runs": runs})
        elif piece["kind"] == "list":
            items = [runs for item in piece["items"] if (runs := _runs(item, characters))]
            if items:
                pieces.append({"kind": "list", "ordered": piece["ordered"], "items": items})
        else:
            kind = characters.line(str(piece["kind"]))
            raise Unprintable(f"The memo holds text of an unknown kind: “{kind}”.")
    return pieces


def _runs(runs: list[dict[str, Any]], characters: Characters) -> list[Sheet]:
    arranged: list[Sheet] = [
        {
            "text": characters.text(run["text"]),
            "strong": bool(run.get("strong")),
            "emphasis": bool(run.get("emphasis")),
            "link": _address(run.get("link", "")),
        }
        for run in runs
    ]
    return arranged if any(run["text"].strip() for run in arranged) else []


def _address(link: str) -> str:
    """A link that may stand in a file sent around: to the web or to a mailbox, or none."""
    if not re.fullmatch(r"(?i)(https?://|mailto:)\S+", link):
        return ""
    return quote(link.encode(errors="ignore"), safe="%/:?#[]@!$&'()*+,;=~")
