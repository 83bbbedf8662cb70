"""How a memo's content is laid out on pages, and which parts of it are left out."""

import copy
import io
import json
from typing import Any

import pikepdf
import pypdfium2
import pytest

from apps.core.typesetting import TypesettingFailed
from apps.core.typesetting.characters import Characters
from apps.core.typesetting.child import _answer
from apps.memos.typesetting import MEMO, typeset
from apps.memos.typesetting.arrange import arrange
from tests.memos.typesetting_memos import (
    LOREM,
    finding,
    heading,
    memo,
    notes,
    opened_tags,
    prose,
    squeezed,
    text_of,
    theme,
)

CENTIMETRE = 72 / 2.54
HIGHEST = 26.5 * CENTIMETRE
EMPTY: list[dict[str, Any]] = [
    {"type": "prose", "content": []},
    {"type": "prose", "content": [{"kind": "paragraph", "runs": [{"text": " \n"}]}]},
    {"type": "prose", "content": [{"kind": "list", "ordered": True, "items": []}]},
    {"type": "facts", "rows": []},
    {"type": "facts", "rows": [{"label": "Where", "value": ""}]},
    {"type": "questions", "title": "Framing questions", "items": []},
    {"type": "theme", "level": 2, "title": "Nothing said", "summary": [], "findings": []},
    {"type": "terms", "rows": []},
    {"type": "terms", "rows": [{"term": "Keeper", "status": "", "senses": []}]},
    {"type": "research", "items": []},
    {"type": "outcomes", "items": []},
    {"type": "people", "rows": []},
    {"type": "notes", "sessions": []},
    {"type": "notes", "sessions": [{"title": "Closing", "detail": "", "notes": []}]},
    {"type": "comments", "items": []},
]


def arranged(*blocks: dict[str, Any]) -> list[dict[str, Any]]:
    return arrange(memo(*copy.deepcopy(blocks)), Characters())["blocks"]


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    texts = [document[index].get_textpage().get_text_range() for index in range(len(document))]
    document.close()
    return texts


@pytest.mark.parametrize("block", EMPTY)
def test_a_block_with_nothing_in_it_is_left_out_and_its_heading_too(block):
    kept = arranged(heading(1, "Kept"), prose("Text."), heading(1, "Gone"), {"id": "x", **block})
    assert [each["type"] for each in kept] == ["heading", "prose"]


def test_a_heading_stays_for_what_stands_under_its_subheading():
    kept = arranged(
        heading(1, "Kept"), heading(2, "Kept too"), prose("Text."), heading(2, "Gone"),
        heading(1, "Kept for a theme"), theme("Tides", finding("All agreed.")),
        heading(1, "Gone"), heading(2, "Gone"),
    )  # fmt: skip
    assert [each["text"] for each in kept if "text" in each] == [
        "Kept", "Kept too", "Kept for a theme", "Tides",
    ]  # fmt: skip


def test_no_level_of_heading_is_skipped():
    kept = arranged(
        heading(3, "a"), heading(4, "b"), prose("Text."), heading(4, "c"), prose("Text."),
        theme("d", finding("All."), level=3), heading(1, "e"), theme("f", finding("All."), level=3),
        heading(0, "g"), prose("Text."),
    )  # fmt: skip
    levels = {each["text"]: each["level"] for each in kept if "level" in each}
    assert levels == {"a": 1, "b": 2, "c": 3, "d": 3, "e": 1, "f": 2, "g": 1}


def test_a_memo_of_nothing_but_a_title_is_a_page():
    made = typeset(memo(title="", notice="", authors=[], subtitle="", date="", version=""))
    assert len(pages_of(made)) == 1
    assert "Untitled" in text_of(made)


def test_every_page_says_where_it_is_and_that_this_is_a_draft():
    blocks = heading(1, "A"), prose(*[LOREM * 12] * 8)
    pages = pages_of(typeset(memo(*blocks)))
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        assert "Draft 2" in page
        assert "Harbours and their keepers" in page
        assert "Host House · Partner Institute" in page
    published = typeset(memo(*blocks, draft=False, version="Version 2"))
    assert "Draft" not in text_of(published)
    assert "Version 2" in text_of(published)


def test_a_draft_says_so_even_if_its_version_does_not():
    made = typeset(memo(heading(1, "A"), prose("B"), version="Version 3"))
    assert "June 2026 · Draft · Version 3" in text_of(made)


