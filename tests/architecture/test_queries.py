"""No page and no list asks the database more often because there is more to show."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.workshops.models import Role
from tests.architecture.full_workshop import FullWorkshop
from tests.architecture.routes import Route, routes

MORE = 29
# Arguments whose name doesn't say of what they are.
KINDS = {
    ("agendas", "question_id"): "research-question",
    ("workshops", "question_id"): "guiding-question",
    ("memos", "file_id"): "memo-file",
    ("api", "note_id"): "note",
}


def address(route: Route, full: FullWorkshop) -> str | None:
    """Return an address of `route` in the full workshop; None if it leads elsewhere."""
    if "slug" not in route.arguments:
        return (
            reverse(route.name) if route.name in {"workshops:list", "api:workshop-list"} else None
        )
    found = {}
    for argument in route.arguments - {"format"}:
        if argument == "pk":
            name = route.name.partition(":")[2]
            kind = max((kind for kind in full.keys if name.startswith(f"{kind}-")), key=len)
        else:
            kind = KINDS.get((route.app, argument), argument.removesuffix("_id"))
        found[argument] = full.arguments.get(argument) or full.keys[kind]
    return reverse(route.name, kwargs=found)


def queries_of(client: Client, url: str) -> int | None:
    """Return how many queries a GET of `url` takes; None if it has no page to show."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.get(url)
    return len(queries) if answer.status_code == 200 else None


def grown(full: FullWorkshop, client: Client, urls: list[str]) -> dict[str, tuple[int, int]]:
    """Return the addresses that take more queries once there are thirty of everything."""
    for url in urls:
        client.get(url)  # what is fetched once a process is fetched now
    before = {url: queries_of(client, url) for url in urls}
    for _ in range(MORE):
        full.add_one_of_each()
    after = {url: queries_of(client, url) for url in urls}
    assert {u for u, n in before.items() if n is None} == {u for u, n in after.items() if n is None}
    assert sum(n is not None for n in before.values()) > 15
    return {url: (before[url], after[url]) for url in urls if before[url] != after[url]}


@pytest.fixture
def full(db):
    return FullWorkshop()


@pytest.mark.parametrize("role", [Role.OWNER, Role.RAPPORTEUR, Role.PARTICIPANT])
def test_pages_ask_no_more_of_thirty_than_of_one(full, browser_of, role):
    urls = [url for route in routes() if (url := address(route, full))]
    assert grown(full, browser_of(full.people[role]), urls) == {}


def test_the_check_finds_a_page_that_asks_for_each_row(full, browser_of, settings, tmp_path):
    (tmp_path / "agendas").mkdir()
    (tmp_path / "agendas" / "agenda.html").write_text(
        "{% for theme in workshop.themes.all %}{{ theme.notes.count }}{% endfor %}"
    )
    settings.TEMPLATES = [
        {**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}
    ]
    client = browser_of(full.people[Role.OWNER])
    url = reverse("agendas:agenda", args=[full.workshop.slug])
    before = queries_of(client, url)
    full.add_one_of_each()
    assert queries_of(client, url) > before
