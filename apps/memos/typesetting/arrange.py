"""From a memo's content to what the template sets: printable, in order, every link resolved.

The template decides how things look; everything that has to be found out is found out here:
which characters can be printed, which blocks are empty, how deep a heading may be, which notes
a finding links to and which findings a note links back to.
"""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from apps.core.typesetting import Unprintable
from apps.core.typesetting.characters import Characters
from apps.memos.typesetting.order import in_order
from apps.memos.typesetting.passages import rich
from apps.memos.typesetting.results import answers, result

Sheet = dict[str, Any]

SCHEMA = "rapporteur/memo-1"
TEMPLATE = [Path(__file__).parent / f"{part}.typ" for part in ("look", "answers", "blocks", "memo")]
RUNNING_LENGTH = 72
"""Characters of a title that the head of a page has room for."""


def arranged(content: dict[str, Any], characters: Characters) -> tuple[Sheet, int]:
    """The data of the template, and the moment that the file bears. Raises `Unprintable`."""
    return arrange(content, characters), made_at(content)


def arrange(content: dict[str, Any], characters: Characters) -> Sheet:
    """The data of the template for this content. Raises `Unprintable`."""
    if content["schema"] != SCHEMA:
        raise Unprintable(f"The memo is in a form that can’t be typeset: {content['schema']!r}.")
    line = characters.line
    title = line(content["title"]) or "Untitled"
    organisations = line(content["organisation_line"])
    language, region = _language(content["language"])
    return {
        "title": title,
        "running_title": _shortened(title),
        "subtitle": line(content["subtitle"]),
        "authors": _lines(content["authors"], characters),
        "date": line(content["date"]),
        "language": language,
        "region": region,
        "draft": bool(content["draft"]),
        "version": line(content["version"]),
        "notice": characters.text(content["notice"]).strip(),
        "organisation_line": organisations,
        "running_organisations": _shortened(organisations),
        "blocks": _Arranger(characters).blocks(content["blocks"]),
    }


def made_at(content: dict[str, Any]) -> int:
    """The moment the content was frozen, in seconds: the only time a file of it may hold."""
    try:
        moment = dt.datetime.fromisoformat(content["made_at"])
    except ValueError:
        raise Unprintable("The memo doesn’t say when it was made.") from None
    return int(moment.replace(tzinfo=moment.tzinfo or dt.UTC).timestamp())


