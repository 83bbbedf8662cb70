"""Groups of like opinion: shown where they are reliable, and otherwise why they aren't."""

import random

import pytest
from django.urls import reverse

from apps.core.models import JobState
from apps.statements.models import OpinionMap, Response, RoundState
from apps.statements.services import look_for_opinion_groups, map_opinions
from apps.workshops.models import AttributionRule
from tests.factories import StatementFactory
from tests.factories.asking import go_to
from tests.statements.conftest import make_room

pytestmark = pytest.mark.django_db
STATEMENTS = 12


def camps(room, chance=0.9):
    """Let half of the room agree with half of the statements, and the others with the rest."""
    draw = random.Random(5)
    people = room.everybody
    asked = [StatementFactory(workshop=room.workshop) for _ in range(STATEMENTS)]
    for place, statement in enumerate(asked):
        going = room.round_of(statement)
        go_to(going, RoundState.OPEN)
        Response.objects.bulk_create(
            Response(
                workshop=room.workshop,
                round=going,
                participant=person,
                value=1 if ((number % 2 == place % 2) == (draw.random() < chance)) else -1,
            )
            for number, person in enumerate(people)
        )
    room.reveal(*asked)


def looked_for(room):
    found = look_for_opinion_groups(actor=room.facilitator)
    map_opinions(job_id=found.pk)
    found.refresh_from_db()
    return found


def test_groups_are_drawn_and_told_what_they_hold(room, browser_of):
    statement = room.ask()
    room.answer(statement, scholars=[1] * 6)
    snapshot = room.reveal(statement)
    holds = {
        "statement": str(statement.pk), "text": statement.text, "agrees": True, "count": 28,
        "seen": 30,
    }  # fmt: skip
    content = {
        "people": 60, "statements": 12, "reason": None, "share": [0.4, 0.1], "sizes": [30, 30],
        "points": [[-1.0, 0.2, 0], [1.0, -0.2, 1]], "stability": 1.0, "typical": [[holds], []],
    }  # fmt: skip
    OpinionMap.objects.create(
        workshop=room.workshop, snapshot=snapshot, state=JobState.READY, content=content
    )
    page = browser_of(room.facilitator).get(
        reverse("statements:opinions", args=[room.workshop.slug])
    ).content.decode()  # fmt: skip
    assert "2 groups among 60 people" in page
    assert "Group A: 30 people" in page
    assert "28 of 30 agree" in page
    assert "explain 50 % of how the answers differ" in page
    assert page.count('class="opinion opinion-disc" d="M') == 2


def test_a_room_of_twenty_seven_has_none(browser_of):
    room = make_room(sizes={"scholars": 13, "practitioners": 14})
    camps(room)
    assert "fewer than 50 people" in looked_for(room).content["reason"]
    page = browser_of(room.facilitator).get(
        reverse("statements:opinions", args=[room.workshop.slug])
    )
    assert "No reliable opinion groups" in page.content.decode()
    assert "% of how the answers differ" in page.content.decode()


def test_anonymously_nobody_can_look(db):
    room = make_room(sizes={"scholars": 6})
    statement = room.ask()
    room.answer(statement, scholars=[1] * 6)
    room.reveal(statement)
    type(room.workshop).objects.update(attribution_rule=AttributionRule.ANONYMOUS)
    assert "anonymous" in looked_for(room).content["reason"]


def test_looking_twice_is_one_piece_of_work(room):
    statement = room.ask()
    room.answer(statement, scholars=[1] * 6)
    room.reveal(statement)
    first = look_for_opinion_groups(actor=room.facilitator)
    assert look_for_opinion_groups(actor=room.owner) == first
    assert OpinionMap.objects.get().state == JobState.QUEUED
