"""The list of workshops and the overview of one."""

import pytest

from apps.workshops.models import Role
from tests.factories import ParticipantFactory, SessionFactory, WorkshopFactory


def test_the_list_shows_only_what_one_takes_part_in(rapporteur, browser_of):
    WorkshopFactory(title="A hidden one")
    ParticipantFactory(role=Role.OWNER, workshop__title="Somebody else's")
    page = browser_of(rapporteur).get("/").content.decode()
    assert rapporteur.workshop.title in page
    assert "A hidden one" not in page
    assert "Somebody else" not in page


def test_nobody_is_asked_to_sign_in(client, db):
    assert client.get("/").headers["Location"] == "/accounts/login/?next=/"


def test_the_overview_shows_where_the_workshop_stands(rapporteur, browser_of):
    SessionFactory(workshop=rapporteur.workshop, title="When to engage")
    SessionFactory(title="In another workshop")
    page = browser_of(rapporteur).get(f"/w/{rapporteur.workshop.slug}/").content.decode()
    assert "When to engage" in page
    assert "In another workshop" not in page
    assert 'aria-current="step"><strong>Synthesis' in page


@pytest.mark.parametrize("path", ["", "set-up/"])
def test_not_yours_and_not_there_are_the_same(rapporteur, browser_of, path):
    foreign = WorkshopFactory()
    client = browser_of(rapporteur)
    not_yours = client.get(f"/w/{foreign.slug}/{path}")
    not_there = client.get(f"/w/no-such/{path}")
    assert not_yours.status_code == not_there.status_code == 404
    assert not_yours.content == not_there.content
