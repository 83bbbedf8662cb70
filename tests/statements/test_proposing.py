"""Participants propose what the room is asked; the team decides, for reasons told beforehand."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.core.exceptions import Conflict, Gone, NotPermitted, RuleViolation
from apps.core.models import AuditEntry
from apps.participants.models import Participant
from apps.statements.models import Declined, Proposal, ProposalState, RoundState, Statement
from apps.statements.services import change_plan, open_rounds, revise_statement
from apps.statements.services.proposals import (
    AT_ONCE,
    accept_proposal,
    decline_proposal,
    propose_statement,
)
from apps.workshops.models import AttributionRule, Phase, Role
from tests.factories import ParticipantFactory, ThemeFactory
from tests.statements.conftest import make_room

TEXT = "Nobody asked the drivers."
RULES = [AttributionRule.ON_RECORD, AttributionRule.CHATHAM_HOUSE, AttributionRule.ANONYMOUS]


@pytest.fixture
def room(db):
    return opened(make_room())


def opened(room):
    change_plan(actor=room.owner, takes_proposals=True)
    return room


@pytest.fixture
def person(room):
    return room.everybody[0]


@pytest.fixture
def page(room):
    return reverse("statements:propose", args=[room.workshop.slug])


def decide(room, proposal, what):
    return reverse(f"statements:{what}_proposal", args=[room.workshop.slug, proposal.pk])


def test_one_is_proposed_and_put_in_the_queue_under_its_theme(room, person, browser_of, page):
    theme = ThemeFactory(workshop=room.workshop, title="Ports", published=True)
    mine, team = browser_of(person), browser_of(room.facilitator)
    key = str(uuid.uuid4())
    for _ in range(2):
        answer = mine.post(page, {"id": key, "text": TEXT, "theme": theme.pk}, follow=True)
        assert "Proposed. The team decides" in answer.content.decode()
    proposal = Proposal.objects.get()
    assert (str(proposal.pk), proposal.author, proposal.theme) == (key, person, theme)
    assert "The team hasn’t decided yet." in mine.get(page).content.decode()
    listed = team.get(reverse("statements:proposals", args=[room.workshop.slug]))
    assert TEXT in listed.content.decode()
    assert str(person.pk) not in listed.content.decode()
    assert person.display_name not in listed.content.decode()
    answer = team.post(decide(room, proposal, "accept"), follow=True)
    assert "In the queue" in answer.content.decode()
    statement = Statement.objects.get()
    assert (statement.text, statement.theme) == (TEXT, theme)
    assert statement.rounds.get().state == RoundState.DRAFT
    assert "It is in the queue, and will be asked." in mine.get(page).content.decode()
    # The words that aren't asked yet stay with the team.
    assert str(statement.pk) not in mine.get(page).content.decode()


def test_in_other_words_it_is_one_statement_and_the_author_learns_of_them(
    room, person, browser_of, page
):
    mine, team = browser_of(person), browser_of(room.facilitator)
    mine.post(page, {"id": str(uuid.uuid4()), "text": TEXT})
    team.post(decide(room, Proposal.objects.get(), "accept"), {"text": "Drivers were asked."})
    [statement] = Statement.objects.all()
    assert statement.text == "Drivers were asked."
    assert "Drivers were asked." not in mine.get(page).content.decode()
    open_rounds(actor=room.facilitator, rounds=statement.rounds.all())
    assert "in other words: “Drivers were asked.”" in mine.get(page).content.decode()
    room.reveal(statement)
    revise_statement(actor=room.facilitator, statement=statement, text="Pilots were asked.")
    assert "Pilots" not in mine.get(page).content.decode()


def test_one_is_declined_for_a_reason_that_was_told_beforehand(room, person, browser_of, page):
    mine, team = browser_of(person), browser_of(room.facilitator)
    before = mine.get(page).content.decode()
    assert all(label in before for label in Declined.labels)
    mine.post(page, {"id": str(uuid.uuid4()), "text": TEXT})
    proposal = Proposal.objects.get()
    assert team.post(decide(room, proposal, "decline"), {"why": "no"}).status_code == 422
    team.post(decide(room, proposal, "decline"), {"why": Declined.SEVERAL_IDEAS})
    assert "Not asked: it holds more than one idea." in mine.get(page).content.decode()
    assert not Statement.objects.exists()


@pytest.mark.parametrize("rule", RULES)
def test_once_it_is_decided_nothing_leads_to_who_proposed_it(db, browser_of, rule):
    room = opened(make_room(attribution_rule=rule, sizes={} if rule == "anonymous" else None))
    person = ParticipantFactory(workshop=room.workshop)
    page = reverse("statements:propose", args=[room.workshop.slug])
    mine = browser_of(person)
    for text in (TEXT, "Another."):
        mine.post(page, {"id": str(uuid.uuid4()), "text": text})
    anonymous = rule == AttributionRule.ANONYMOUS
    assert {each.author for each in Proposal.objects.all()} == {None if anonymous else person}
    one, other = Proposal.objects.all()
    accept_proposal(actor=room.facilitator, proposal=one)
    decline_proposal(actor=room.facilitator, proposal=other, why=Declined.OFFENSIVE)
    assert {each.author for each in Proposal.objects.all()} == {None}
    assert not AuditEntry.objects.filter(actor_id=person.pk).exists()
    # The words of what isn't asked stay out of the log, which keeps everything.
    assert not [each for each in AuditEntry.objects.all() if "Another." in f"{each.after}"]
    # This browser remembers; another of the same person doesn't.
    assert "It is in the queue" in mine.get(page).content.decode()
    assert "What you proposed" not in browser_of(person).get(page).content.decode()


def test_the_browser_tells_its_ids_to_that_page_alone(room, person, browser_of, page):
    mine = browser_of(person)
    answer = mine.post(page, {"id": str(uuid.uuid4()), "text": TEXT})
    cookie = answer.cookies["proposed"]
    assert cookie["path"] == page
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    mine.cookies["proposed"] = "nonsense.../" + "x" * 100
    assert mine.get(page).status_code == 200


def test_of_another_workshop_nothing_is_shown_or_decided(room, person, browser_of, page):
    elsewhere = opened(make_room())
    theirs = propose_statement(actor=elsewhere.everybody[0], text="Theirs.")
    mine, team = browser_of(person), browser_of(room.facilitator)
    mine.cookies["proposed"] = theirs.pk.hex
    assert "Theirs." not in mine.get(page).content.decode()
    for what in ("accept", "decline"):
        url = decide(room, theirs, what)
        assert team.post(url, {"why": Declined.OFFENSIVE}).status_code == 404
    with pytest.raises(Conflict):
        propose_statement(actor=person, text="Mine.", id=theirs.pk)
    with pytest.raises(RuleViolation, match="theme of this workshop"):
        propose_statement(
            actor=person, text="Mine.", theme=ThemeFactory(workshop=elsewhere.workshop)
        )


def test_it_is_decided_once(room, person):
    proposal = propose_statement(actor=person, text=TEXT)
    accept_proposal(actor=room.facilitator, proposal=proposal)
    with pytest.raises(Gone, match="decided"):
        decline_proposal(actor=room.facilitator, proposal=proposal, why=Declined.OFFENSIVE)
    with pytest.raises(Gone):
        accept_proposal(actor=room.facilitator, proposal=proposal)
    assert Statement.objects.count() == 1


def test_words_that_cannot_be_asked_are_not_accepted_and_stay_to_be_decided(
    room, person, browser_of
):
    proposal = propose_statement(actor=person, text=TEXT)
    answer = browser_of(room.facilitator).post(
        decide(room, proposal, "accept"), {"text": "x" * 301}
    )
    assert answer.status_code == 422
    assert "x" * 301 in answer.content.decode()
    proposal.refresh_from_db()
    assert (proposal.state, proposal.author) == (ProposalState.WAITING, person)


def test_only_participants_propose_and_only_where_the_owner_takes_proposals(room, person):
    for role in (Role.FACILITATOR, Role.OBSERVER):
        with pytest.raises(NotPermitted):
            propose_statement(
                actor=ParticipantFactory(workshop=room.workshop, role=role), text=TEXT
            )
    proposal = propose_statement(actor=person, text=TEXT)
    for actor in (person, ParticipantFactory(workshop=room.workshop, role=Role.OBSERVER)):
        with pytest.raises(NotPermitted):
            accept_proposal(actor=actor, proposal=proposal)
    change_plan(actor=room.owner, takes_proposals=False)
    with pytest.raises(NotPermitted):
        propose_statement(actor=person, text="Another.")
    room.workshop.phase = Phase.PUBLISHED
    room.workshop.save()
    with pytest.raises(NotPermitted):
        accept_proposal(actor=Participant.objects.get(pk=room.facilitator.pk), proposal=proposal)


def test_nobody_buries_what_the_others_propose(room, person):
    for number in range(AT_ONCE):
        propose_statement(actor=person, text=f"Number {number} is so.")
    with pytest.raises(RuleViolation, match="So many wait"):
        propose_statement(actor=person, text="One more.")
    propose_statement(actor=room.everybody[1], text="One of another.")


def test_the_team_is_told_that_some_wait(room, person, browser_of):
    team = browser_of(room.facilitator)
    overview = reverse("workshops:overview", args=[room.workshop.slug])
    assert b"proposed statement" not in team.get(overview).content
    propose_statement(actor=person, text=TEXT)
    assert b"1 proposed statement waits" in team.get(overview).content


def test_the_list_asks_no_more_of_thirty_than_of_one(room, person, browser_of, page):
    team, mine = browser_of(room.facilitator), browser_of(person)
    url = reverse("statements:proposals", args=[room.workshop.slug])
    theme = ThemeFactory(workshop=room.workshop, published=True)

    def one_more(number):
        waits = propose_statement(actor=person, text=f"Waits, {number}.", theme=theme)
        for other in room.everybody[1:3]:
            done = propose_statement(actor=other, text=f"{number} of {other.pk}.", theme=theme)
            accept_proposal(actor=room.facilitator, proposal=done)
        return waits

    def asked():
        found = []
        for browser, at in ((team, url), (mine, page)):
            browser.get(at)
            with CaptureQueriesContext(connection) as queries:
                browser.get(at)
            found.append(len(queries))
        return found

    one_more(0)
    before = asked()
    for number in range(1, 10):
        one_more(number)
    assert asked() == before
