"""Who is let in to listen, and how."""

import http.client
from collections.abc import Callable

import pytest
from django.test import Client

from apps.participants.models import Participant
from apps.workshops.models import Role
from tests.factories import ParticipantFactory
from tests.live.conftest import Page, Web
from tests.reliability.conftest import wait_for

Listen = Callable[..., Page]
Webs = tuple[Web, Web]


def ask(web: Web, person: Participant, cookies: str, method: str = "GET", **headers: str) -> int:
    """Return what somebody is answered who asks otherwise than a page does."""
    connection = http.client.HTTPConnection("localhost", web.port, timeout=10)
    path = f"/w/{person.workshop.slug}/events"
    connection.request(method, path, headers={"Cookie": cookies, **headers})
    status = connection.getresponse().status
    connection.close()
    return status


def test_a_stream_carries_the_headers_of_every_answer(webs: Webs, listen: Listen):
    page = listen(webs[0], ParticipantFactory())
    headers = page.answer.headers
    assert headers["Content-Type"] == "text/event-stream"
    assert "no-store" in headers["Cache-Control"]
    assert headers["X-Accel-Buffering"] == "no"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert (headers["X-Frame-Options"], headers["X-Content-Type-Options"]) == ("DENY", "nosniff")
    assert "Content-Length" not in headers


def test_strangers_are_told_no_more_than_by_any_page(
    webs: Webs, cookies_of: Callable[[Participant], str]
):
    person, stranger = ParticipantFactory(), ParticipantFactory(role=Role.OWNER)
    assert ask(webs[0], person, "") == 401
    assert ask(webs[0], person, cookies_of(stranger)) == 404
    nowhere = ParticipantFactory.build(workshop__slug="none")
    assert ask(webs[0], nowhere, cookies_of(stranger)) == 404


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Host": "elsewhere.example"}, 400),
    ],
)
def test_another_site_cant_open_streams(
    webs: Webs, cookies_of: Callable[[Participant], str], headers: dict[str, str], status: int
):
    person = ParticipantFactory()
    assert ask(webs[0], person, cookies_of(person), **headers) == status


def test_a_head_is_answered_and_done_and_nothing_can_be_sent(
    webs: Webs, cookies_of: Callable[[Participant], str]
):
    person = ParticipantFactory()
    cookies = cookies_of(person)
    assert ask(webs[0], person, cookies, "HEAD") == 200
    assert ask(webs[0], person, cookies, "POST") == 403


def test_somebody_can_have_ten_pages_open(
    webs: Webs, listen: Listen, cookies_of: Callable[[Participant], str]
):
    person = ParticipantFactory()
    cookies = cookies_of(person)
    pages = [listen(webs[0], person, cookies=cookies) for _ in range(10)]
    assert ask(webs[0], person, cookies) == 429
    # Others aren't kept out by it.
    listen(webs[0], ParticipantFactory(workshop=person.workshop))
    pages[0].close()
    wait_for(lambda: ask(webs[0], person, cookies) == 200, 10)


def test_without_a_server_that_keeps_it_open_the_answer_is_the_greeting(
    browser_of: Callable[[Participant], Client], db: None
):
    person = ParticipantFactory()
    answer = browser_of(person).get(f"/w/{person.workshop.slug}/events")
    assert answer.content.startswith(b"event: hello\n")
