"""What is published in one process is heard in all, by those who may."""

import json
from collections.abc import Callable

import psycopg
import pytest
from django.db import transaction

from apps.core import live
from apps.notes.services import record_note
from apps.themes.services import add_theme, comment_on_theme, publish_theme, unpublish_theme
from apps.workshops.models import AttributionRule, Phase, Role
from apps.workshops.rules import TEAM
from tests.factories import ParticipantFactory, SessionFactory, ThemeFactory, WorkshopFactory
from tests.live.conftest import Page, Web, listening
from tests.reliability.conftest import wait_for

Listen = Callable[..., Page]
Webs = tuple[Web, Web]

# The agenda is the team's draft while the day goes on.
READERS_HEAR = {"day", "feed", "comments", "statements", "screen"}
EVERYTHING = READERS_HEAR | {
    *("notes", "thoughts", "themes", "people", "agenda", "answers", "proposals"),
}


def test_pages_of_both_processes_hear_of_a_note(webs: Webs, listen: Listen):
    rapporteur = ParticipantFactory(role=Role.RAPPORTEUR)
    facilitator = ParticipantFactory(role=Role.FACILITATOR, workshop=rapporteur.workshop)
    pages = [listen(webs[0], rapporteur), listen(webs[1], facilitator)]
    for page in pages:
        page.hear_until("hello")
    session = SessionFactory(workshop=rapporteur.workshop)
    note = record_note(actor=rapporteur, session=session, text="Said")
    for page in pages:
        assert page.hear_until("notes")[-1] == ("notes", str(note.change))


def test_what_is_rolled_back_is_never_heard_of(webs: Webs, listen: Listen):
    rapporteur = ParticipantFactory(role=Role.RAPPORTEUR)
    page = listen(webs[0], rapporteur)
    page.hear_until("hello")
    with transaction.atomic():
        add_theme(actor=rapporteur, title="Never")
        transaction.set_rollback(True)
    live.publish(rapporteur.workshop_id, "day", 1)
    assert "themes" not in dict(page.hear_until("day"))


@pytest.mark.parametrize("rule", AttributionRule)
def test_nobody_hears_of_what_they_may_not_read(webs: Webs, listen: Listen, rule: AttributionRule):
    workshop = WorkshopFactory(attribution_rule=rule, phase=Phase.LIVE)
    decoy = ParticipantFactory(role=Role.OWNER, workshop=WorkshopFactory(attribution_rule=rule))
    pages = {
        role: listen(webs[0], ParticipantFactory(role=role, workshop=workshop)) for role in Role
    }
    hello = {role: json.loads(page.hear_until("hello")[-1][1]) for role, page in pages.items()}
    for topic in [*sorted(EVERYTHING - {"day"}), "day"]:
        live.publish(decoy.workshop_id, topic, 666)
        live.publish(workshop.pk, topic, 7)
    for role, page in pages.items():
        may = EVERYTHING if role in TEAM else READERS_HEAR
        # They don't read along either.
        may = may - {"feed"} if role == Role.OBSERVER else may
        heard = [event for event in page.hear_until("day") if event[0] != "presence"]
        assert sorted(heard) == sorted((topic, "7") for topic in may)
        assert set(hello[role]["topics"]) == may | ({"presence"} if role in TEAM else set())


def test_participants_hear_of_a_theme_as_long_as_they_can_read_it(webs: Webs, listen: Listen):
    rapporteur = ParticipantFactory(role=Role.RAPPORTEUR)
    participant = ParticipantFactory(workshop=rapporteur.workshop)
    page = listen(webs[0], participant)
    page.hear_until("hello")
    theme = ThemeFactory(workshop=rapporteur.workshop)
    comment_on_theme(actor=rapporteur, theme=theme, text="Among us")
    live.publish(rapporteur.workshop_id, "day", 1)
    assert page.hear_until("day") == [("day", "1")]
    for change in (publish_theme, unpublish_theme):
        change(actor=rapporteur, theme=theme)
        assert page.hear() == ("comments", "0")


def test_a_killed_connection_leaves_no_gap(webs: Webs, listen: Listen, dsn: str):
    rapporteur = ParticipantFactory(role=Role.RAPPORTEUR)
    pages = [listen(web, rapporteur) for web in webs]
    for page in pages:
        page.hear_until("hello")
    before = set(listening(dsn))
    assert len(before) == 2
    with psycopg.connect(dsn, autocommit=True) as own:
        for pid in before:
            own.execute("SELECT pg_terminate_backend(%s)", [pid])
    # Perhaps nobody hears this: then it is what the pages are told to look for.
    live.publish(rapporteur.workshop_id, "day", 1)
    for page in pages:
        page.hear_until("resync")
    wait_for(lambda: len(set(listening(dsn)) - before) == 2)
    live.publish(rapporteur.workshop_id, "day", 2)
    for page in pages:
        page.hear_until("day", "2")


def test_note_takers_are_told_how_many_others_there_are(webs: Webs, listen: Listen):
    one, other, third = (
        ParticipantFactory(role=role, workshop=workshop)
        for workshop in [WorkshopFactory()]
        for role in (Role.RAPPORTEUR, Role.FACILITATOR, Role.OWNER)
    )
    takes_notes = {"query": "?on=capture"}
    first = listen(webs[0], one, **takes_notes)
    first.hear_until("presence", "0")
    # The same person in two windows, in two processes, is one.
    with listen(webs[0], other, **takes_notes), listen(webs[1], other, **takes_notes) as second:
        first.hear_until("presence", "1")
        second.hear_until("presence", "1")
        # Who only reads isn't counted, but is told.
        listen(webs[1], third).hear_until("presence", "2")
    first.hear_until("presence", "0")


def test_participants_are_neither_counted_nor_told(webs: Webs, listen: Listen):
    rapporteur = ParticipantFactory(role=Role.RAPPORTEUR)
    participant = ParticipantFactory(workshop=rapporteur.workshop, user=None)
    page = listen(webs[0], rapporteur, query="?on=capture")
    page.hear_until("presence", "0")
    theirs = listen(webs[0], participant, query="?on=capture")
    theirs.hear_until("hello")
    live.publish(rapporteur.workshop_id, "day", 1)
    assert "presence" not in dict(theirs.hear_until("day"))
    assert "presence" not in dict(page.hear_until("day"))
