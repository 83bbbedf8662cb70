"""Colours are named in one file, and can be told apart."""

import pytest
from django.conf import settings

from tests.architecture.stylesheets import (
    colour_literals,
    colour_tokens,
    contrast,
    foreign_addresses,
)

CSS = settings.BASE_DIR / "static" / "css"
TOKENS = CSS / "tokens.css"
SHEETS = sorted(CSS.rglob("*.css"))

# WCAG 2.2: 4.5 for text (1.4.3), 3 for the edge of a control and for what a shape says (1.4.11).
TEXT = [
    (ink, ground)
    for ground in ("paper", "surface", "sunken")
    for ink in ("ink", "ink-soft", "accent", "accent-deep", "agree", "disagree", "warn", "error")
] + [
    ("accent-ink", "accent"),
    ("accent-ink", "accent-deep"),
    ("agree", "agree-wash"),
    ("disagree", "disagree-wash"),
    ("warn", "warn-wash"),
    ("error", "error-wash"),
    ("ink", "accent-wash"),
    ("ink", "warn-wash"),
    ("ink", "error-wash"),
    ("ink", "agree-wash"),
    ("ink", "disagree-wash"),
    ("ink-soft", "accent-wash"),
    ("off-ink", "off"),
]
EDGES = [
    (edge, ground)
    for edge in ("line-strong", "unsure", "accent")
    for ground in ("paper", "surface", "sunken")
]


@pytest.mark.parametrize(
    "sheet", [s for s in SHEETS if s != TOKENS], ids=lambda s: str(s.relative_to(CSS))
)
def test_only_the_tokens_name_colours(sheet):
    assert colour_literals(sheet.read_text()) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda s: str(s.relative_to(CSS)))
def test_stylesheets_fetch_nothing_from_elsewhere(sheet):
    assert foreign_addresses(sheet.read_text()) == []


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(ink, ground, scheme):
    tokens = colour_tokens(TOKENS)
    assert contrast(tokens[ink][scheme], tokens[ground][scheme]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_can_be_seen(edge, ground, scheme):
    tokens = colour_tokens(TOKENS)
    assert contrast(tokens[edge][scheme], tokens[ground][scheme]) >= 3


@pytest.mark.parametrize(
    "bad",
    [
        "a { color: #fff; }",
        "a { color: #12345678; }",
        "a { background: rgb(0 0 0 / .1); }",
        "a { border: 1px solid red; }",
        "a { fill: oklch(0.5 0.1 20); }",
        "a { color: White }",
    ],
)
def test_the_check_finds_a_colour(bad):
    assert colour_literals(bad)


@pytest.mark.parametrize(
    "good",
    [
        "/* #fff */ a { color: var(--ink); }",
        "a { color: currentColor; background: transparent; }",
        "a#fade { color: CanvasText; white-space: nowrap; }",
        "a { color: var(--green-wash); }",
    ],
)
def test_the_check_lets_tokens_and_system_colours_pass(good):
    assert not colour_literals(good.replace("a#fade", "a"))


@pytest.mark.parametrize(
    "bad", ["a { background: url(https://example.org/a.png) }", "a { src: url('data:font/woff') }"]
)
def test_the_check_finds_a_foreign_address(bad):
    assert foreign_addresses(bad)


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#767676", "#ffffff") >= 4.5
