"""Several people are invited at once, each by a link of their own."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from apps.core.exceptions import NotPermitted
from apps.core.models import AuditEntry, OutgoingMail
from apps.participants.models import PersonalLink
from apps.participants.services import Outcome, invite_several
from apps.workshops.models import Phase, Role
from tests.factories import ParticipantFactory
from tests.participants.links.browsing import accept, gets_in

pytestmark = pytest.mark.django_db
SITE = "https://rapporteur.example.edu"
LIST = "/w/harbours/people/"
INVITE = f"{LIST}several/invite/"


@pytest.fixture
def facilitator(workshop):
    return ParticipantFactory(workshop=workshop, role=Role.FACILITATOR)


@pytest.fixture
def expected(workshop):
    """Make somebody who hasn't come yet."""

    def make(name, email="", **values):
        return ParticipantFactory(
            workshop=workshop, user=None, display_name=name, email=email, **values
        )

    return make


@pytest.fixture
def everybody(ada, expected, workshop):
    """Ada, who has an address, and one for each reason not to send anything."""
    return {
        "ada": (ada, Outcome.SENT),
        "without an address": (expected("Bea"), Outcome.TO_COPY),
        "came by account": (
            ParticipantFactory(workshop=workshop, email="cem@example.org"),
            Outcome.IN_ALREADY,
        ),
        "came by code": (
            expected("Dov", "dov@example.org", consented_at=timezone.now()),
            Outcome.IN_ALREADY,
        ),
        "waits": (
            expected("Eva", "eva@example.org", admitted_at=None, consented_at=timezone.now()),
            Outcome.WAITING,
        ),
        "of the team": (
            expected("Fay", "fay@example.org", role=Role.RAPPORTEUR),
            Outcome.FOR_THE_OWNER,
        ),
        "removed": (expected("Gil", "gil@example.org", removed_at=timezone.now()), None),
    }


def ids(people):
    return {"people": [str(person.pk) for person, _ in people.values()]}


def test_for_each_is_done_what_can_be(facilitator, everybody):
    elsewhere = ParticipantFactory(user=None, email="far@example.org")
    done = invite_several(
        actor=facilitator,
        people=[*(person for person, _ in everybody.values()), elsewhere],
        site=SITE,
    )
    expected = {person.pk: outcome for person, outcome in everybody.values() if outcome}
    assert {person.pk: outcome for person, outcome in done} == expected
    # One link was made, and for nobody but who was sent it.
    assert PersonalLink.objects.get().participant == everybody["ada"][0]
    assert OutgoingMail.objects.values_list("to", flat=True).get() == "ada@example.org"
    assert AuditEntry.objects.filter(verb="link.sent").count() == 1


def test_an_owner_invites_the_team_as_well(owner, everybody):
    fay, _ = everybody["of the team"]
    assert invite_several(actor=owner, people=[fay], site=SITE) == [(fay, Outcome.SENT)]


def test_each_comes_in_by_the_own_link_and_by_no_earlier_one(
    browser_of, facilitator, ada, link, expected
):
    bo = expected("Bo", "bo@example.org")
    browser_of(facilitator).post(INVITE, {"people": [str(ada.pk), str(bo.pk)]})
    assert not gets_in(_came(Client(), link))
    for person in (ada, bo):
        text = OutgoingMail.objects.get(to=person.email).text
        [path] = re.findall(r"http://testserver(/k/\S+)", text)
        assert gets_in(_came(Client(), path))
        person.refresh_from_db()
        assert person.consented_at


def test_the_page_says_what_was_done_for_each(browser_of, facilitator, everybody):
    browser = browser_of(facilitator)
    answer = browser.post(INVITE, ids(everybody))
    page = " ".join(answer.content.decode().split())
    assert "1 link is on the way" in page
    for said in (
        "A link is on its way.", "No e-mail address is on the list.", "they are in already",
        "they wait in the", "an owner invites them",
    ):  # fmt: skip
        assert said in page
    assert "Gil" not in page
    # Facilitators read no addresses; neither does a link stand here.
    assert "@example.org" not in page.partition("<main")[2]
    assert "/k/" not in page
    # The others' links are made one at a time, on a page that shows one once.
    bea, _ = everybody["without an address"]
    [address] = re.findall(r'action="([^"]*/invitation/)"', page)
    assert address == f"{LIST}{bea.pk}/invitation/"
    shown = browser.post(address).content.decode()
    [link] = re.findall(r'value="http://testserver(/k/[^"]+)"', shown)
    assert gets_in(_came(Client(), link))


def test_an_owner_reads_where_the_links_went(browser_of, owner, everybody):
    page = browser_of(owner).post(f"{INVITE}?role=participant", ids(everybody)).content.decode()
    assert "on its way to ada@example.org" in " ".join(page.split())
    # And finds back to where the ticks were set.
    assert f'href="{LIST}?role=participant"' in page


@pytest.mark.parametrize("role", [Role.OWNER, Role.FACILITATOR])
def test_the_list_offers_it_to_those_who_may(browser_of, workshop, ada, role):
    browser = browser_of(ParticipantFactory(workshop=workshop, role=role))
    page = browser.get(LIST).content.decode()
    assert f'value="{ada.pk}" form="several"' in page
    assert "Invite them" in page
    assert ("Change them" in page) is (role == Role.OWNER)
    type(workshop).objects.update(phase=Phase.ARCHIVED)
    assert "Invite them" not in browser.get(LIST).content.decode()


def test_nobody_ticked_is_said_in_words(browser_of, facilitator, ada):
    far = ParticipantFactory(user=None, email="far@example.org")
    for people in ([], ["x"], [str(far.pk)]):
        answer = browser_of(facilitator).post(INVITE, {"people": people})
        assert answer.status_code == 422
        assert "Tick the people" in answer.content.decode()
    assert not PersonalLink.objects.exists()


@pytest.mark.parametrize("role", [Role.RAPPORTEUR, Role.PARTICIPANT, Role.OBSERVER])
def test_nobody_else_invites(workshop, ada, role):
    actor = ParticipantFactory(workshop=workshop, role=role)
    with pytest.raises(NotPermitted):
        invite_several(actor=actor, people=[ada], site=SITE)


def test_no_address_is_shown_to_facilitators_where_one_is_invited(browser_of, facilitator, ada):
    page = browser_of(facilitator).get(f"{LIST}{ada.pk}/invitation/").content.decode()
    assert "link to their e-mail address" in page
    assert "ada@example.org" not in page


def _came(client, link):
    accept(client, link)
    return client
