"""Small memos made in code, and ways to read the PDF that comes of them."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2

LOREM = "Some say one thing and others another, and both have reasons that deserve a page. "


def memo(*blocks: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A memo of these blocks."""
    return {
        "schema": "rapporteur/memo-1",
        "title": "Harbours and their keepers",
        "subtitle": "A workshop report",
        "authors": ["Ida Writer", "Otto Writer"],
        "date": "June 2026",
        "language": "en-GB",
        "draft": True,
        "version": "Draft 2",
        "notice": "This memo is an illustration.",
        "made_at": "2026-11-23T10:00:00Z",
        "organisation_line": "Host House · Partner Institute",
        "blocks": list(blocks),
        **changes,
    }


def heading(level: int, text: str) -> dict[str, Any]:
    return {"id": text, "type": "heading", "level": level, "text": text}


def prose(*texts: str) -> dict[str, Any]:
    paragraphs = [{"kind": "paragraph", "runs": [{"text": text}]} for text in texts]
    return {"id": "prose", "type": "prose", "content": paragraphs}


def theme(title: str, *findings: dict[str, Any], level: int = 2) -> dict[str, Any]:
    return {
        "id": title, "type": "theme", "level": level, "title": title, "summary": [],
        "findings": list(findings),
    }  # fmt: skip


def finding(sentence: str, *evidence: int, **changes: Any) -> dict[str, Any]:
    return {
        "id": sentence, "kind": "consensus", "kind_label": "Consensus", "sentence": sentence,
        "basis": "Sense of the room", "scope": "", "evidence": list(evidence), "against": [],
        "positions": [], **changes,
    }  # fmt: skip


def position(label: str, text: str, *evidence: int, **changes: Any) -> dict[str, Any]:
    return {
        "label": label, "text": text, "who": "Some pilots", "reasons_for": "",
        "reasons_against": "", "minority": False, "evidence": list(evidence), **changes,
    }  # fmt: skip


def notes(*texts: str) -> dict[str, Any]:
    numbered = [
        {"number": number, "text": text, "who": "a pilot", "mark": "", "cited": True}
        for number, text in enumerate(texts, start=1)
    ]
    session = {"title": "Opening panel", "detail": "09:30", "notes": numbered}
    return {"id": "notes", "type": "notes", "sessions": [session]}


def answers(*statements: int, **changes: Any) -> dict[str, Any]:
    return {
        "outcome": "contradicted", "label": "Contradicted",
        "sentence": "Written up as consensus, but 3 of 9 disagreed.",
        "statements": list(statements), **changes,
    }  # fmt: skip


def result(number: int, text: str, **changes: Any) -> dict[str, Any]:
    rows = [
        {"label": "", "agree": 5, "unsure": 1, "disagree": 3},
        {"label": "Lawyers", "agree": 4, "unsure": 0, "disagree": 1},
    ]
    return {
        "id": f"statement-{number}", "number": number, "text": text, "outcome": "divided",
        "tags": ["Groups opposed"], "sentence": "Divided. 5 agreed, 3 disagreed.", "members": 11,
        "rows": rows, "notes": ["One person changing their answer would do."], **changes,
    }  # fmt: skip


def results(*items: dict[str, Any]) -> dict[str, Any]:
    return {"id": "results", "type": "results", "items": list(items)}


def whole_memo() -> dict[str, Any]:
    """One block of every kind, and something in every field."""
    rich = [
        {
            "kind": "paragraph",
            "runs": [
                {"text": "Plain, "},
                {"text": "strong, ", "strong": True},
                {"text": "stressed and ", "emphasis": True},
                {"text": "linked.", "link": "https://example.org/where"},
            ],
        },
        {"kind": "list", "ordered": True, "items": [[{"text": "A first item"}]]},
        {"kind": "quote", "runs": [{"text": "A sentence somebody said."}]},
    ]
    divided = finding(
        "Views differed on dredging.", 2, kind="divergence", kind_label="Divergence",
        against=[4], scope="In winter", basis="Poll: 9 of 17",
        positions=[
            position("Dredge now", "The channel silts up.", 1, reasons_for="Ships grow."),
            position("Wait", "The survey is due.", 3, reasons_against="It is late.", minority=True),
        ],
    )  # fmt: skip
    return memo(
        heading(1, "Summary"),
        {"id": "p", "type": "prose", "content": rich},
        {"id": "f", "type": "facts", "rows": [{"label": "Where", "value": "The old pier"}]},
        {
            "id": "q", "type": "questions", "title": "Framing questions",
            "items": [{"text": "Who keeps a harbour?", "parts": ["Who pays?"]}],
        },
        heading(1, "What was found"),
        theme(
            "Tides",
            finding("Participants agreed that tides matter.", 1, 2, answers=answers(2)),
            divided,
        ),
        heading(1, "Terms"),
        {
            "id": "t", "type": "terms",
            "rows": [
                {
                    "term": "Keeper", "status": "Contested",
                    "senses": [
                        {"text": "Who owns it", "holders": "Lawyers"},
                        {"text": "Who mends it", "holders": "Pilots"},
                    ],
                }
            ],
        },
        heading(1, "What comes next"),
        {
            "id": "r", "type": "research",
            "items": [
                {
                    "text": "How fast does it silt?", "origin": "From Tides",
                    "parts": [
                        {"text": "And in spring?", "example": False},
                        {"text": "After a storm?", "example": True},
                    ],
                }
            ],
        },
        {
            "id": "o", "type": "outcomes",
            "items": [
                {
                    "text": "Survey twice a year.", "label": "Recommendation",
                    "rests_on": "Rests on Tides", "addressee": "Port office",
                }
            ],
        },
        {"id": "n", "type": "people", "rows": [{"name": "Ada Pilot", "detail": "Pier 4"}]},
        {
            "id": "c", "type": "comments",
            "items": [
                {"on": "Dredging", "who": "a lawyer", "text": "Too kind.", "state": "Open",
                 "answer": "Reworded."},
            ],
        },
        heading(1, "What was answered"),
        results(result(1, "Pilots are overworked."), result(2, "Tides matter.", tags=[])),
        heading(1, "Annex"),
        notes("Silt is patient.", "Tides keep time.", "Surveys cost.", "Nobody dredges alone."),
    )  # fmt: skip


def text_of(pdf: bytes) -> str:
    """All text, page by page, with words that were hyphenated joined and spaces made one."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [document[index].get_textpage().get_text_range() for index in range(len(document))]
    document.close()
    return re.sub(r"[\s\xa0]+", " ", re.sub("[\xad\ufffe\x02\u200b\u2060]", "", " ".join(pages)))


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200a]", "", text)


def strings(content: Any) -> Iterator[str]:
    """Every string of a content that is meant to be read."""
    unread = {"id", "type", "kind", "schema", "language", "made_at", "link", "outcome"}
    if isinstance(content, dict):
        for key, value in content.items():
            if key not in unread:
                yield from strings(value)
    elif isinstance(content, list):
        for value in content:
            yield from strings(value)
    elif isinstance(content, str):
        yield content


def elements(node: Any) -> Iterator[pikepdf.Dictionary]:
    """The elements of a structure tree in reading order."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node.K)


def tags(document: pikepdf.Pdf) -> list[str]:
    return [str(element.S)[1:] for element in elements(document.Root.StructTreeRoot.K)]


def opened_tags(pdf: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return tags(document)
