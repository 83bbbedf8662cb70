"""The screen of the room, and the console that steers it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.core.exceptions import NotPermitted, RuleViolation
from apps.participants.models import Participant
from apps.statements.measures.counts import Counts
from apps.statements.models import RoundState, Screen, Showing, Tally
from apps.statements.room import SIZES, stage_of
from apps.statements.selectors import screen_of
from apps.statements.services import (
    ask_again,
    change_plan,
    open_on_screen,
    reveal_on_screen,
    revise_statement,
    show_on_screen,
)
from apps.workshops.models import AttributionRule, Phase, Role
from tests.factories import (
    JoinCodeFactory,
    ParticipantFactory,
    StatementFactory,
    ThemeFactory,
)
from tests.factories.asking import go_to, put_answers
from tests.statements.conftest import make_room

TEXT = "Influence is an end in itself."
ROLES = [Role.OWNER, Role.FACILITATOR, Role.RAPPORTEUR, Role.PARTICIPANT, Role.OBSERVER]


def address(room, name="screen", *args):
    return reverse(f"statements:{name}", args=[room.workshop.slug, *args])


def shown(client, room):
    """Return the page of the screen, without what tells one request from another."""
    answer = client.get(address(room))
    assert answer.status_code == 200
    return answer.content.decode()


def words(page):
    """Return what a page says, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def on_screen(room, statement):
    show_on_screen(actor=room.facilitator, showing="round", asked=room.round_of(statement))


@pytest.fixture
def team(room, browser_of):
    return browser_of(room.facilitator)


@pytest.fixture
def reader(room, browser_of):
    return browser_of(room.people["scholars"][0])