def test_a_section_never_begins_at_the_foot_of_a_page_nor_leaves_a_hole():
    sections = [
        block
        for number in range(40)
        for block in (heading(1, f"Section {number}."), prose(LOREM * (2 + number * 7 % 13)))
    ]
    document = pypdfium2.PdfDocument(typeset(memo(*sections)))
    seen = 0
    for index in range(len(document)):
        page = document[index].get_textpage()
        bottoms = [page.get_charbox(at)[1] for at in range(page.count_chars())]
        for number in range(40):
            if found := page.search(f"Section {number}.").get_next():
                assert bottoms[found[0]] > (2.8 + 2.4) * CENTIMETRE
                seen += 1
        if index < len(document) - 1:
            assert min(filter((2.7 * CENTIMETRE).__lt__, bottoms)) < (2.8 + 4.6) * CENTIMETRE
    document.close()
    assert seen == 40


def lowest_of_columns(page: pypdfium2.PdfPage) -> tuple[float, float]:
    """How far down the text of the left and of the right column reaches."""
    text, middle = page.get_textpage(), page.get_width() / 2
    columns: dict[bool, list[float]] = {True: [HIGHEST], False: [HIGHEST]}
    for index in range(text.count_chars()):
        left, bottom, _, top = text.get_charbox(index)
        if 2.7 * CENTIMETRE < bottom < top < HIGHEST:
            columns[left < middle].append(bottom)
    return min(columns[True]), min(columns[False])


def test_notes_that_fit_on_a_page_fill_two_columns_of_the_same_height():
    texts = [f"Remark {number}. " + LOREM * (1 + number % 3) for number in range(12)]
    document = pypdfium2.PdfDocument(typeset(memo(heading(1, "Annex"), notes(*texts))))
    left, right = lowest_of_columns(document[len(document) - 1])
    document.close()
    assert left < HIGHEST
    assert abs(left - right) < 2.5 * CENTIMETRE


def test_many_notes_fill_every_page_but_the_last():
    texts = [f"Remark {number}. " + LOREM * (1 + number % 3) for number in range(120)]
    document = pypdfium2.PdfDocument(typeset(memo(heading(1, "Annex"), notes(*texts))))
    assert len(document) > 3
    reached = [lowest_of_columns(document[index]) for index in range(1, len(document) - 1)]
    document.close()
    assert all(max(columns) < (2.8 + 4) * CENTIMETRE for columns in reached)


def test_a_table_repeats_its_header_and_keeps_a_term_together():
    rows = [
        {
            "term": f"Term {number}", "status": "Contested",
            "senses": [{"text": LOREM, "holders": "Pilots"}, {"text": LOREM, "holders": "Owners"}],
        }
        for number in range(14)
    ]  # fmt: skip
    made = typeset(memo(heading(1, "A"), {"id": "t", "type": "terms", "rows": rows}))
    pages = pages_of(made)
    assert len(pages) > 1
    for page in pages:
        assert "Held by" in page
        assert page.count("Pilots") == page.count("Owners") == page.count("Contested")
    assert opened_tags(made).count("TH") == 3


def test_a_link_leads_to_the_web_or_to_a_mailbox_and_nowhere_else():
    links = ["https://example.org/ä?q=1", "mailto:a@example.org", "javascript:alert(1)",
             "file:///etc/passwd", "ftp://example.org", "https://a b"]  # fmt: skip
    runs = [{"text": f"Link {index} ", "link": link} for index, link in enumerate(links)]
    content = {"id": "p", "type": "prose", "content": [{"kind": "paragraph", "runs": runs}]}
    made = typeset(memo(heading(1, "A"), content))
    assert squeezed("".join(run["text"] for run in runs)) in squeezed(text_of(made))
    with pikepdf.open(io.BytesIO(made)) as document:
        addresses = [
            str(annotation.A.URI)
            for page in document.pages
            for annotation in page.get("/Annots", [])
        ]
    assert addresses == ["https://example.org/%C3%A4?q=1", "mailto:a@example.org"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (memo({"id": "x", "type": "prose", "content": [{"kind": "dance"}]}), "kind: “dance”"),
        (memo(schema="rapporteur/memo-9"), "form that can’t be typeset"),
        (memo(made_at="yesterday"), "doesn’t say when it was made"),
        (memo({"id": "x", "type": "facts"}), "isn’t in the form that is typeset"),
        (memo({"id": "x", "type": "notes", "sessions": [7]}), "isn’t in the form that is typeset"),
        ({"title": "No more than this"}, "isn’t in the form that is typeset"),
    ],
)
def test_content_that_cannot_be_set_is_refused_in_plain_words(content, reason):
    answer, pdf = _answer(MEMO, json.dumps(content).encode())
    assert pdf == b""
    assert reason in answer["failed"]
    assert "Error" not in answer["failed"]


def test_an_unknown_block_is_named_to_whoever_asked_for_the_memo():
    with pytest.raises(TypesettingFailed) as refusal:
        typeset(memo({"id": "x", "type": "hologram"}))
    assert refusal.value.reason == "The memo holds a block of an unknown type: “hologram”."
