"""The grammar in a browser says what that on the server says: of the examples, and of others."""

import random
from dataclasses import asdict
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page

from apps.notes.grammar import Parsed, parse
from tests.notes.test_grammar import TABLE, catalogue

# What lines are made of, so that signs meet words, spaces and one another in every order.
PARTS = [
    *'     \n\u00a0\u200b?!+-….,:()“”„«»—"\\/=#@%🎉٣',
    *("...", "’s", "rq ", "eg ", "s/", "a/b/", "/off", "\r\n", "word", "Straße", "ΣΑΣ", "कौन"),
    *("#legit", "#infl", "#5g", "#egalite", "#who-pays", "#Λόγος", "%prac", "%civil-servants"),
    *(
        "@okafor",
        "@ro",
        "@ruth",
        "@Ruth Okafor",
        "@van der Meer",
        "@王小明",
        "@scholars",
        "@nobody",
        *("@Kowalski", "@Dr", "@Prof. ", " Dr. ", " Jan", " Okafor", " J. ", " I ", " A "),
        *(" van ", " der ", " Van ", " The ", " al-Thani", " O’Brien", " Ǆ", "Meer:", " Meer’s"),
    ),
]
MEANS = """async ([address, lines, catalogue]) => {
  const { parse } = await import(address);
  return lines.map((line) => parse(line, catalogue));
}"""


@pytest.fixture
def in_browser(page: Page) -> Any:
    """Return a function that has the browser say what lines mean."""
    modules = settings.BASE_DIR / "static" / "js"
    page.route("http://house.test/", lambda route: route.fulfill(body="", content_type="text/html"))
    page.route(
        "http://house.test/*.js",
        lambda route: route.fulfill(path=modules / route.request.url.rpartition("/")[2]),
    )
    page.goto("http://house.test/")
    return lambda lines, rule: page.evaluate(MEANS, ["/grammar.js", lines, catalogue(rule)])


@pytest.mark.parametrize("rule", TABLE["rules"])
def test_the_examples(in_browser: Any, rule: str):
    examples = [e for e in TABLE["examples"] if e.get("rule", "on the record") == rule]
    found = in_browser([example["line"] for example in examples], rule)
    means = [asdict(Parsed(**example["means"])) for example in examples]
    assert dict(zip((e["about"] for e in examples), found, strict=True)) == dict(
        zip((e["about"] for e in examples), means, strict=True)
    )


@pytest.mark.parametrize("rule", TABLE["rules"])
def test_lines_put_together_at_random(in_browser: Any, rule: str):
    chance = random.Random(rule)
    lines = ["".join(chance.choices(PARTS, k=chance.randint(1, 14))) for _ in range(2_000)]
    for line, found in zip(lines, in_browser(lines, rule), strict=True):
        here = asdict(parse(line, catalogue(rule)))
        here["replace"] = here["replace"] and [*here["replace"]]
        assert found == here, repr(line)
