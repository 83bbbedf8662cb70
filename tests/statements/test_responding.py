"""Answering: one statement at a time, each in an order of one's own."""

import re

import pytest
from django.urls import reverse

from apps.statements.models import Response, Round, Scale
from apps.statements.selectors import asked_of
from apps.statements.services import change_plan, close_rounds, open_rounds, respond
from apps.statements.services.statements import put_statement
from apps.workshops.models import Role
from tests.factories import ParticipantFactory, StatementFactory, ThemeFactory
from tests.statements.conftest import make_room

TEXTS = [f"Statement {word} is true." for word in ("one", "two", "three", "four", "five", "six")]


@pytest.fixture
def asked(room):
    """Six statements that are open."""
    return [room.ask(text) for text in TEXTS]


@pytest.fixture
def person(room):
    return room.people["scholars"][0]


@pytest.fixture
def browser(browser_of, person):
    return browser_of(person)


@pytest.fixture
def page(room):
    return reverse("statements:respond", args=[room.workshop.slug])


HIDDEN = re.compile(
    r"<form[^>]*\shidden>.*?</form>|<section[^>]*\shidden>.*?</section>|<template.*?</template>",
    re.DOTALL,
)


def shown(answer):
    """Return what is to be seen of a page: one statement, or all of them."""
    return HIDDEN.sub("", answer.content.decode())


def heading(answer):
    return re.search(r"<h1[^>]*>([^<]*)</h1>", shown(answer))[1]


def link(answer, words):
    """Return where a link leads."""
    return re.search(rf'href="(\?[^"]*)">{words}<', shown(answer))[1]


def order_of(actor):
    return [each.text for each in asked_of(actor)]


def send(browser, room, text, value, **more):
    [statement] = room.workshop.statements.filter(text=text)
    url = reverse("statements:answer", args=[room.workshop.slug, room.round_of(statement).pk])
    return browser.post(url, {"value": value, **more}, follow=True)


def test_each_is_asked_in_an_order_of_their_own_that_stays(room, asked):
    orders = {person.pk: order_of(person) for person in room.everybody}
    assert {person.pk: order_of(person) for person in room.everybody} == orders
    assert all(sorted(order) == sorted(TEXTS) for order in orders.values())
    assert len({tuple(order) for order in orders.values()}) > 6
    assert len({order[0] for order in orders.values()}) > 2


def test_one_after_another_until_all_are_answered(browser, page, room, asked, person):
    order = order_of(person)
    answer = browser.get(page)
    for text in order:
        assert heading(answer) == text
        answer = send(browser, room, text, 1)
    assert heading(answer) == "You have answered everything"
    assert Response.objects.filter(participant=person, value=1).count() == len(TEXTS)
    assert heading(browser.get(page)) == "You have answered everything"


def test_back_and_skip_lead_through_the_order(browser, page, room, asked, person):
    order = order_of(person)
    answer = browser.get(page)
    for text in order:
        assert heading(answer) == text
        answer = browser.get(page + link(answer, "Skip"))
    # Whoever skips everything comes to an end, and is led back in.
    assert heading(answer) == "0 of 6 answered"
    assert "Answer them" in shown(answer)
    last = browser.get(f"{page}?round={asked_of(person)[-1].round.pk}")
    assert heading(browser.get(page + link(last, "Back"))) == order[-2]
    assert "hidden>Back<" in shown(browser.get(page))


def test_what_was_skipped_is_asked_again(browser, page, room, asked, person):
    order = order_of(person)
    answer = send(browser, room, order[1], 1)
    assert heading(answer) == order[2]
    for text in order[2:]:
        answer = send(browser, room, text, 0)
    assert heading(answer) == "5 of 6 answered"
    assert "Answer the one that is left" in shown(answer)
    assert heading(browser.get(page)) == order[0]


def test_an_answer_can_be_seen_and_changed_until_the_round_closes(
    browser, page, room, asked, person
):
    first, second = asked_of(person)[:2]
    send(browser, room, first.text, -1, reason="It is a means.")
    answer = shown(browser.get(f"{page}?round={first.round.pk}"))
    assert re.search(r'value="-1" aria-pressed="true"', answer)
    assert answer.count("aria-pressed") == 1
    assert "It is a means." in answer
    send(browser, room, first.text, 1)
    kept = Response.objects.get(participant=person)
    assert (kept.value, kept.reason) == (1, "")
    close_rounds(actor=room.facilitator, rounds=[first.round])
    answer = send(browser, room, first.text, 0)
    assert f"Not taken: “{first.text}”. This round is closed" in answer.content.decode()
    assert heading(answer) == second.text
    assert Response.objects.get(participant=person).value == 1


def test_the_summary_says_what_one_answered_and_nothing_of_others(
    browser, page, room, asked, person
):
    for other in room.everybody[1:]:
        respond(actor=other, asked=asked_of(other)[0].round, value=-1, reason="Not so.")
    send(browser, room, TEXTS[0], 1)
    answer = shown(browser.get(f"{page}?all"))
    assert heading(browser.get(f"{page}?all")) == "1 of 6 answered"
    assert len(re.findall(r">Agree<", answer)) == 1
    assert len(re.findall("Not answered yet", answer)) == 5
    assert "Disagree" not in answer
    assert "Not so." not in answer


