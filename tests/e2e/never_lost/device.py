"""What a note-taker does on a device, and what can be seen there: the one place that knows how."""

from collections.abc import Callable, Iterable
from typing import Any

from playwright.sync_api import Page, Route

from tests.e2e.never_lost.conftest import Place

SENDING = "**/capture/queue/"
QUEUE = 'const queue = await import("/static/js/queue/index.js");'


def ask(page: Page, script: str, given: object = None) -> Any:
    """Run `script` in the page, where `queue` is the queue and `given` what is handed over."""
    return page.evaluate(f"async (given) => {{ {QUEUE} {script} }}", given)


def write(
    page: Page, place: Place, texts: Iterable[str], person: int = 0, **fields: object
) -> None:
    """Write notes on the device; returns once it keeps them, whatever became of them since."""
    entries = [
        {
            "workshop": place.slug, "actor": place.people[person], "kind": "note",
            "session": place.sessions[0], "fields": {"text": text, **fields},
        }
        for text in texts
    ]  # fmt: skip
    ask(page, "for (const entry of given) await queue.add(entry);", entries)


def kept(page: Page) -> list[str]:
    """Return what the device still keeps, in order."""
    return [each["fields"]["text"] for each in ask(page, "return queue.entries();")]


def states(page: Page) -> list[str]:
    """Return in which state each kept entry is."""
    return [each["state"] for each in ask(page, "return queue.entries();")]


def says(page: Page) -> str:
    """Return the state in words."""
    told = ask(
        page,
        "return new Promise((done) => queue.subscribe((state) => done(queue.status(state))));",
    )
    return str(told)


def wait_until(page: Page, condition: str, given: object = None) -> None:
    """Wait until `condition` is true of the queue's `state`, and of what is `given`."""
    ask(
        page,
        f"""await new Promise((done, fail) => {{
            setTimeout(() => fail(new Error("waited a minute in vain")), 60_000);
            queue.subscribe((state) => {condition} && done());
        }});""",
        given,
    )


def wait_until_sent(page: Page) -> None:
    """Wait until the device keeps nothing any more."""
    wait_until(page, "!state.entries.length")


def wait_until_said(page: Page, words: str) -> None:
    """Wait until the state in words contains `words`."""
    wait_until(page, "queue.status(state).includes(given)", words)


def answer(page: Page, *answers: Callable[[Route], None]) -> list[str]:
    """Answer what the device sends by `answers` in turn, and then let it through.

    Returns a list that grows by the body of each request.
    """
    waiting = list(answers)
    sent: list[str] = []

    def take(route: Route) -> None:
        sent.append(route.request.post_data or "")
        waiting.pop(0)(route) if waiting else route.continue_()

    page.context.route(SENDING, take)
    return sent


def failing(status: int, body: str = "<h1>Sorry</h1>", kind: str = "text/html") -> Any:
    """Return an answer that isn't the server's."""
    return lambda route: route.fulfill(status=status, body=body, content_type=kind)


def losing_the_answer(route: Route) -> None:
    """Let the server take what is sent, and cut the line before it can say so."""
    route.fetch()
    route.abort("connectionreset")


def never_said_saved(page: Page) -> Callable[[], list[str]]:
    """Watch the state in words from now on; returns a function that gives what was said."""
    ask(page, "window.said = []; queue.subscribe((state) => said.push(queue.status(state)));")
    return lambda: page.evaluate("window.said")


def expect_in_order(place: Place, texts: Iterable[str]) -> None:
    """Hold that the database has exactly these notes, once each and in this order."""
    assert place.notes() == list(texts)
