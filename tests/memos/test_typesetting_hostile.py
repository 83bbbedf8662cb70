"""What was written by many people is set as it was written, or refused; nothing else happens."""

import json
import logging
import os
import subprocess
import sys
import time
from typing import Any

import pypdfium2
import pytest

from apps.core.typesetting import ROOT, Limits, TypesettingFailed, _environment
from apps.core.typesetting.characters import FAMILIES, FONTS, Characters
from apps.core.typesetting.child import compiled
from apps.memos.typesetting import typeset
from apps.memos.typesetting.arrange import TEMPLATE, arrange
from tests.memos.typesetting_memos import (
    LOREM,
    finding,
    heading,
    memo,
    notes,
    position,
    prose,
    squeezed,
    strings,
    text_of,
    theme,
    whole_memo,
)

MARKUP = [
    '#read("/etc/passwd")', '#import "other.typ": *', "*bold* _stressed_ `raw`", "$x^2$",
    r"\u{41} \#", "<label> @reference", "= Heading", "== Heading", "- list", "+ enum",
    "/ term: text", "#set page(width: 1pt)", '"]; #panic("x")', "// comment /* comment */",
    "~ -- --- ...", "#{while true {}}", "[[link]](https://example.org)", "{{ 7*7 }} {% x %}",
    "<script>alert(1)</script>", "</b>&amp;&#65; <img src=x onerror=y>", '"quotes" and \'these\'',
]  # fmt: skip


def replaced_everywhere(value: Any, texts: list[str]) -> Any:
    """The content with each of its strings preceded by one of the texts."""
    if isinstance(value, dict):
        fixed = {"id", "type", "kind", "schema", "language", "made_at", "link"}
        return {
            key: part if key in fixed else replaced_everywhere(part, texts)
            for key, part in value.items()
        }
    if isinstance(value, list):
        return [replaced_everywhere(part, texts) for part in value]
    if isinstance(value, str):
        texts.append(texts.pop(0))
        return f"{texts[-1]} {value}"
    return value


def test_markup_of_any_kind_is_printed_as_it_was_written():
    content = replaced_everywhere(whole_memo(), [*MARKUP])
    assert len(list(strings(content))) > 2 * len(MARKUP)
    printed = squeezed(text_of(typeset(content)))
    assert [text for text in strings(content) if squeezed(text) not in printed] == []


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("nul\0 bell\a escape\x1b[0m", "nul bell escape[0m"),
        ("\ufeffmark\ufffe\uffff\U0001ffff", "mark"),
        ("turned \u202eback\u202c", "turned back"),
        ("a\r\nb\vc\u2028d\x85e\tf", "a\nb\nc\nd\ne f"),
        ("cafe\u0301", "café"),
        ("lone \ud83d half", "lone [U+D83D] half"),
        ("private \ue000", "private [U+E000]"),
        ("한 and א", "[U+D55C] and [U+05D0]"),
        ("narrow\u202fspace, odd\u1680space", "narrow\u202fspace, odd space"),
        (
            "👩🏽\u200d🚀 ❤\ufe0f 1\ufe0f\u20e3 x\u20e3",
            "👩🏽\u200d🚀 ❤\ufe0f 1\ufe0f\u20e3 x[U+20E3]",
        ),
        ("山水 ウ عربي Ω Ж ☐ ● ◆ ○ ▲ ✓ ≥ €", "山水 ウ عربي Ω Ж ☐ ● ◆ ○ ▲ ✓ ≥ €"),
    ],
)
def test_characters_are_kept_stripped_or_marked(text, cleaned):
    assert Characters().text(text) == cleaned


def test_it_is_known_which_characters_were_replaced():
    characters = Characters()
    characters.text("\0한 \ue000 한")
    characters.line("x\u0323\u20e3 fine")
    assert characters.replaced == ["U+D55C", "U+E000", "U+20E3"]


def test_the_typefaces_the_template_names_are_those_that_are_checked():
    checked = {face for faces in FAMILIES for face in faces}
    assert {path.stem for path in FONTS.glob("*.ttf")} == checked
    licences = (FONTS / "LICENCES.md").read_text()
    for path in FONTS.glob("*.OFL.txt"):
        assert f"`{path.name}`" in licences
    assert sum(path.stat().st_size for path in FONTS.iterdir()) < 14_000_000