class TestScreen:
    def test_it_says_how_to_join_to_those_who_may_know_the_code(self, room, team, reader):
        code = JoinCodeFactory(workshop=room.workshop)
        page = shown(team, room)
        assert str(code) in page
        assert "QR code that leads to http://testserver/j" in page
        theirs = shown(reader, room)
        assert room.workshop.title in theirs
        assert str(code) not in theirs
        assert code.key not in theirs

    def test_while_it_is_open_and_closed_it_says_how_many_answered(self, room, team):
        statement = room.ask(TEXT)
        on_screen(room, statement)
        room.answer(statement, scholars=[1, 1, -1], practitioners=[0])
        assert "4 of 12 answered" in words(shown(team, room))
        room.close(statement)
        assert "Closed. 4 of 12 answered" in words(shown(team, room))

    def test_what_nobody_knows_the_number_of_has_no_end(self, room, team):
        change_plan(actor=room.owner, is_open=True)
        statement = room.ask(TEXT)
        on_screen(room, statement)
        room.answer(statement, scholars=[1, 1])
        page = shown(team, room)
        assert re.search(r">\s*2 answered", page)
        assert "<progress" not in page

    def test_once_revealed_it_shows_the_result_drawn_and_in_words(self, room, reader):
        statement = room.ask(TEXT)
        on_screen(room, statement)
        room.answer(statement, scholars=[1] * 6, practitioners=[1] + [-1] * 5)
        room.reveal(statement)
        page = words(shown(reader, room))
        assert "7 agree 0 unsure 5 disagree" in page
        assert "Divided. 7 agreed and 5 disagreed." in page
        assert "changing their answer would change this verdict" in page

    def test_groups_are_drawn_where_figures_may_be_told_and_else_in_words(self, browser_of, db):
        room = make_room(sizes={"scholars": 11, "practitioners": 6, "donors": 3})
        statement = room.ask(TEXT)
        on_screen(room, statement)
        room.answer(
            statement, scholars=[1] * 9 + [-1] * 2, practitioners=[-1] * 6, donors=[1, -1, 0]
        )
        room.reveal(statement)
        page = words(shown(browser_of(room.facilitator), room))
        assert "Donors" not in page
        assert "Results for donors are not shown" in page
        assert "6 of 6" not in page
        assert "0 of 6" not in page

    def test_few_answers_are_not_drawn(self, room, team):
        statement = room.ask(TEXT)
        on_screen(room, statement)
        room.answer(statement, scholars=[1, -1])
        room.reveal(statement)
        page = shown(team, room)
        assert "Not enough answers" in page
        assert "1 agree" not in words(page)
        assert "dots-agree" not in page

    def test_nothing_is_nothing(self, room, reader):
        statement = room.ask(TEXT)
        on_screen(room, statement)
        show_on_screen(actor=room.facilitator, showing=Showing.BLANK)
        page = shown(reader, room)
        body = page.split("<main")[1]
        assert TEXT not in page
        assert words(body.split(">", 1)[1]).startswith("The screen is blank")

    def test_words_that_are_not_asked_yet_are_never_on_it(self, room, reader):
        statement = StatementFactory(workshop=room.workshop, text=TEXT)
        with pytest.raises(RuleViolation, match="isn’t asked yet"):
            on_screen(room, statement)
        # Not even where the database has it so.
        Screen.objects.create(
            workshop=room.workshop, showing=Showing.ROUND, round=room.round_of(statement)
        )
        assert TEXT not in shown(reader, room)
        open_on_screen(actor=room.facilitator, asked=room.round_of(statement))
        room.answer(statement, scholars=[1] * 6)
        reveal_on_screen(actor=room.facilitator, asked=room.round_of(statement))
        revise_statement(actor=room.facilitator, statement=statement, text="Other words.")
        ask_again(actor=room.facilitator, statement=statement)
        page = shown(reader, room)
        assert "Other words" not in page
        assert TEXT in page
        assert "6 agree" in words(page)

    def test_it_names_nobody_and_no_theme(self, room, team, reader):
        theme = ThemeFactory(workshop=room.workshop, title="Secret heading")
        statement = room.ask(TEXT, theme=theme)
        on_screen(room, statement)
        room.answer(statement, scholars=[1] * 6)
        room.reveal(statement)
        people = Participant.objects.filter(workshop=room.workshop)
        for client in (team, reader):
            page = shown(client, room)
            assert "Secret heading" not in page
            assert not [p for p in people if p.display_name and p.display_name in page]

    def test_a_statement_of_elsewhere_is_refused(self, room):
        other = make_room()
        with pytest.raises(RuleViolation, match="of this workshop"):
            show_on_screen(
                actor=room.facilitator, showing="round", asked=other.round_of(other.ask())
            )

    def test_participants_put_nothing_on_it(self, room, reader):
        assert reader.post(address(room, "show"), {"showing": "blank"}).status_code == 403
        with pytest.raises(NotPermitted):
            show_on_screen(actor=room.people["scholars"][0], showing="blank")
        assert not Screen.objects.exists()

    @pytest.mark.parametrize("given", [{}, {"showing": "all"}, {"showing": "round", "round": "x"}])
    def test_what_makes_no_sense_is_refused_in_words(self, room, team, given):
        answer = team.post(address(room, "show"), given, follow=True)
        assert answer.status_code == 200
        assert "notice-warn" in answer.content.decode()
        assert not Screen.objects.exists()


