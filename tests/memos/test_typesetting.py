"""A memo's content becomes an accessible PDF that holds all of it."""

import io
from collections.abc import Iterator

import pdfua
import pikepdf
import pypdfium2
import pytest

from apps.memos.typesetting import typeset
from tests.memos.typesetting_memos import (
    finding,
    heading,
    memo,
    squeezed,
    strings,
    tags,
    text_of,
    theme,
    whole_memo,
)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return typeset(whole_memo())


@pytest.fixture
def opened(pdf: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        yield document


def test_everything_is_printed(pdf):
    printed = squeezed(text_of(pdf))
    missing = [text for text in strings(whole_memo()) if squeezed(text) not in printed]
    assert missing == []


def test_a_finding_says_with_a_shape_and_words_what_it_is_and_how_it_is_known(pdf):
    printed = text_of(pdf)
    assert "tides matter.1, 2 ● Consensus · Sense of the room" in printed.replace("\u200a", "")
    assert "◆ Divergence · Poll: 9 of 17 · In winter · Evidence against: 4" in printed
    assert "Minority view · Some pilots" in printed


def test_it_names_the_standards_it_was_made_to_and_passes_a_check(pdf, opened, tmp_path):
    with opened.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
    path = tmp_path / "memo.pdf"
    path.write_bytes(pdf)
    report = pdfua.validate(path)
    assert [finding.message for finding in report.findings] == []


def test_it_knows_its_title_language_authors_and_date(opened):
    assert opened.Root.Lang == "en-GB"
    assert opened.Root.ViewerPreferences.DisplayDocTitle
    assert opened.docinfo.Title == "Harbours and their keepers"
    assert opened.docinfo.Author == "Ida Writer, Otto Writer"
    assert opened.docinfo.CreationDate == "D:20261123100000Z"


def test_its_structure_is_that_of_the_content(opened):
    found = tags(opened)
    assert opened.Root.MarkInfo.Marked
    assert found.index("Title") < found.index("H1")
    assert found.count("H1") == 6
    assert found.count("H2") == 2  # the theme, the session of the notes
    assert found.count("TH") == 3
    assert found.count("TD") == 5  # a term spans its two senses
    assert found.count("BlockQuote") == 1
    assert {"L", "LI", "Lbl", "LBody", "Table", "THead", "TBody", "Link", "Strong", "Em"} <= {
        *found
    }


def test_nothing_but_running_lines_shapes_and_rules_is_outside_the_structure(opened):
    for page in opened.pages:
        depth, stray = 0, []
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            depth += (name in {"BDC", "BMC"}) - (name == "EMC")
            if name in {"Tj", "TJ"} and depth == 0:
                stray.append(operands)
        assert stray == []


def test_headings_are_bookmarks(opened):
    with opened.open_outline() as outline:
        tree = [(item.title, [child.title for child in item.children]) for item in outline.root]
    assert tree == [
        ("Summary", []),
        ("What was found", ["Tides"]),
        ("Terms", []),
        ("What comes next", []),
        ("What was answered", []),
        ("Annex", ["Opening panel 09:30"]),
    ]


def test_every_font_is_embedded(opened):
    descriptors = [
        thing for thing in opened.objects
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
    ]  # fmt: skip
    names = {str(descriptor.FontName).split("+")[-1] for descriptor in descriptors}
    assert {"SourceSerif4-Regular", "Inter-Regular"} <= names
    for descriptor in descriptors:
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor


def links(pdf: bytes) -> list[tuple[str, str]]:
    """For each link inside the file: its own text, and the text at the place it leads to."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    with pikepdf.open(io.BytesIO(pdf)) as source:
        number_of = {page.obj.objgen: page.index for page in source.pages}
        for page in source.pages:
            here = document[page.index].get_textpage()
            for annotation in page.get("/Annots", []):
                if "/Dest" not in annotation:
                    continue
                target, _, left, top, _ = annotation.Dest
                there = document[number_of[target.objgen]].get_textpage()
                # A destination lies a little above its line.
                line = (float(left) - 1, float(top) - 26, float(left) + 400, float(top))
                found.append((
                    here.get_text_bounded(*map(float, annotation.Rect)).strip(),
                    there.get_text_bounded(*line).strip(),
                ))  # fmt: skip
    document.close()
    return found


def test_a_finding_links_to_its_notes_and_a_note_to_what_cites_it(pdf):
    texts = {1: "Silt is patient.", 2: "Tides keep time.", 3: "Surveys cost.", 4: "Nobody dredges"}
    found = links(pdf)
    to_notes = [(label, text) for label, text in found if "a pilot" in text or "cited on" in text]
    assert sorted(int(label) for label, _ in to_notes) == [1, 1, 2, 2, 3, 4]
    for label, text in to_notes:
        assert texts[int(label)] in text
    to_statements = [(label, text) for label, text in found if "Tides matter" in text]
    assert to_statements == [("2", "Tides matter.")]
    back = [each for each in found if each not in to_notes and each not in to_statements]
    assert len(back) == 6  # a note links to each page on which a finding cites it
    assert all("agreed that tides" in text or "Views differed" in text for _, text in back)


def test_a_number_without_its_note_is_printed_but_leads_nowhere():
    made = typeset(memo(heading(1, "A"), theme("B", finding("All agreed.", 77))))
    assert "Allagreed.77" in squeezed(text_of(made))
    assert links(made) == []


def test_the_same_content_gives_the_same_bytes(pdf):
    assert typeset(whole_memo()) == pdf
    assert typeset({**whole_memo(), "made_at": "2026-11-24T10:00:00Z"}) != pdf


def test_positions_stand_side_by_side(pdf):
    document = pypdfium2.PdfDocument(pdf)
    places = {}
    for index in range(len(document)):
        page = document[index].get_textpage()
        for label in ("Dredge now", "Wait"):
            if at := page.search(label, match_case=True).get_next():
                places[label] = (index, page.get_charbox(at[0]))
        page.close()
    document.close()
    (page, first), (other_page, second) = places["Dredge now"], places["Wait"]
    assert page == other_page
    assert abs(first[1] - second[1]) < 2
    assert second[0] - first[0] > 150
