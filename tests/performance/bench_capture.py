"""How quick taking notes is: `make bench`. Prints what was measured; exits 1 where it is too slow.

Starts the program as `make run` does, with 2,000 notes in a session and 5,000 in its workshop, and
types in Chromium on a page with 1,000 of them.
"""

import gzip
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

from tests.e2e.capturing.conftest import SIGNED_IN
from tests.e2e.conftest import CHROMIUM, QUIET, Running, started

IN_SESSION, IN_WORKSHOP, ON_PAGE = 2_000, 5_000, 1_000
LINES, ASKED = 60, 40
LINE = "the ports matter more than the patrols #legit"
MAKE = f"""{SIGNED_IN}
from apps.notes.models import NoteCounter
there, team, sessions = workshop(0)
def fill(session, first, count):
    Note.objects.bulk_create([
        Note(workshop=there, session=session, sequence=number, change=number, recorded_by=team[1],
             text=f"Note {{number}}: ports matter more than patrols, said from the coast")
        for number in range(first, first + count)])
fill(sessions[1], 1, {IN_WORKSHOP - IN_SESSION})
fill(sessions[0], {IN_WORKSHOP - IN_SESSION} + 1, {IN_SESSION})
NoteCounter.objects.update_or_create(
    workshop=there, defaults={{"last": {IN_WORKSHOP}, "changes": {IN_WORKSHOP}}})
print(json.dumps({{"slug": there.slug, "session": str(sessions[0].pk),
                  "keys": [signed_in(each) for each in users]}}))
"""
# When what a key did is on the screen: after the frame in which the page drew it.
WATCH = """() => {
  const box = document.getElementById("note-text");
  const measured = { key: [], enter: [], saved: [] };
  const pressed = new Map();
  const painted = (then) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => then(performance.now());
    port2.postMessage(null);
  });
  let last = null;
  // Before the page itself hears of it: the row that it adds must find its key.
  box.addEventListener("keydown", (event) => {
    const at = event.timeStamp;
    if (event.key === "Enter") last = at;
    painted((now) => measured[event.key === "Enter" ? "enter" : "key"].push(now - at));
  }, { capture: true });
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const row of addedNodes)
        if (row.dataset?.pending !== undefined) pressed.set(row.dataset.entry, last);
  }).observe(document.getElementById("notes"), { childList: true });
  document.addEventListener("queue:saved", ({ detail }) => {
    measured.saved.push(performance.now() - pressed.get(detail.id));
  });
  window.measured = measured;
}"""
# When a row of another device is there, by the clock that both share.
SEEN = """() => {
  window.seen = {};
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const row of addedNodes) {
        const words = row.querySelector?.(".note-text")?.textContent;
        if (words) window.seen[words] ??= Date.now();
      }
  }).observe(document.getElementById("notes"), { childList: true });
}"""


@dataclass
class Figure:
    """Something measured, with what it may be at most."""

    about: str
    value: float
    at_most: float
    unit: str = "ms"

    @property
    def holds(self) -> bool:
        """Whether it isn't more than it may be."""
        return self.value <= self.at_most

    def __str__(self) -> str:
        said = "" if self.holds else "   TOO MUCH"
        return f"{self.about:<64}{self.value:9.1f} {self.unit:<3} (≤ {self.at_most:g}){said}"


def p95(values: list[float]) -> float:
    """Return what 95 of 100 values don't exceed."""
    return sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)]


def signed_in(browser: Browser, running: Running, key: str) -> BrowserContext:
    """Return a browser that is somebody's."""
    context = browser.new_context(viewport={"width": 1360, "height": 900}, service_workers="block")
    context.add_cookies([{"name": "sessionid", "value": key, "url": running.address}])
    return context


def asked(context: BrowserContext, url: str) -> list[float]:
    """Return how long the server took to answer `url`, time after time."""
    took = []
    for _ in range(ASKED):
        before = time.perf_counter()
        answer = context.request.get(url)
        took.append((time.perf_counter() - before) * 1000)
        assert answer.ok, (url, answer.status)
    return took