class _Arranger:
    def __init__(self, characters: Characters) -> None:
        self.characters = characters
        self.line = characters.line
        self.notes: set[int] = set()
        self.statements: set[int] = set()
        self.printed: set[int] = set()
        self.cited_by: dict[int, list[int]] = {}
        self.findings = 0
        self.kinds: dict[str, Callable[[dict[str, Any]], Sheet | None]] = {
            "heading": self._heading,
            "prose": self._prose,
            "facts": self._facts,
            "questions": self._questions,
            "theme": self._theme,
            "terms": self._terms,
            "research": self._research,
            "outcomes": self._outcomes,
            "results": self._results,
            "people": self._people,
            "notes": self._notes,
            "comments": self._comments,
        }

    def blocks(self, blocks: list[dict[str, Any]]) -> list[Sheet]:
        for block in blocks:
            if block["type"] not in self.kinds:
                kind = self.line(str(block["type"]))
                raise Unprintable(f"The memo holds a block of an unknown type: “{kind}”.")
        self.notes = {
            note["number"]
            for block in blocks
            if block["type"] == "notes"
            for session in block["sessions"]
            for note in session["notes"]
        }
        self.statements = {
            item["number"]
            for block in blocks
            if block["type"] == "results"
            for item in block["items"]
        }
        # Notes come last: they link back to findings, which have to be known by then.
        arranged: dict[int, Sheet] = {}
        for index in sorted(range(len(blocks)), key=lambda i: blocks[i]["type"] == "notes"):
            sheet = self.kinds[blocks[index]["type"]](blocks[index])
            if sheet is not None:
                arranged[index] = {"type": blocks[index]["type"], **sheet}
        return in_order([arranged[index] for index in sorted(arranged)])

    def _heading(self, block: dict[str, Any]) -> Sheet | None:
        text = self.line(block["text"])
        return {"level": block["level"], "text": text, "new_page": False} if text else None

    def _prose(self, block: dict[str, Any]) -> Sheet | None:
        content = rich(block["content"], self.characters)
        return {"content": content} if content else None

    def _facts(self, block: dict[str, Any]) -> Sheet | None:
        rows = [
            {"label": self.line(row["label"]), "value": value}
            for row in block["rows"]
            if (value := self._text(row["value"]))
        ]
        return {"rows": rows} if rows else None

    def _questions(self, block: dict[str, Any]) -> Sheet | None:
        items = [
            {"text": text, "parts": self._texts(item["parts"])}
            for item in block["items"]
            if (text := self._text(item["text"]))
        ]
        return {"title": self.line(block["title"]), "items": items} if items else None

    def _theme(self, block: dict[str, Any]) -> Sheet | None:
        summary = rich(block["summary"], self.characters)
        findings = [self._finding(finding) for finding in block["findings"]]
        if not summary and not findings:
            return None
        title = self.line(block["title"]) or "Untitled"
        return {"level": block["level"], "text": title, "summary": summary, "findings": findings}

    def _finding(self, finding: dict[str, Any]) -> Sheet:
        self.findings += 1
        label, basis = self.line(finding["kind_label"]), self.line(finding["basis"])
        return {
            "anchor": self.findings,
            "kind": finding["kind"].replace("-", "_").replace(" ", "_"),
            "kind_label": label,
            "sentence": self._text(finding["sentence"]),
            "basis": basis if basis.casefold() != label.casefold() else "",
            "scope": self.line(finding["scope"]),
            "answers": answers(finding.get("answers"), self.statements, self.characters),
            "evidence": self._evidence(finding["evidence"]),
            "against": self._evidence(finding["against"]),
            "positions": [
                {
                    "label": self.line(position["label"]),
                    "text": self._text(position["text"]),
                    "who": self.line(position["who"]),
                    "reasons_for": self._text(position["reasons_for"]),
                    "reasons_against": self._text(position["reasons_against"]),
                    "minority": bool(position["minority"]),
                    "evidence": self._evidence(position["evidence"]),
                    "against": self._evidence(position.get("against", [])),
                }
                for position in finding["positions"]
            ],
        }

    def _results(self, block: dict[str, Any]) -> Sheet | None:
        items = [result(item, self.characters) for item in block["items"]]
        return {"items": items} if items else None

    def _evidence(self, numbers: list[int]) -> list[Sheet]:
        """Each note once, as a link only if the memo prints the note."""
        evidence = []
        for number in dict.fromkeys(numbers):
            evidence.append({"number": number, "linked": number in self.notes})
            citing = self.cited_by.setdefault(number, [])
            if self.findings not in citing:
                citing.append(self.findings)
        return evidence

    def _terms(self, block: dict[str, Any]) -> Sheet | None:
        rows = [
            {
                "term": self.line(row["term"]),
                "status": self.line(row["status"]),
                "senses": [
                    {"text": self._text(sense["text"]), "holders": self.line(sense["holders"])}
                    for sense in row["senses"]
                ],
            }
            for row in block["rows"]
            if row["senses"]
        ]
        return {"rows": rows} if rows else None

    def _research(self, block: dict[str, Any]) -> Sheet | None:
        items = [
            {
                "text": text,
                "parts": [
                    {"text": part_text, "example": bool(part["example"])}
                    for part in item["parts"]
                    if (part_text := self._text(part["text"]))
                ],
                "origin": self.line(item["origin"]),
            }
            for item in block["items"]
            if (text := self._text(item["text"]))
        ]
        return {"items": items} if items else None

    def _outcomes(self, block: dict[str, Any]) -> Sheet | None:
        items = [
            {
                "text": text,
                "label": self.line(item["label"]),
                "rests_on": self.line(item["rests_on"]),
                "addressee": self.line(item["addressee"]),
            }
            for item in block["items"]
            if (text := self._text(item["text"]))
        ]
        return {"items": items} if items else None

    def _people(self, block: dict[str, Any]) -> Sheet | None:
        rows = [
            {"name": name, "detail": self.line(row["detail"])}
            for row in block["rows"]
            if (name := self.line(row["name"]))
        ]
        return {"rows": rows} if rows else None

    def _notes(self, block: dict[str, Any]) -> Sheet | None:
        sessions = [
            {
                "title": self.line(session["title"]),
                "detail": self.line(session["detail"]),
                "notes": [self._note(note) for note in session["notes"]],
            }
            for session in block["sessions"]
            if session["notes"]
        ]
        return {"sessions": sessions} if sessions else None

    def _note(self, note: dict[str, Any]) -> Sheet:
        first = note["number"] not in self.printed
        self.printed.add(note["number"])
        return {
            "number": note["number"],
            "anchored": first,
            "text": self._text(note["text"]),
            "who": self.line(note["who"]),
            "mark": self.line(note["mark"]),
            "cited_by": self.cited_by.get(note["number"], []),
        }

    def _comments(self, block: dict[str, Any]) -> Sheet | None:
        items = [
            {
                "on": self.line(item["on"]),
                "who": self.line(item["who"]),
                "text": self._text(item["text"]),
                "state": self.line(item["state"]),
                "answer": self._text(item["answer"]),
            }
            for item in block["items"]
        ]
        return {"items": items} if items else None

    def _text(self, text: str) -> str:
        return self.characters.text(text).strip()

    def _texts(self, texts: list[str]) -> list[str]:
        return [printable for text in texts if (printable := self._text(text))]


def _language(tag: str) -> tuple[str, str | None]:
    match = re.fullmatch(r"([A-Za-z]{2,3})(?:[-_][A-Za-z]{4})?(?:[-_]([A-Za-z]{2}))?", tag)
    return (match[1].lower(), match[2].upper() if match[2] else None) if match else ("en", None)


def _shortened(title: str) -> str:
    if len(title) <= RUNNING_LENGTH:
        return title
    return title[:RUNNING_LENGTH].rsplit(" ", 1)[0].rstrip(" ,;:.–—") + "…"


def _lines(texts: list[str], characters: Characters) -> list[str]:
    return [printable for text in texts if (printable := characters.line(text))]
