"""What is no link, where links lead, and what is kept of them."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from apps.accounts.services import replace_api_token, sign_in_link
from apps.accounts.tokens import digest
from apps.core.models import AuditEntry
from apps.participants.models import PersonalLink
from apps.participants.services import (
    invite,
    send_invitation,
)
from apps.workshops.models import AttributionRule
from tests.factories import (
    JoinCodeFactory,
    ParticipantFactory,
    UserFactory,
)
from tests.participants.links.browsing import accept, gets_in

pytestmark = pytest.mark.django_db
SITE = "https://rapporteur.example.edu"


# -- what is no link ---------------------------------------------------------------------------


def cut_off(token: str) -> str:
    return token[:-1]


def with_more(token: str) -> str:
    return token + "A"


def in_capitals(token: str) -> str:
    return token.swapcase()


def its_digest(token: str) -> str:
    return digest(token)


def its_id(_token: str) -> str:
    return str(PersonalLink.objects.get().pk)


def the_id_of_the_person(_token: str) -> str:
    return str(PersonalLink.objects.get().participant_id)


def a_join_code(_token: str) -> str:
    return JoinCodeFactory(workshop=PersonalLink.objects.get().participant.workshop).code


def an_api_token(_token: str) -> str:
    return replace_api_token(user=UserFactory())


def a_sign_in_token(_token: str) -> str:
    return sign_in_link(UserFactory()).split("/")[-2]


def a_guess(_token: str) -> str:
    return "A" * 43


def odd_letters(_token: str) -> str:
    return "%00%ff%0d%0aé"


@pytest.mark.parametrize(
    "forge",
    [
        cut_off, with_more, in_capitals, its_digest, its_id, the_id_of_the_person, a_join_code,
        an_api_token, a_sign_in_token, a_guess, odd_letters,
    ],
    ids=lambda forge: forge.__name__,
)  # fmt: skip
def test_nobody_comes_in_by(client, link, forge: Callable[[str], str]):
    token = link.split("/")[2]
    client.get(f"/k/{forge(token)}/")
    assert client.post("/k/", {"rule": AttributionRule.CHATHAM_HOUSE}).status_code == 410
    assert not gets_in(client)
    assert PersonalLink.objects.get().used_at is None


def test_a_link_is_no_key_to_anything_else(client, link):
    token = link.split("/")[2]
    assert client.get(f"/join/{token}/").status_code == 404
    assert client.get(f"/accounts/link/{token}/{token}/").status_code == 410
    header = {"Authorization": f"Token {token}"}
    assert client.get("/api/v1/workshops/", headers=header).status_code == 401


def test_the_browser_forgets_a_link_when_it_opens_one_that_is_none(client, link):
    client.get(link)
    client.get("/k/nothing/")
    assert client.post("/k/", {"rule": AttributionRule.CHATHAM_HOUSE}).status_code == 410


def test_it_leads_into_its_own_workshop_and_no_other(client, owner, ada, link):
    other = ParticipantFactory()
    accept(client, link, workshop=str(other.workshop_id), participant=str(other.pk))
    assert gets_in(client)
    assert client.get(f"/w/{other.workshop.slug}/").status_code == 404


@pytest.mark.parametrize("next_", ["https://evil.example/", "//evil.example", "/w/elsewhere/"])
def test_it_leads_nowhere_else(client, link, next_):
    assert client.get(f"{link}?next={next_}").headers["Location"] == "/k/"
    page = client.get(f"/k/?next={next_}").content.decode()
    assert "evil" not in page
    used = client.post(f"/k/?next={next_}", {"rule": AttributionRule.CHATHAM_HOUSE, "next": next_})
    assert used.headers["Location"] == "/w/harbours/"


# -- what is kept of it, and where it shows ----------------------------------------------------


def test_only_its_digest_is_kept_anywhere_in_the_database(client, link):
    token = link.split("/")[2]
    assert len(token) >= 43  # 256 bits in base 64
    accept_page = client.get(link, follow=True)
    assert token not in accept_page.content.decode()
    assert PersonalLink.objects.get().digest == digest(token)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{token}%"]
            )
            assert cursor.fetchone() == (0,), table
    assert token not in str(dict(client.session.items()))


def test_a_copied_link_is_shown_once(browser_of, owner, ada):
    page = f"/w/harbours/people/{ada.pk}/invitation/"
    client = browser_of(owner)
    answer = client.post(page)
    shown = re.search(r'value="http://testserver(/k/[\w-]{43,}/)"', answer.content.decode())
    assert shown
    assert "no-store" in answer.headers["Cache-Control"]
    assert shown[1] not in client.get(page).content.decode()
    assert accept(Client(), shown[1]).status_code == 302


def test_the_token_reaches_no_other_page_by_the_referrer(client, link):
    opened = client.get(link)
    assert opened.headers["Referrer-Policy"] == "no-referrer"
    assert (opened.status_code, opened.content) == (302, b"")
    page = client.get("/k/")
    assert page.headers["Referrer-Policy"] == "same-origin"
    for answer in (opened, page):
        assert "no-store" in answer.headers["Cache-Control"]


def test_the_session_gets_a_new_key_when_the_link_is_used(client, link):
    client.get(link)
    before = client.session.session_key
    client.post("/k/", {"rule": AttributionRule.CHATHAM_HOUSE})
    assert client.session.session_key not in {before, None}
    assert "link" not in client.session


def test_the_log_tells_that_it_was_made_sent_and_used_and_nothing_of_whom(client, owner, ada):
    send_invitation(actor=owner, participant=ada, site=SITE)
    accept(client, invite(actor=owner, participant=ada))
    entries = AuditEntry.objects.filter(verb__startswith="link.")
    verbs = set(entries.values_list("verb", flat=True))
    assert verbs == {"link.made", "link.sent", "link.used"}
    told = str([(e.before, e.after, e.reason) for e in entries])
    assert "ada" not in told.lower()