def test_nobody_reads_from_the_page_how_many_answered_or_what(browser_of, page, room, asked):
    """The page is the same, to the byte, whatever the others answered."""
    person, *others = room.everybody
    hidden = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
    look = [browser_of(person).get(url).content.decode() for url in (page, f"{page}?all")]
    for other in others:
        for each in asked_of(other):
            respond(actor=other, asked=each.round, value=1)
    after = [browser_of(person).get(url).content.decode() for url in (page, f"{page}?all")]
    assert [hidden.sub("", text) for text in look] == [hidden.sub("", text) for text in after]


def test_five_answers_where_the_scale_has_five(browser, page, room):
    room.ask("Five may be said.", scale=Scale.FIVE)
    buttons = re.findall(r'name="value" value="(-?\d)"(?! data)', shown(browser.get(page)))
    assert buttons == ["2", "1", "0", "-1", "-2"]
    send(browser, room, "Five may be said.", -2)
    assert Response.objects.get().value == -2


def test_something_that_is_no_answer_is_refused_and_what_was_written_stays(
    browser, room, asked, person
):
    for value in ("2", "", "often"):
        answer = send(browser, room, TEXTS[0], value, reason="Because it is.")
        assert answer.status_code == 422
        assert "Choose one of the answers." in answer.content.decode()
        assert "Because it is." in answer.content.decode()
    assert not Response.objects.exists()


def test_only_what_is_open_here_can_be_answered(browser, room, person):
    draft = put_statement(actor=room.facilitator, text="Not asked yet.")
    elsewhere = make_room().ask("Asked elsewhere.")
    for statement in (draft, elsewhere):
        url = reverse("statements:answer", args=[room.workshop.slug, statement.rounds.get().pk])
        assert browser.post(url, {"value": 1}).status_code == 404
    assert not Response.objects.exists()


def test_the_team_answers_where_the_owner_said_so(browser_of, page, room, asked):
    browser = browser_of(room.facilitator)
    assert browser.get(page).status_code == 403
    change_plan(actor=room.owner, team_answers=True)
    assert browser.get(page).status_code == 200


def test_nothing_is_asked_says_so(browser, page, room):
    assert heading(browser.get(page)) == "Nothing is asked at the moment"


def test_the_theme_stands_beside_the_statement(browser, page, room):
    room.ask("Influence lasts.", theme=ThemeFactory(workshop=room.workshop, title="Influence"))
    assert re.search(r'class="tag tag-theme"[^>]*>Influence<', shown(browser.get(page)))


def test_the_overview_offers_to_answer_while_something_is_left(browser, room, person):
    overview = reverse("workshops:overview", args=[room.workshop.slug])
    assert b"for your answer" not in browser.get(overview).content
    room.ask(TEXTS[0])
    assert "One statement waits for your answer" in browser.get(overview).content.decode()
    room.ask(TEXTS[1])
    assert "2 statements wait for your answer" in browser.get(overview).content.decode()
    for text in TEXTS[:2]:
        send(browser, room, text, 1)
    assert "You have answered all 2 statements" in browser.get(overview).content.decode()
    # What keeps it up to date is the same.
    offer = browser.get(reverse("statements:offer", args=[room.workshop.slug])).content.decode()
    assert "You have answered all 2 statements" in offer
    assert offer.strip() in browser.get(overview).content.decode()


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.OBSERVER])
def test_nobody_is_offered_what_they_may_not(browser_of, room, asked, role):
    browser = browser_of(ParticipantFactory(workshop=room.workshop, role=role))
    overview = reverse("workshops:overview", args=[room.workshop.slug])
    assert b"ask-offer" not in browser.get(overview).content


class TestMany:
    @pytest.fixture
    def asked(self, room):
        statements = [
            StatementFactory(workshop=room.workshop, text=f"Number {n} is so.") for n in range(70)
        ]
        open_rounds(actor=room.facilitator, rounds=Round.objects.filter(workshop=room.workshop))
        return statements

    def test_of_many_each_is_asked_sixty_and_then_the_rest(self, room, asked, person):
        first = asked_of(person)
        assert len(first) == 60
        for each in first[:15]:
            respond(actor=person, asked=each.round, value=1)
        after = asked_of(person)
        assert {each.text for each in after[:15]} == {each.text for each in first[:15]}
        assert [each.answered for each in after] == 15 * [True] + 55 * [False]
        assert len({each.text for each in after}) == 70

    def test_sooner_what_few_have_answered_and_never_by_what_they_did(self, room, asked, person):
        others = room.everybody[1:8]
        often = {room.round_of(each).pk for each in asked[:35]}
        for other in others:
            for pk in often:
                respond(actor=other, asked=pk, value=1)
        before = order_of(person)
        newcomers = [ParticipantFactory(workshop=room.workshop) for _ in range(20)]
        first = [each.round.pk for one in newcomers for each in asked_of(one)[:20]]
        # By chance it would be half of them; nothing starves.
        assert 0.65 < sum(pk not in often for pk in first) / len(first) < 0.95
        for other in others:
            for pk in often:
                respond(actor=other, asked=pk, value=-1)
        assert order_of(person) == before
