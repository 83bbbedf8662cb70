"""The room screen can be read from the back of a room, and every page of asking by everybody."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.asking.conftest import LONG, Place
from tests.e2e.test_access import findings, sideways

Browse = Callable[..., Page]
LOOKS = {
    "phone": {"color_scheme": "dark", "viewport": {"width": 390, "height": 844}},
    "laptop": {"color_scheme": "light", "viewport": {"width": 1360, "height": 900}},
    "projector": {"color_scheme": "dark", "viewport": {"width": 1920, "height": 1080}},
    "light projector": {"color_scheme": "light", "viewport": {"width": 1920, "height": 1080}},
}
SCREENS = [(1920, 1080), (1280, 720), (1024, 768)]
# As one reads it: each word that is seen, its size, and its contrast to what is behind it.
READ = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgb = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (colour) => {
    const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = rgb(colour).map((c) => linear(c / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const { backgroundColor } = getComputedStyle(e);
      if (rgb(backgroundColor)[3] === 255) return backgroundColor;
    }
    return "white";
  };
  const found = [];
  const walker = document.createTreeWalker(document.querySelector("#room"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.trim();
    if (!text || element.closest("svg, .visually-hidden, noscript")) continue;
    const style = getComputedStyle(element);
    const [one, other] = [luminance(style.color), luminance(ground(element))].sort((a, b) => b - a);
    found.push({ text, size: parseFloat(style.fontSize), contrast: (one + 0.05) / (other + 0.05) });
  }
  return found;
}"""
PUT = """
from apps.participants.models import Participant
from apps.statements.models import Round
from apps.statements.services import open_on_screen, reveal_on_screen, respond, show_on_screen
asked = Round.objects.filter(statement={statement!r}).latest("number")
actor = Participant.objects.filter(workshop=asked.workshop, role="facilitator").first()
{step}
print("done")
"""
OPEN = "open_on_screen(actor=actor, asked=asked)"
JOIN = 'show_on_screen(actor=actor, showing="join")'
REVEAL = "reveal_on_screen(actor=actor, asked=asked)"


def put(place: Place, statement: int, step: str) -> None:
    """Take a step, in no browser."""
    code = PUT.format(statement=place.statements[statement], step=step)
    place.running.manage("shell", "--no-imports", "-c", code)


def stages(place: Place) -> Iterator[tuple[str, str]]:
    """Bring the screen from one state to the next; yields what it is, and words that are on it."""
    put(place, 2, JOIN)
    yield "join", "and type"
    put(place, 2, OPEN)
    place.others_answer(2, [1, -1, 1, -1, 1, -1, 1, -1, 1, 0])
    yield "open", "10 of 18 answered"
    put(place, 2, REVEAL)
    yield "revealed", "Divided"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_screen_is_read_from_the_back_of_a_room_without_scrolling(
    browse: Browse, place: Place, scheme: Any
):
    assert len(LONG) == 300
    screens = [
        browse(0, place.screen, color_scheme=scheme, viewport={"width": width, "height": height})
        for width, height in SCREENS
    ]
    for stage, words in stages(place):
        for screen in screens:
            size = screen.viewport_size
            screen.reload()
            expect(screen.locator("#room")).to_contain_text(words)
            read = screen.evaluate(READ)
            assert len(read) >= 4
            faint = [each for each in read if each["contrast"] < 7]
            assert faint == [], (stage, size)
            # As large on a screen with fewer lines.
            least = 28 * min(size["width"] / 1920, size["height"] / 1080)
            small = [each for each in read if each["size"] < least - 0.01]
            assert small == [], (stage, size)
            over = screen.evaluate(
                "[document.documentElement.scrollHeight - innerHeight,"
                " document.documentElement.scrollWidth - innerWidth]"
            )
            assert max(over) <= 0, (stage, size)


@pytest.mark.parametrize("look", LOOKS)
def test_every_state_meets_wcag(browse: Browse, place: Place, look: str):
    page = browse(0, place.screen, reduced_motion="reduce", **LOOKS[look])
    objections = {}

    def look_at(state: str, *urls: str) -> None:
        for url in urls:
            page.goto(url)
            page.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = true; })")
            if problems := [*findings(page), *sideways(page)]:
                objections[f"{state}: {url.split('/', 5)[5]}"] = problems

    look_at("at first", place.screen, place.console, place.hands(0))
    for stage, _ in stages(place):
        look_at(stage, place.screen, place.console)
    put(place, 0, 'from apps.statements.services import choose_means\n'
                  'choose_means(actor=actor, asked=asked, means="hands")\n' + OPEN)  # fmt: skip
    look_at("hands", place.screen, place.console, place.hands(0))
    put(place, 0, 'from apps.statements.services import count_hands\n'
                  'from apps.statements.measures.counts import Counts\n'
                  'count_hands(actor=actor, asked=asked, counts={None: Counts(9, 2)}, members=18)\n'
                  'show_on_screen(actor=actor, showing="blank")')  # fmt: skip
    look_at("entered", place.screen, place.console, place.hands(0))
    assert objections == {}


def test_shapes_alone_tell_answers_apart_where_the_reader_chooses_the_colours(
    browse: Browse, place: Place
):
    for _ in stages(place):
        pass
    page = browse(0, place.screen, forced_colors="active")
    look = page.evaluate(
        """() => Object.fromEntries(["agree", "disagree", "unsure"].map((side) => {
          const style = getComputedStyle(document.querySelector(`path.dots-${side}`));
          return [side, [style.fill, style.stroke]];
        }))"""
    )
    assert look["agree"] == look["disagree"]
    assert look["unsure"][0] == "none"
    assert look["unsure"][1] == look["agree"][0]
