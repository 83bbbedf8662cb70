"""The code for the room: on the projector, and on paper."""

import io
import re
import time
from datetime import UTC, date, datetime

import pdfua
import pikepdf
import pypdfium2
import pytest
import time_machine

from apps.core.qr import QrCode, qr_code
from apps.core.typesetting import TypesettingFailed
from apps.participants.selectors import sheet_of
from apps.participants.sheet import typeset
from apps.workshops.models import AttributionRule, Phase, Role
from tests.factories import JoinCodeFactory, ParticipantFactory, WorkshopFactory

URL = "https://rapporteur.example.edu/join/K7QM20D1/"
ADDRESS = "rapporteur.example.edu/join"


@pytest.fixture
def code(db):
    workshop = WorkshopFactory(
        slug="harbours", title="Harbours and their keepers", venue="Room 4", purge_on="2026-08-01"
    )
    workshop.refresh_from_db()
    return JoinCodeFactory(workshop=workshop, code="K7QM20D1")


@pytest.fixture
def owner(code):
    return ParticipantFactory(workshop=code.workshop, role=Role.OWNER)


@pytest.fixture
def pdf(code):
    return typeset(sheet_of(code, url=URL, address=ADDRESS))


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return " ".join(" ".join(pages).split())


def test_the_sheet_says_how_to_join_and_what_it_means(pdf):
    text = text_of(pdf)
    for words in (
        "Harbours and their keepers", "13 May 2026 · Room 4", "K7QM 20D1", ADDRESS,
        "Chatham House Rule:", "Deleted on 1 August 2026", "No account is needed.",
    ):  # fmt: skip
        assert words in text


def test_the_sheet_is_a_page_of_a4_that_keeps_the_standards(pdf, tmp_path):
    with pikepdf.open(io.BytesIO(pdf)) as document:
        (page,) = document.pages
        assert [round(float(x)) for x in page.mediabox] == [0, 0, 595, 842]
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
    path = tmp_path / "sheet.pdf"
    path.write_bytes(pdf)
    assert [finding.message for finding in pdfua.validate(path).findings] == []


