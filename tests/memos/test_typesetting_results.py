"""What the room answered, as it is printed: pictures that also say in words what they show."""

import io

import pdfua
import pikepdf
import pytest

from apps.core.typesetting import TypesettingFailed
from apps.memos.typesetting import typeset
from tests.memos.test_typesetting import links
from tests.memos.typesetting_memos import (
    answers,
    elements,
    finding,
    heading,
    memo,
    result,
    results,
    squeezed,
    text_of,
    theme,
    whole_memo,
)


def alternatives(pdf):
    """The words of each picture, in order."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [
            str(element.Alt)
            for element in elements(document.Root.StructTreeRoot.K)
            if str(element.S) == "/Figure"
        ]


def drawn(pdf):
    """How many filled or stroked shapes there are, page by page."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return sum(
            str(operator) in {"f", "f*", "S", "s", "B"}
            for page in document.pages
            for _, operator in pikepdf.parse_content_stream(page)
        )


def test_each_row_of_marks_says_what_it_shows():
    pdf = typeset(whole_memo())
    assert alternatives(pdf) == 2 * [
        "Everybody: 5\xa0agree · 1\xa0unsure · 3\xa0disagree",
        "Lawyers: 4\xa0agree · 0\xa0unsure · 1\xa0disagree",
    ]
    assert "5 agree · 1 unsure · 3 disagree" in text_of(pdf)


def test_one_mark_is_drawn_for_each_person():
    def page(**rows):
        counts = [{"label": "", "agree": 0, "unsure": 0, "disagree": 0, **rows}]
        return drawn(typeset(memo(heading(1, "A"), results(result(1, "B.", rows=counts)))))

    none = page()
    assert [page(agree=7) - none, page(unsure=4) - none, page(disagree=9) - none] == [7, 4, 9]


@pytest.mark.parametrize("people", [60, 500])
def test_rooms_of_all_sizes_are_drawn_within_the_page_and_pass_a_check(people, tmp_path):
    rows = [
        {"label": "", "agree": people // 2, "unsure": people // 5, "disagree": people // 4},
        {"label": "Representatives of local governments", "agree": 9, "unsure": 0, "disagree": 1},
    ]
    item = result(1, "Pilots are overworked. " * 10, rows=rows, members=people)
    pdf = typeset(memo(heading(1, "A"), results(item)))
    path = tmp_path / "memo.pdf"
    path.write_bytes(pdf)
    assert [found.message for found in pdfua.validate(path).findings] == []
    assert len(alternatives(pdf)) == 2
    with pikepdf.open(path) as document:
        assert len(document.pages) == 1


def test_a_finding_leads_to_the_statement_that_tests_it_where_that_is_printed():
    said = theme("B", finding("All agreed.", answers=answers(1, 2)))
    assert ("2", "Tides matter.") in links(typeset(whole_memo()))
    alone = typeset(memo(heading(1, "A"), said))
    assert "(Statements1,2)" in squeezed(text_of(alone))
    assert links(alone) == []


def test_one_without_numbers_has_words_alone():
    pdf = typeset(memo(heading(1, "A"), results(result(1, "B.", rows=[], members=None))))
    assert alternatives(pdf) == []
    assert "Divided. 5 agreed, 3 disagreed." in text_of(pdf)


def test_memos_from_before_the_room_was_asked_are_printed_as_they_were():
    old = finding("All agreed.", 1)
    assert "answers" not in old
    assert "All agreed." in text_of(typeset(memo(heading(1, "A"), theme("B", old))))


@pytest.mark.parametrize("text", ["#panic()", "$x$ *b* `c`", "“مرحبا”"])
def test_what_was_asked_is_never_source(text):
    item = result(1, text, sentence=text, notes=[text], tags=[text])
    item["rows"][1]["label"] = text
    try:
        pdf = typeset(memo(heading(1, "A"), results(item)))
    except TypesettingFailed as failure:
        pytest.fail(str(failure))
    if text.isascii():
        assert squeezed(text_of(pdf)).count(squeezed(text)) == 5
