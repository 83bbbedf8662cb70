"""A statement that runs from right to left stands so wherever it is shown."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.e2e.asking.conftest import Place

TEXT = "هل هذا صحيح 100%."
ASK = """
from apps.participants.models import Participant
from apps.statements.models import Statement
from apps.statements.services import open_rounds, put_statement, show_on_screen
first = Statement.objects.get(pk={first!r})
asks = Participant.objects.filter(workshop=first.workshop).exclude(role="participant").first()
statement = put_statement(actor=asks, text={text!r})
asked = statement.rounds.get()
open_rounds(actor=asks, rounds=[asked])
show_on_screen(actor=asks, showing="round", asked=asked)
print(statement.pk)
"""
# Where the first letter and the last sign stand, from the left.
PLACED = """(element) => {
  const words = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let text = words.nextNode();
  while (!text.data.trim()) text = words.nextNode();
  const at = (index) => {
    const range = document.createRange();
    range.setStart(text, index);
    range.setEnd(text, index + 1);
    return range.getBoundingClientRect().left;
  };
  const start = text.data.search(/\\S/);
  return [at(start), at(start + text.data.trim().length - 1)];
}"""


@pytest.fixture
def pages(place: Place) -> dict[str, tuple[int | str, str]]:
    """Where such a statement is shown, by whom it is seen, and as what."""
    code = ASK.format(first=place.statements[0], text=TEXT)
    pk = place.running.manage("shell", "--no-imports", "-c", code).split()[-1]
    return {
        ".ask-statement": ("phone 0", place.url("respond/")),
        ".room-statement": (0, place.screen),
        ".asked-text a": (0, place.url("statements/")),
        ".statement-words": (0, place.url(f"statements/{pk}/")),
        ".console-list a": (1, place.console),
    }


def test_a_sign_at_its_end_stands_at_its_end(
    browse: Callable[..., Page], pages: dict[str, tuple[int | str, str]]
):
    for name, (who, url) in pages.items():
        looks = {"viewport": {"width": 390, "height": 844}} if name == ".ask-statement" else {}
        page = browse(who, url, **looks)
        first, last = page.locator(name, has_text=TEXT).first.evaluate(PLACED)
        assert last < first, name
