"""Every page that a person can reach by its links meets WCAG 2.2 AA, in every look."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import Running

RULES = {
    # No rule of these needs the style sheets fetched once more, and of what holds nothing is told.
    "preload": False,
    "resultTypes": ["violations"],
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
}
# Pages of another make: the API's documentation, and what isn't a page.
FOREIGN = (
    "api:", "healthz", "memos:file", "themes:export_", "participants:export_people",
    "memos:take_workshop",
    "participants:held", "participants:join_sheet",
)  # fmt: skip
# Colours don't hang on the width, nor does the layout hang on the colours: each is seen once.
LOOKS = [("light", 320), ("dark", 1360)]


def enter_as_facilitator(page: Page, running: Running) -> None:
    page.goto(running.link_for("facilitator@example.org"))
    page.get_by_role("button", name="Sign in as").click()


def enter_as_owner(page: Page, running: Running) -> None:
    page.goto(running.link_for("owner@example.org"))
    page.get_by_role("button", name="Sign in as").click()


def enter_as_participant(page: Page, running: Running) -> None:
    page.goto(running.join_link)
    page.get_by_label("Scholar").check()
    page.get_by_role("button", name="Join").click()


def enter_as_nobody(page: Page, running: Running) -> None:
    page.goto(running.join_link)


def name_of(path: str) -> str | None:
    """Return the name of the page at `path`, or None for what isn't a page of ours."""
    try:
        name = resolve(path).view_name
    except Resolver404:
        return None
    return None if name.startswith(FOREIGN) else name


def pages_within_reach(page: Page, running: Running) -> Iterator[tuple[str, str]]:
    """Visit one page of each name that links lead to, beginning here; yields (name, path)."""
    seen: set[str] = set()
    waiting = [urlsplit(page.url).path, "/"]
    while waiting:
        path = waiting.pop(0)
        name = name_of(path)
        if name is None or name in seen:
            continue
        seen.add(name)
        page.goto(running.address + path)
        if name_of(urlsplit(page.url).path) == name:
            yield name, path
        links = page.eval_on_selector_all("a[href]", "links => links.map(a => a.href)")
        waiting += [urlsplit(link).path for link in links if link.startswith(running.address)]


def findings(page: Page) -> list[dict[str, Any]]:
    """Return what axe objects to on the page as it stands."""
    return [
        {"rule": v["id"], "help": v["help"], "where": [n["html"][:200] for n in v["nodes"]][:3]}
        for v in Axe().run(page, options=RULES).response["violations"]
    ]


def sideways(page: Page) -> list[str]:
    """Return what makes the page scroll sideways; nothing when it doesn't."""
    return page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] : [
          `${document.documentElement.scrollWidth} px wide`,
          ...[...document.querySelectorAll("body *")]
            .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
            .map((e) => e.outerHTML.slice(0, 120)).slice(0, 5)]"""
    )


@pytest.mark.parametrize(
    ("enter", "scheme", "width"),
    [
        # Facilitators are led to no page that owners aren't led to.
        (enter_as_facilitator, *LOOKS[0]),
        *(
            (enter, *look)
            for enter in (enter_as_owner, enter_as_participant, enter_as_nobody)
            for look in LOOKS
        ),
    ],
)
def test_every_page_within_reach(
    browser: Browser, running: Running, enter: Any, scheme: Any, width: int
):
    context = browser.new_context(
        color_scheme=scheme, reduced_motion="reduce", viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    said: list[str] = []
    page.on(
        "console", lambda m: said.append(f"{m.text} {m.location}") if m.type == "error" else None
    )
    enter(page, running)
    objections: dict[str, list[Any]] = {}
    visited: list[str] = []
    for name, path in pages_within_reach(page, running):
        visited.append(name)
        if said:
            objections[f"{name} {path}, by the browser"] = [*said]
        for problem in [*findings(page), *sideways(page)]:
            objections.setdefault(f"{name} {path} at {width}", []).append(problem)
        said.clear()  # axe itself tries inline styles
    context.close()
    assert objections == {}
    assert len(visited) >= (2 if enter is enter_as_nobody else 5), visited


def test_the_check_finds_a_page_that_falls_short(page: Page):
    page.set_viewport_size({"width": 320, "height": 900})
    page.set_content('<html lang="en"><title>x</title><main><h1>x</h1><img src="x"><p>'
                     + "x" * 400 + "</p></main>")  # fmt: skip
    assert "image-alt" in {finding["rule"] for finding in findings(page)}
    assert sideways(page)