class TestStage:
    """What stands on the screen, and how large."""

    def shown(self, room, text, **answers):
        statement = room.ask(text)
        on_screen(room, statement)
        room.answer(statement, **answers)
        room.reveal(statement)
        return stage_of(screen_of(room.workshop))

    def test_what_is_short_is_large_and_what_is_long_is_smaller(self, room):
        sizes = []
        for text in ("Short.", "A sentence of some length. " * 5, "A long sentence. " * 17):
            statement = room.ask(text.strip())
            on_screen(room, statement)
            sizes.append(stage_of(screen_of(room.workshop)).size)
        names = [size.name for size in SIZES]
        assert sizes == sorted(sizes, key=names.index)
        assert sizes[0] == "huge" != sizes[-1]

    def test_a_result_says_all_there_is_where_there_is_room(self, db):
        room = make_room(sizes={"scholars": 10, "practitioners": 10})
        stage = self.shown(
            room, TEXT, scholars=[1] * 8 + [-1] * 2, practitioners=[-1] * 8 + [1] * 2
        )
        assert [row.title for row in stage.groups.rows] == ["Practitioners", "Scholars"]
        assert "opposed" in stage.sentences[0]

    def test_where_there_is_no_room_the_last_sentences_go(self, db):
        sizes = {f"{name} of the coast": 12 for name in ("clerks", "pilots", "divers", "smiths")}
        room = make_room(sizes={**sizes, "others": 3})
        answers = {name: [1 - 2 * (n % 2)] * 11 + [0] for n, name in enumerate(sizes)}
        short = self.shown(room, "Short.", **answers)
        long = self.shown(room, "A long sentence. " * 17, **answers)
        assert long.size == "small"
        assert 0 < len(long.sentences) < len(short.sentences)
        assert short.sentences[: len(long.sentences)] == long.sentences

    def test_groups_told_in_words_are_not_said_twice(self, room):
        stage = self.shown(room, TEXT, scholars=[1] * 6, practitioners=[-1] * 6)
        assert stage.groups is None
        assert len(stage.sentences) == 1
        assert "opposed" in stage.sentences[0]


class TestBeforeTheReveal:
    """Whatever people answer, the pages are the same to the byte: nobody can know."""

    @pytest.fixture
    def watching(self, room, browser_of):
        people = {
            Role.OWNER: room.owner,
            Role.FACILITATOR: room.facilitator,
            Role.RAPPORTEUR: ParticipantFactory(workshop=room.workshop, role=Role.RAPPORTEUR),
            Role.PARTICIPANT: room.people["practitioners"][5],
            Role.OBSERVER: ParticipantFactory(workshop=room.workshop, role=Role.OBSERVER),
        }
        return {role: browser_of(person) for role, person in people.items()}

    def pages(self, watching, room, statement):
        found = {}
        for role, client in watching.items():
            for name, args in (("screen", []), ("console", []), ("hands", [statement.pk])):
                answer = client.get(address(room, name, *args))
                page = re.sub(r'(csrfmiddlewaretoken" value=)"\w+"', r"\1", answer.content.decode())
                found[role, name] = (answer.status_code, page)
        return found

    @pytest.mark.parametrize("state", [RoundState.OPEN, RoundState.CLOSED])
    def test_no_byte_depends_on_what_was_answered(self, room, watching, state):
        statement = room.ask(TEXT)
        on_screen(room, statement)
        asked = room.round_of(statement)
        if state == RoundState.CLOSED:
            go_to(asked, state, members=12)
        seen = []
        for counts in (Counts(10), Counts(0, 8, 2)):
            Tally.objects.all().delete()
            put_answers(asked, {room.groups["scholars"]: counts})
            seen.append(self.pages(watching, room, statement))
        assert seen[0] == seen[1]
        assert "10 of 12 answered" in words(seen[0][Role.PARTICIPANT, "screen"][1])
        assert {seen[0][role, "screen"][0] for role in ROLES} == {200}


