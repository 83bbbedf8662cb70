"""The lobby: waiting, being let in, being turned away."""

import pytest
from django.test import Client

from apps.core.models import AuditEntry
from apps.participants.models import Participant
from apps.participants.services import admit, admit_all, start_workshop, turn_away
from apps.workshops.models import AttributionRule, Phase, Role
from tests.factories import (
    GroupFactory,
    JoinCodeFactory,
    ParticipantFactory,
    UserFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def code():
    return JoinCodeFactory(workshop=WorkshopFactory(lobby=True), code="K7QM20D1")


@pytest.fixture
def place(code):
    return f"/w/{code.workshop.slug}/"


@pytest.fixture
def facilitator(code):
    return ParticipantFactory(workshop=code.workshop, role=Role.FACILITATOR)


@pytest.fixture
def join(code):
    """Return a function by which somebody new joins with a browser of their own."""

    def join(client: Client | None = None, **values: str) -> tuple[Client, Participant]:
        client = client or Client()
        rule = code.workshop.attribution_rule
        client.post("/join/K7QM20D1/", {"rule": rule, "display_name": "", **values})
        return client, Participant.objects.order_by("created_at").last()

    return join


# -- waiting -----------------------------------------------------------------------------------


def test_whoever_joins_waits_and_is_nobody_until_they_are_admitted(join, place, facilitator):
    client, waiting = join()
    assert waiting.admitted_at is None
    assert client.get("/join/K7QM20D1/").headers["Location"] == f"{place}waiting/"
    assert "You’ll be let in shortly" in client.get(f"{place}waiting/").content.decode()
    for address in ("", "themes/", "capture/", "memo/", "agenda/", "leave/", "keep-place/"):
        assert client.get(f"{place}{address}").status_code == 404
    assert client.get(f"/api/v1/workshops/{waiting.workshop.slug}/").status_code == 404
    assert client.get("/api/v1/workshops/").json() == []
    admit(actor=facilitator, participant=waiting)
    assert client.get(f"{place}waiting/").headers["Location"] == place
    assert client.get(place).status_code == 200


def test_the_page_goes_on_by_itself(join, place, facilitator):
    client, waiting = join()
    assert client.get(f"{place}waiting/", headers=HTMX).status_code == 204
    admit(actor=facilitator, participant=waiting)
    assert client.get(f"{place}waiting/", headers=HTMX).headers["HX-Redirect"] == place


def test_the_page_works_without_scripts(join, place):
    client, _ = join()
    page = client.get(f"{place}waiting/").content.decode()
    assert f'<form method="get" action="{place}waiting/">' in page
    said = page.partition("<noscript>")[2].partition("</noscript>")[0]
    assert "press “Look again”" in said


def test_a_browser_that_waits_and_joins_again_is_the_same_person(join, place):
    client, waiting = join()
    _, again = join(client)
    assert again == waiting
    assert Participant.objects.count() == 1


def test_somebody_with_an_account_waits_as_well_on_every_device(code, join, place, facilitator):
    user = UserFactory()
    phone, laptop = Client(), Client()
    for client in (phone, laptop):
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    _, waiting = join(phone)
    assert waiting.user == user
    assert laptop.get("/join/K7QM20D1/").headers["Location"] == f"{place}waiting/"
    assert laptop.get(place).status_code == 404
    admit(actor=facilitator, participant=waiting)
    assert laptop.get(place).status_code == 200


@pytest.mark.parametrize("who", ["stranger", "elsewhere", "removed", "here", "nobody"])
def test_the_waiting_page_is_there_for_those_who_wait(code, place, browser_of, who, settings):
    people = {
        "stranger": lambda: browser_of(ParticipantFactory()),
        "elsewhere": lambda: browser_of(ParticipantFactory(admitted_at=None)),
        "removed": lambda: browser_of(
            ParticipantFactory(workshop=code.workshop, removed_at="2026-05-13T10:00Z")
        ),
        "here": lambda: browser_of(ParticipantFactory(workshop=code.workshop)),
        "nobody": Client,
    }
    answer = people[who]().get(f"{place}waiting/")
    expected = {"here": 302, "nobody": 302}.get(who, 404)
    assert answer.status_code == expected
    if who == "here":
        assert answer.headers["Location"] == place
    if who == "nobody":
        assert answer.headers["Location"].startswith("/accounts/login/")


def test_without_a_lobby_one_is_in_at_once(code, join, place):
    code.workshop.lobby = False
    code.workshop.save()
    client, participant = join()
    assert participant.admitted_at
    assert client.get(place).status_code == 200


@pytest.mark.parametrize(
    ("rule", "lobby"),
    [
        (AttributionRule.CHATHAM_HOUSE, True),
        (AttributionRule.ON_RECORD, False),
        (AttributionRule.ANONYMOUS, False),
    ],
)
def test_a_new_workshop_has_a_lobby_under_the_chatham_house_rule(rule, lobby):
    basics = {"title": "A", "starts_on": "2026-05-13", "attribution_rule": rule}
    assert start_workshop(user=UserFactory(), **basics).workshop.lobby is lobby
    said = start_workshop(user=UserFactory(), **{**basics, "title": "B"}, lobby=not lobby)
    assert said.workshop.lobby is not lobby


# -- letting in --------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.OWNER, Role.FACILITATOR])
def test_the_lobby_says_who_waits(code, join, place, browser_of, role):
    group = GroupFactory(workshop=code.workshop, singular="scholar")
    join(display_name="Ada Waits", group=str(group.pk))
    join(group="neither")
    actor = ParticipantFactory(workshop=code.workshop, role=role, display_name="Here Already")
    page = browser_of(actor).get(f"{place}lobby/").content.decode()
    assert "2 wait to be let in" in page
    assert "Ada Waits" in page
    assert "scholar" in page
    assert "Somebody without a name" in page
    waiting = page.partition('<section class="stack lobby"')[2].partition("</section>")[0]
    assert "Here Already" not in waiting


@pytest.mark.parametrize("role", [Role.RAPPORTEUR, Role.PARTICIPANT, Role.OBSERVER])
@pytest.mark.parametrize("address", ["", "all/", "{id}/in/", "{id}/away/"])
def test_others_see_and_do_nothing_there(join, place, browser_of, role, address):
    _, waiting = join()
    client = browser_of(ParticipantFactory(workshop=waiting.workshop, role=role))
    url = f"{place}lobby/{address.format(id=waiting.pk)}"
    answer = client.post(url, {"shown": [waiting.pk]}) if address else client.get(url)
    assert answer.status_code == 403
    waiting.refresh_from_db()
    assert waiting.admitted_at is None


def test_the_team_is_told_that_somebody_waits(code, join, place, browser_of, facilitator):
    rapporteur = ParticipantFactory(workshop=code.workshop, role=Role.RAPPORTEUR)
    before = browser_of(facilitator).get(place).content.decode()
    assert "to be let in" not in before
    join()
    seen = browser_of(facilitator).get(place).content.decode()
    assert "1 waits to be let in" in seen
    assert f'href="{place}lobby/"' in seen
    # A rapporteur learns how many, and no more.
    counted = browser_of(rapporteur).get(place).content.decode()
    assert "1 waits</strong> to be let in" in counted
    assert f"{place}lobby/" not in counted


def test_one_is_let_in_and_others_go_on_waiting(join, place, browser_of, facilitator):
    _, first = join()
    _, second = join()
    client = browser_of(facilitator)
    assert client.post(f"{place}lobby/{first.pk}/in/").headers["Location"] == f"{place}lobby/"
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.admitted_at
    assert second.admitted_at is None
    entry = AuditEntry.objects.get(verb="participant.admitted")
    assert (entry.actor_id, entry.subject_id) == (facilitator.pk, first.pk)
    assert (entry.before, entry.after) == ({}, {})


def test_all_are_let_in_who_were_shown_and_nobody_who_came_since(
    join, place, browser_of, facilitator
):
    shown = [str(join()[1].pk) for _ in range(3)]
    _, late = join()
    browser_of(facilitator).post(f"{place}lobby/all/", {"shown": [*shown, "no id"]})
    assert Participant.objects.filter(pk__in=shown, admitted_at=None).count() == 0
    late.refresh_from_db()
    assert late.admitted_at is None


def test_whoever_waits_elsewhere_isnt_let_in_from_here(place, browser_of, facilitator):
    foreign = ParticipantFactory(admitted_at=None)
    client = browser_of(facilitator)
    assert client.post(f"{place}lobby/{foreign.pk}/in/").status_code == 404
    assert client.post(f"{place}lobby/{foreign.pk}/away/").status_code == 404
    client.post(f"{place}lobby/all/", {"shown": [foreign.pk]})
    foreign.refresh_from_db()
    assert foreign.admitted_at is None


def test_when_a_colleague_was_quicker_that_is_said(join, place, browser_of, facilitator):
    _, waiting = join()
    admit(actor=facilitator, participant=waiting)
    client = browser_of(facilitator)
    for verb in ("in", "away"):
        told = client.post(f"{place}lobby/{waiting.pk}/{verb}/", follow=True).content.decode()
        assert "They aren’t waiting any more" in told
    waiting.refresh_from_db()
    assert waiting.admitted_at


def test_the_page_is_answered_only_when_others_wait_than_it_shows(
    join, place, browser_of, facilitator
):
    client = browser_of(facilitator)
    seen = client.get(f"{place}lobby/").context["seen"]
    assert client.get(f"{place}lobby/?seen={seen}", headers=HTMX).status_code == 204
    join()
    news = client.get(f"{place}lobby/?seen={seen}", headers=HTMX)
    assert "1 waits to be let in" in news.content.decode()
    assert (
        '<p id="lobby-news" hx-swap-oob="innerHTML">1 waits to be let in</p>'
        in news.content.decode()
    )
    assert "<html" not in news.content.decode()


def test_in_an_archived_workshop_nobody_is_let_in(code, join, place, browser_of, facilitator):
    _, waiting = join()
    code.workshop.phase = Phase.ARCHIVED
    code.workshop.save()
    client = browser_of(facilitator)
    assert client.post(f"{place}lobby/{waiting.pk}/in/").status_code == 403
    assert client.get(f"{place}lobby/").status_code == 403


# -- turning away ------------------------------------------------------------------------------


def test_whoever_is_turned_away_is_told_and_nothing_of_them_is_kept(
    join, place, browser_of, facilitator
):
    client, waiting = join(display_name="Mallory")
    browser_of(facilitator).post(f"{place}lobby/{waiting.pk}/away/")
    assert not Participant.objects.filter(pk=waiting.pk).exists()
    assert client.get(f"{place}waiting/", headers=HTMX).headers["HX-Redirect"] == f"{place}waiting/"
    assert "You weren’t let in" in client.get(f"{place}waiting/").content.decode()
    assert client.get(place).status_code == 404
    assert AuditEntry.objects.filter(verb="participant.turned_away").exists()
    assert "Mallory" not in str(list(AuditEntry.objects.values()))


def test_a_mistake_can_be_mended(join, place, facilitator):
    client, waiting = join()
    turn_away(actor=facilitator, participant=waiting)
    _, again = join(client, display_name="Ada")
    assert again.pk != waiting.pk
    admit_all(actor=facilitator, shown=[again.pk])
    assert client.get(place).status_code == 200


def test_whoever_is_in_isnt_turned_away(code, facilitator):
    here = ParticipantFactory(workshop=code.workshop)
    assert turn_away(actor=facilitator, participant=here) is False
    assert Participant.objects.filter(pk=here.pk).exists()