def test_the_code_has_words_for_those_who_do_not_see_it(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as document:
        described = [
            str(thing.Alt)
            for thing in document.objects
            if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing
        ]
    assert described == [f"QR code that leads to {URL}"]


def test_what_is_printed_is_the_code(pdf):
    assert printed_modules(pdf, len(qr_code(URL).rows)) == qr_code(URL).rows


def printed_modules(pdf: bytes, size: int) -> tuple[str, ...]:
    """Read the modules off the printed page: the dark square that is as broad as it is high."""
    document = pypdfium2.PdfDocument(pdf)
    image = document[0].render(scale=2).to_pil().convert("L").point(lambda v: 255 * (v < 128))
    document.close()
    # The finder pattern is the first thing wide enough from the top whose rows are full.
    width, height = image.size
    pixels = image.load()
    rows = [sum(pixels[x, y] > 0 for x in range(width)) for y in range(height)]
    runs, start = [], None
    for y, count in enumerate([*rows, 0]):
        if count and start is None:
            start = y
        elif not count and start is not None:
            runs.append((start, y))
            start = None
    top, bottom = max(runs, key=lambda run: run[1] - run[0])
    columns = [x for x in range(width) if any(pixels[x, y] for y in range(top, bottom))]
    left, right = columns[0], columns[-1] + 1
    assert abs((right - left) - (bottom - top)) <= 2
    step = (right - left) / size
    return tuple(
        "".join(
            "1" if pixels[left + (x + 0.5) * step, top + (y + 0.5) * step] else "0"
            for x in range(size)
        )
        for y in range(size)
    )


def test_the_same_sheet_is_the_same_file_and_says_nothing_of_when_it_was_made(code, pdf):
    time.sleep(1.1)
    code.renewed_at = datetime.now(UTC)
    assert typeset(sheet_of(code, url=URL, address=ADDRESS)) == pdf
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.docinfo.CreationDate == "D:20260513000000Z"
        assert "/Author" not in document.docinfo


@pytest.mark.parametrize("rule", AttributionRule)
def test_the_longest_words_stay_on_one_page(code, rule):
    workshop = code.workshop
    workshop.attribution_rule = rule
    workshop.title = ('Donaudampfschifffahrt, 维护 and the #read("x") of _it_ ' * 5)[:200]
    workshop.venue = ("A very long name of a very large institute " * 5)[:200]
    address = "workshops.a-department-with-a-long-name.university.example.edu/join"
    pdf = typeset(sheet_of(code, url=f"https://{address}/K7QM20D1/", address=address))
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 1
    document.close()
    assert '#read("x") of _it_' in text_of(pdf)


TOLD = {
    "de": (
        "Nehmen Sie mit Ihrem Telefon", "13. Mai 2026 · Room 4", "und geben Sie ein",
        "Chatham-House-Regel: Was gesagt wird", "Gelöscht am 1. August 2026, oder",
    ),
    "fr-CA": (
        "Participez à cet atelier", "13 mai 2026 · Room 4", "et saisissez",
        "Règle de Chatham House : ce qui", "Effacé le 1er août 2026, ou",
    ),
    "es": (
        "Participe en este taller", "13 de mayo de 2026 · Room 4", "y escriba",
        "Regla de Chatham House: lo que", "Se borra el 1 de agosto de 2026, o",
    ),
    "pt": (
        "Join this workshop", "13 May 2026 · Room 4", "and type",
        "Chatham House Rule: what is", "Deleted on 1 August 2026, or",
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", TOLD)
def test_it_speaks_the_language_of_the_workshop_or_english(code, language):
    code.workshop.language = language
    pdf = typeset(sheet_of(code, url=URL, address=ADDRESS))
    text = text_of(pdf).replace("\u00a0", " ").replace("\u202f", " ")
    for words in TOLD[language]:
        assert words in text
    with pikepdf.open(io.BytesIO(pdf)) as document:
        spoken = "en" if language == "pt" else language[:2]
        assert str(document.Root.Lang) == spoken
    english = ("Join this", "and type", "Point your", "No account", "Deleted", "The memo")
    assert any(words in text for words in english) is (spoken == "en")


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
@pytest.mark.parametrize("rule", AttributionRule)
@pytest.mark.parametrize("kept", [True, False])
@pytest.mark.parametrize("purge_on", [None, date(2026, 8, 1)])
@time_machine.travel(datetime(2026, 5, 13, 10, tzinfo=UTC), tick=False)
def test_every_language_says_the_same_of_what_is_deleted_when(code, language, rule, kept, purge_on):
    workshop = code.workshop
    workshop.language, workshop.attribution_rule = language, rule
    workshop.keep_speakers, workshop.purge_on = kept, purge_on
    [(_, said), (lead, rest)] = sheet_of(code, url=URL, address=ADDRESS)["lines"]
    assert said.endswith(".")
    assert rest.endswith(".")
    assert "{" not in said + lead + rest
    # The day stands first where there is one; a day for who said what alone, after it.
    assert ("2026" in lead) is (purge_on is not None)
    keeps = rule == AttributionRule.ON_RECORD or (kept and rule == AttributionRule.CHATHAM_HOUSE)
    assert ("2026" in rest) is (keeps and purge_on is None)
    group = {"en": "group", "de": "Gruppe", "fr": "groupe", "es": "grupo"}[language]
    assert (group in rest) is (rule != AttributionRule.ANONYMOUS)


def test_several_days_are_told(code):
    for ends_on, told in [
        ("2026-05-15", "13 May to 15 May 2026"),
        ("2027-01-02", "13 May 2026 to 2 January 2027"),
    ]:
        code.workshop.ends_on = datetime.fromisoformat(ends_on).date()
        assert told in sheet_of(code, url=URL, address=ADDRESS)["facts"]


def test_a_sheet_that_cannot_be_set_is_refused_in_plain_words(code):
    content = sheet_of(code, url=URL, address=ADDRESS)
    del content["modules"]
    with pytest.raises(TypesettingFailed, match="The sheet’s content isn’t in the form"):
        typeset(content)


# -- who gets it -----------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("address", ["", "sheet.pdf"])
def test_the_team_gets_the_code_and_nobody_else(code, browser_of, role, address):
    actor = ParticipantFactory(workshop=code.workshop, role=role)
    answer = browser_of(actor).get(f"/w/harbours/join-code/{address}")
    is_team = role in {Role.OWNER, Role.FACILITATOR, Role.RAPPORTEUR}
    assert answer.status_code == (200 if is_team else 403)
    assert (b"K7QM 20D1" in answer.content or b"%PDF" in answer.content) == is_team


@pytest.mark.parametrize("address", ["", "sheet.pdf"])
def test_elsewhere_there_is_no_such_page(code, browser_of, address):
    answer = browser_of(ParticipantFactory(role=Role.OWNER)).get(f"/w/harbours/join-code/{address}")
    assert answer.status_code == 404


def test_the_file_is_kept_by_nobody_between(code, owner, browser_of):
    answer = browser_of(owner).get("/w/harbours/join-code/sheet.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="harbours-join.pdf"'
    assert "no-store" in answer.headers["Cache-Control"]
    assert "testserver/join" in text_of(answer.content)


def test_the_screen_shows_code_address_and_square_large(code, owner, browser_of):
    page = browser_of(owner).get("/w/harbours/join-code/").content.decode()
    assert "K7QM 20D1" in page
    assert "testserver/join<" in page
    assert f'<path d="{qr_code(f"http://testserver/join/{code.key}/").path}"/>' in page
    assert "harbours/themes" not in page  # nothing else for the room to read


def test_a_code_that_ran_out_is_neither_shown_nor_printed(code, owner, browser_of):
    code.expires_at = datetime(2026, 1, 1, tzinfo=UTC)
    code.save()
    client = browser_of(owner)
    assert "K7QM" not in client.get("/w/harbours/join-code/").content.decode()
    assert client.get("/w/harbours/join-code/sheet.pdf").status_code == 422
    code.delete()
    assert "There is no join code" in client.get("/w/harbours/join-code/").content.decode()
    assert client.get("/w/harbours/join-code/sheet.pdf").status_code == 404


def test_an_archived_workshop_has_no_sheet(code, owner, browser_of):
    code.workshop.phase = Phase.ARCHIVED
    code.workshop.save()
    assert browser_of(owner).get("/w/harbours/join-code/sheet.pdf").status_code == 403


# -- the code itself -------------------------------------------------------------------------


def test_a_path_draws_each_dark_module_once():
    code = QrCode(("1101", "0000", "1011", "0110"))
    assert code.path == ("M0 0h2v1h-2zM3 0h1v1h-1zM0 2h1v1h-1zM2 2h2v1h-2zM1 3h2v1h-2z")
    assert code.view_box == "-4 -4 12 12"
    drawn = {
        (x + dx, y)
        for x, y, width in (map(int, m) for m in re.findall(r"M(\d+) (\d+)h(\d+)", code.path))
        for dx in range(width)
    }
    assert drawn == {
        (x, y) for y, row in enumerate(code.rows) for x, m in enumerate(row) if m == "1"
    }


def test_a_code_has_its_finders_in_three_corners():
    rows = qr_code(URL).rows
    assert len(rows) == len(rows[0]) == 33
    finder = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]
    assert [row[:7] for row in rows[:7]] == finder
    assert [row[-7:] for row in rows[:7]] == finder
    assert [row[:7] for row in rows[-7:]] == finder