class TestConsole:
    def send(self, client, room, statement, step):
        data = {"step": step, "round": room.round_of(statement).pk}
        return client.post(address(room, "console"), data, follow=True)

    def test_one_step_after_the_other_and_the_screen_follows(self, room, team, reader):
        statement, later = (
            StatementFactory(workshop=room.workshop, text=text) for text in (TEXT, "Later.")
        )
        page = team.get(address(room, "console")).content.decode()
        assert "Not asked yet" in words(page)
        self.send(team, room, statement, "open")
        assert TEXT in shown(reader, room)
        room.answer(statement, scholars=[1] * 6)
        page = words(team.get(address(room, "console")).content.decode())
        assert "6 of 12 answered" in page
        self.send(team, room, statement, "close")
        assert "Closed. 6 of 12" in words(shown(reader, room))
        page = self.send(team, room, statement, "reveal").content.decode()
        assert "6 agree" in words(page)
        assert "6 agree" in words(shown(reader, room))
        assert f'href="?at={later.pk}"' in page
        assert room.round_of(later).state == RoundState.DRAFT

    def test_revealing_puts_it_on_the_screen_whatever_was_there(self, room, team):
        statement = room.ask(TEXT)
        room.answer(statement, scholars=[1] * 6)
        show_on_screen(actor=room.facilitator, showing=Showing.BLANK)
        room.close(statement)
        self.send(team, room, statement, "reveal")
        assert "6 agree" in words(shown(team, room))

    def test_the_screen_goes_blank_and_comes_back(self, room, team):
        statement = room.ask(TEXT)
        on_screen(room, statement)
        page = team.get(address(room, "console")).content.decode()
        assert re.search(r'id="show-blank"[^>]*aria-keyshortcuts="b"', page)
        team.post(address(room, "show"), {"showing": "blank"})
        page = team.get(address(room, "console")).content.decode()
        assert re.search(r'id="show-round"[^>]*aria-keyshortcuts="b"', page)
        team.post(address(room, "show"), {"showing": "round", "round": room.round_of(statement).pk})
        assert TEXT in shown(team, room)

    def test_another_round_of_the_same_statement(self, room, team):
        statement = room.ask(TEXT)
        room.answer(statement, scholars=[1] * 6)
        self.send(team, room, statement, "reveal")
        page = self.send(team, room, statement, "again").content.decode()
        assert "Open round 2" in words(page)
        self.send(team, room, statement, "open")
        assert "Round 2" in words(shown(team, room))
        assert "0 of 12 answered" in words(shown(team, room))

    def test_what_cannot_be_is_said_in_words(self, room, team):
        statement = StatementFactory(workshop=room.workshop, text=TEXT)
        page = self.send(team, room, statement, "reveal").content.decode()
        assert "isn’t open" in page
        assert room.round_of(statement).state == RoundState.DRAFT
        for data in ({}, {"step": "open", "round": "x"}, {"step": "jump"}):
            answer = team.post(address(room, "console"), data, follow=True)
            assert "notice-warn" in answer.content.decode()

    def test_a_closed_one_is_opened_again_but_not_under_the_anonymous_rule(self, room, browser_of):
        anonymous = make_room(sizes={}, attribution_rule=AttributionRule.ANONYMOUS)
        for each, offered in ((room, True), (anonymous, False)):
            statement = each.ask(TEXT)
            each.close(statement)
            page = browser_of(each.facilitator).get(address(each, "console")).content.decode()
            assert ("Open it again" in page) is offered

    def test_it_is_of_the_team_alone_and_of_a_workshop_under_way(self, room, team, reader):
        assert reader.get(address(room, "console")).status_code == 403
        room.workshop.phase = Phase.PUBLISHED
        room.workshop.save()
        assert team.get(address(room, "console")).status_code == 403

    def test_an_empty_queue_says_how_to_begin(self, room, team):
        assert "Nothing to ask yet" in team.get(address(room, "console")).content.decode()

    def test_withdrawn_statements_are_not_in_the_queue(self, room, team):
        hidden = StatementFactory(workshop=room.workshop, text="Withdrawn words.")
        hidden.withdrawn_at = room.workshop.created_at
        hidden.save()
        StatementFactory(workshop=room.workshop, text=TEXT)
        page = team.get(address(room, "console")).content.decode()
        assert "Withdrawn words" not in page
        assert TEXT in page


@pytest.mark.parametrize("name", ["screen", "console"])
def test_as_many_queries_for_thirty_statements_as_for_one(room, team, name):
    counts = []
    for more in (1, 29):
        for _ in range(more):
            statement = room.ask()
            room.answer(statement, scholars=[1] * 6, practitioners=[-1] * 6)
        on_screen(room, statement)
        room.reveal(statement)
        team.get(address(room, name))
        with CaptureQueriesContext(connection) as queries:
            assert team.get(address(room, name)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
