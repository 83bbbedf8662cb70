"""What follows from the order of a memo's blocks: which headings stay, how deep, on which page."""

from typing import Any

Sheet = dict[str, Any]


def in_order(blocks: list[Sheet]) -> list[Sheet]:
    """The blocks with their headings put right. Changes them in place."""
    return _on_new_pages(_clamped(_without_empty(blocks)))


def _without_empty(blocks: list[Sheet]) -> list[Sheet]:
    """Without the headings that have nothing under them."""
    kept: list[Sheet] = []
    for block in reversed(blocks):
        follower = kept[-1] if kept else None
        closes = follower is None or follower.get("level", 99) <= block.get("level", 0)
        if not (block["type"] == "heading" and closes):
            kept.append(block)
    return kept[::-1]


def _clamped(blocks: list[Sheet]) -> list[Sheet]:
    """With no level of heading skipped, which PDF/UA forbids: 1, 3 becomes 1, 2."""
    depth = 0
    for block in blocks:
        if "level" in block:
            depth = block["level"] = max(1, min(block["level"], depth + 1))
        elif block["type"] == "notes":
            block["level_below"] = depth + 1
    return blocks


def _on_new_pages(blocks: list[Sheet]) -> list[Sheet]:
    """With the heading of each annex of notes marked to begin a page."""
    for index, block in enumerate(blocks):
        if block["type"] == "notes":
            before = index - 1
            while before >= 0 and blocks[before]["type"] == "prose":
                before -= 1
            if before >= 0 and blocks[before]["type"] == "heading":
                blocks[before]["new_page"] = True
    return blocks
