"""A memo's content as its page shows it: with the addresses that paper has no use for."""

from typing import Any

from django.urls import reverse

from apps.memos.typesetting.content import MemoContent, ResearchQuestion, Result
from apps.statements.measures.counts import Counts
from apps.statements.picture import picture_of
from apps.workshops.models import Workshop

# The shapes of what answers say of a finding, as on its card.
SHAPES = {
    "supported": "ok",
    "partly": "observation",
    "contradicted": "warn",
    "untested": "waiting",
}


def shown(content: MemoContent, workshop: Workshop, *, traced: bool) -> dict[str, Any]:
    """Return `content` with what its page adds.

    If `traced`, each finding knows the address of its evidence on its theme's page, which its
    reader must be able to see, and each statement its own; else the numbers of notes lead to the
    annex, if it is printed.
    """
    record = any(block["type"] == "notes" for block in content["blocks"])
    blocks: list[dict[str, Any]] = []
    for block in content["blocks"]:
        if block["type"] == "research":
            blocks.append({**block, "items": [_question(item) for item in block["items"]]})
            continue
        if block["type"] == "results":
            items = [_result(item, workshop if traced else None) for item in block["items"]]
            blocks.append({**block, "items": items})
            continue
        if block["type"] != "theme":
            blocks.append({**block})
            continue
        url = ""
        if traced:
            url = reverse("themes:detail", args=[workshop.slug, block["id"].removeprefix("theme-")])
        findings = [
            {
                **finding,
                "style": finding["kind"].replace("_", "-"),
                "shape": SHAPES.get(finding.get("answers", {}).get("outcome", ""), "plain"),
                "url": f"{url}#{finding['id']}" if url else "",
            }
            for finding in block["findings"]
        ]
        blocks.append({**block, "findings": findings})
    return {**content, "blocks": blocks, "record": record}


def _question(item: ResearchQuestion) -> dict[str, Any]:
    """Return a research question with its examples apart: they aren't parts to be counted."""
    return {
        **item,
        "parts": [part["text"] for part in item["parts"] if not part["example"]],
        "examples": [part["text"] for part in item["parts"] if part["example"]],
    }


def _result(item: Result, workshop: Workshop | None) -> dict[str, Any]:
    """Return a statement with its picture; with its address where its page is in `workshop`."""
    picture = picture_of(
        {
            row["label"]: Counts(row["agree"], row["disagree"], row["unsure"])
            for row in item["rows"]
        },
        members=item["members"],
        name=f"answers-{item['number']}",
    )
    url = ""
    if workshop:
        url = reverse(
            "statements:detail", args=[workshop.slug, item["id"].removeprefix("statement-")]
        )
    return {**item, "picture": picture, "url": url}