def test_characters_of_all_kinds_make_a_memo_that_keeps_the_standards(caplog):
    texts = [
        "emoji 😀 👩🏽\u200d🚀 🏳\ufe0f\u200d🌈 🇫🇷 1\ufe0f\u20e3 🧿",
        "安全伙伴关系：参与者普遍同意，任何答案都取决于定义。「引用」",
        "اتفق المشاركون على التعريفات (2022)",
        "Latin with العربية inside, Ελληνικά, кириллица, かな, 한국어, עברית, हिन्दी",
        "nul\0 escape\x1b nonchar\ufffe lone\ud83d private\ue000 turned\u202eback",
        "z\u0337\u0322\u031b a\u0338 l\u0335 山\u08e4👡\u0364",
        "x" * 120,
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
        LOREM * 60,
        "漢" * 300,
        "👍" * 120,
    ]
    long_positions = [position(text[:200], text, 1, reasons_for=text) for text in texts]
    content = memo(
        heading(1, texts[3]),
        prose(*texts),
        {"id": "f", "type": "facts", "rows": [{"label": x[:90], "value": x} for x in texts]},
        theme(texts[0], *[finding(text, *range(1, 30), scope=text[:90]) for text in texts]),
        theme("Sides", *[finding("So.", positions=long_positions[:n]) for n in (1, 2, 3, 4, 11)]),
        heading(1, "Annex"),
        notes(*texts),
        title=" ".join(texts[2:7]), organisation_line=texts[3], notice=texts[4],
    )  # fmt: skip
    with caplog.at_level(logging.INFO):
        printed = squeezed(text_of(typeset(content)))
    assert "without PDF/UA" not in caplog.text
    assert "U+D55C" in caplog.text
    for text in ("😀", "安全伙伴关系", "Ελληνικά", "private[U+E000]", "x" * 120, "漢" * 300):
        assert text in printed
    assert set("اتفقالمشاركون") <= set(printed)  # a page knows their places, not their order


def test_a_long_word_stays_on_the_page():
    made = typeset(memo(heading(1, "A"), prose("x" * 400), title="y" * 200))
    assert max(right for _, _, right, _ in boxes(made)) < (21 - 2.5) * 72 / 2.54


def boxes(pdf: bytes) -> list[tuple[float, float, float, float]]:
    document = pypdfium2.PdfDocument(pdf)
    page = document[0].get_textpage()
    found = [page.get_charbox(index) for index in range(page.count_chars())]
    document.close()
    return found


def test_a_text_that_no_standard_allows_is_set_without_them():
    sheet = arrange(memo(heading(1, "A"), prose("B")), Characters())
    assert compiled(TEMPLATE, sheet, 0)[1] == ""
    sheet["blocks"][1]["content"][0]["runs"][0]["text"] = "한"
    pdf, objection = compiled(TEMPLATE, sheet, 0)
    assert pdf.startswith(b"%PDF")
    assert "could not be displayed" in objection


@pytest.mark.parametrize(
    ("limits", "timeout", "reason"),
    [
        (Limits(memory=130 << 20), 20, "needed more memory than one memo may use"),
        (Limits(seconds=1), 20, "needed more computing time than one memo may use"),
        (Limits(), 0.3, "took longer than 0.3 seconds, so it was stopped"),
    ],
)
def test_what_needs_too_much_is_stopped_and_said(limits, timeout, reason):
    content = memo(heading(1, "A"), prose(*[LOREM * 20] * 3000))
    started = time.monotonic()
    with pytest.raises(TypesettingFailed, match=reason) as refusal:
        typeset(content, timeout=timeout, limits=limits)
    assert time.monotonic() - started < 10
    assert "Traceback" not in refusal.value.reason


def test_nothing_is_left_running_when_it_is_stopped(monkeypatch):
    children = []
    start = subprocess.Popen.__init__

    def noting(process: Any, *args: Any, **options: Any) -> None:
        children.append(process)
        start(process, *args, **options)

    monkeypatch.setattr(subprocess.Popen, "__init__", noting)
    with pytest.raises(TypesettingFailed):
        typeset(memo(), timeout=0.05)
    (child,) = children
    assert child.returncode == -9
    with pytest.raises(ProcessLookupError):
        os.killpg(child.pid, 0)


def test_the_child_is_given_no_secret_and_does_not_know_django(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "secret")
    monkeypatch.setenv("DJANGO_SECRET_KEY", "secret")
    assert "secret" not in _environment().values()
    program = (
        "import sys, json\n"
        "from apps.core.typesetting import child\n"
        "from apps.memos.typesetting import MEMO\n"
        "answer, pdf = child._answer(MEMO, json.dumps(json.load(sys.stdin)).encode())\n"
        "assert pdf.startswith(b'%PDF'), answer\n"
        "print(sorted({name.split('.')[0] for name in sys.modules}))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", program], input=json.dumps(whole_memo()), cwd=ROOT,
        env=_environment(), capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "'typst'" in loaded
    for package in ("django", "celery", "psycopg", "numpy"):
        assert f"'{package}'" not in loaded


def test_the_template_never_reads_a_string_as_source():
    source = "".join(part.read_text() for part in TEMPLATE)
    for word in ("eval(", "read(", "import", "include", "@preview"):
        assert word not in source


@pytest.mark.slow
def test_a_memo_of_sixty_pages_is_well_inside_the_limits():
    sides = [position("One", LOREM * 3), position("Other", LOREM)]
    themes = [
        theme(f"Theme {number}", finding(LOREM * 4, *range(number, number + 6)),
              finding("Views differed.", positions=sides))
        for number in range(1, 120)
    ]  # fmt: skip
    content = memo(heading(1, "A"), *themes, heading(1, "Annex"), notes(*[LOREM * 2] * 400))
    made = typeset(content, limits=Limits(memory=512 << 20, seconds=10))
    assert "Page 60 of" in text_of(made)