def weight(page: Page, url: str, running: Running) -> tuple[float, list[str]]:
    """Return how many kB of JavaScript a visit to `url` brings, compressed, and what is foreign."""
    scripts: dict[str, bytes] = {}
    foreign: list[str] = []

    def weigh(answer: Any) -> None:
        if not answer.url.startswith(running.address):
            foreign.append(answer.url)
        elif urlsplit(answer.url).path.endswith(".js"):
            scripts[answer.url] = answer.body()

    page.on("response", weigh)
    page.goto(url)
    expect(page.locator("#capture-status")).not_to_be_empty()
    page.remove_listener("response", weigh)
    return sum(len(gzip.compress(body)) for body in scripts.values()) / 1000, foreign


def typed(mine: Page, theirs: Page) -> tuple[dict[str, list[float]], list[float]]:
    """Type lines on one page, and return how long each step took, here and on the other page."""
    mine.evaluate(WATCH)
    theirs.evaluate(SEEN)
    mine.locator("#note-text").focus()
    sent: dict[str, float] = {}
    for number in range(LINES):
        mine.keyboard.type(f"{number} {LINE}", delay=15)
        sent[f"{number} {LINE.partition(' #')[0]}"] = mine.evaluate("Date.now()")
        mine.keyboard.press("Enter")
        mine.wait_for_timeout(150)
    expect(mine.locator("#capture-status")).to_have_text("All saved")
    expect(theirs.get_by_text(list(sent)[-1], exact=True)).to_be_visible()
    seen = theirs.evaluate("window.seen")
    measured: dict[str, list[float]] = mine.evaluate("window.measured")
    return measured, [seen[words] - at for words, at in sent.items()]


def measure(browser: Browser, running: Running) -> list[Figure]:
    """Return what there is to say of a day with many notes."""
    made = json.loads(running.manage("shell", "--no-imports", "-c", MAKE))
    capture = f"{running.address}/w/{made['slug']}/capture/"
    url = f"{capture}?session={made['session']}"
    one, other = (signed_in(browser, running, key) for key in made["keys"])
    mine, theirs = one.new_page(), other.new_page()
    kilobytes, foreign = weight(mine, url, running)
    mine.goto(f"{url}&shown={ON_PAGE}")
    theirs.goto(url)
    theirs.wait_for_timeout(1_500)
    steps, second = typed(mine, theirs)
    rows = f"{capture}rows?session={made['session']}&since="
    page, nothing = asked(one, url), asked(one, f"{rows}99999")
    ten = asked(one, f"{rows}{IN_WORKSHOP + LINES - 10}")
    return [
        Figure("A key, until its letter is on the screen: 95th percentile", p95(steps["key"]), 100),
        Figure("Enter, until the note is on the screen", p95(steps["enter"]), 100),
        Figure("Enter, until the server has the note", p95(steps["saved"]), 1000),
        Figure("Enter, until a second device shows it", p95(second), 1000),
        Figure(f"The page of a session with {IN_SESSION:,}: median", statistics.median(page), 100),
        Figure("What changed, when nothing did: median", statistics.median(nothing), 100),
        Figure("What changed, when ten notes did: median", statistics.median(ten), 100),
        Figure("JavaScript of the page, compressed", kilobytes, 100, "kB"),
        Figure("Requests to anybody else", len(foreign), 0, ""),
    ]


def main() -> int:
    """Measure, print, and say whether all holds."""
    var = Path(tempfile.mkdtemp(prefix="rapporteur-bench-"))
    try:
        with started(var) as running, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
            figures = measure(browser, running)
            browser.close()
    finally:
        shutil.rmtree(var, ignore_errors=True)
    sys.stdout.write("\n".join(map(str, figures)) + "\n")
    return 0 if all(figure.holds for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
