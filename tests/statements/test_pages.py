"""The pages on which statements are put, and on which all read what was answered."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from apps.statements.models import Direction, RoundState, Statement, StatementEvidence, Tally
from apps.statements.services import (
    ask_again,
    open_rounds,
    put_statement,
    respond,
    revise_statement,
    withdraw_statement,
)
from tests.factories import AnnotationFactory, PositionFactory, ThemeFactory
from tests.statements.conftest import make_room


def page(client, room, name="queue", *args, **query):
    return client.get(
        reverse(f"statements:{name}", args=[room.workshop.slug, *args]), query_params=query
    )


def send(client, room, name, *args, **data):
    return client.post(reverse(f"statements:{name}", args=[room.workshop.slug, *args]), data)


@pytest.fixture
def team(room, browser_of):
    return browser_of(room.facilitator)


@pytest.fixture
def reader(room, browser_of):
    return browser_of(room.people["scholars"][0])


def test_a_finding_becomes_a_statement_that_tests_it(room, team):
    finding = AnnotationFactory(theme=ThemeFactory(workshop=room.workshop))
    form = page(team, room, "new", annotation=finding.pk)
    assert form.context["form"].initial["text"] == finding.claim
    answer = send(team, room, "new", text=finding.claim, scale="three", annotation=finding.pk)
    statement = Statement.objects.get()
    assert answer.url == reverse("statements:detail", args=[room.workshop.slug, statement.pk])
    assert statement.tests.get().annotation == finding


def test_a_position_becomes_a_statement_in_its_own_words(room, team):
    finding = AnnotationFactory(
        theme=ThemeFactory(workshop=room.workshop), kind="divergence", basis=""
    )
    position = PositionFactory(annotation=finding, text="It is a means.")
    query = {"annotation": finding.pk, "position": position.pk}
    assert page(team, room, "new", **query).context["form"].initial["text"] == "It is a means."
    send(team, room, "new", text="It is a means.", scale="three", direction="disagree", **query)
    test = Statement.objects.get().tests.get()
    assert (test.position, test.direction) == (position, Direction.DISAGREE)


def test_words_are_helped_with_and_never_refused(room, team):
    found = page(team, room, "wording", text="Is it not true that nobody agrees?")
    assert "This is a question" in found.content.decode()
    send(team, room, "new", text="Is it not true that nobody agrees?", scale="three")
    assert Statement.objects.count() == 1


def test_an_empty_statement_comes_back_with_what_was_typed(room, team):
    answer = send(team, room, "new", text=" ", scale="five")
    assert answer.status_code == 422
    assert answer.context["form"]["scale"].value() == "five"


def test_a_round_goes_from_the_queue_to_what_it_came_to(room, team):
    statement = put_statement(actor=room.facilitator, text="Influence is an end in itself.")
    asked = room.round_of(statement)
    send(team, room, "open", rounds=[asked.pk])
    room.answer(statement, scholars=[1] * 6, practitioners=[1, 1, 1, -1, -1, -1])
    waiting = page(team, room).content.decode()
    assert "12 of 12 answered" in waiting
    assert "agreed" not in waiting
    send(team, room, "reveal", rounds=[asked.pk], back=statement.pk)
    asked.refresh_from_db()
    assert asked.state == RoundState.REVEALED
    shown = page(team, room, "detail", statement.pk).content.decode()
    assert "9 of 12 agreed" in shown or "(9 of 12)" in shown


@pytest.mark.parametrize("name", ["queue", "detail"])
def test_before_the_reveal_no_page_tells_anybody_anything_of_it(room, browser_of, name):
    statement = room.ask()
    room.answer(statement, scholars=[1, 1, 1, 1, 1, -1], practitioners=[0] * 6)
    args = [] if name == "queue" else [statement.pk]
    for close in (False, True):
        if close:
            room.close(statement)
        for person in (room.owner, room.facilitator, room.people["scholars"][0]):
            answer = page(browser_of(person), room, name, *args)
            shown = answer.content.decode() if answer.status_code == 200 else ""
            assert "dots-" not in shown
            assert "onsensus" not in shown.replace("Consensus: at least 75", "")


def test_participants_find_what_was_asked_and_nothing_else(room, team, reader):
    waiting = put_statement(actor=room.facilitator, text="Nobody was asked this.")
    asked, done = room.ask("This is being asked."), room.ask("This was asked.")
    room.answer(done, scholars=[1] * 6, practitioners=[1] * 5 + [-1])
    room.reveal(done)
    shown = page(reader, room).content.decode()
    assert "This was asked." in shown
    assert "Nobody was asked this." not in shown
    assert page(reader, room, "detail", waiting.pk).status_code == 404
    assert page(reader, room, "detail", asked.pk).status_code == 200
    assert "Edit" not in page(reader, room, "detail", done.pk).content.decode()


def test_results_are_listed_by_what_is_shared_and_by_what_divides(room, reader):
    shared, divided = room.ask("All agree."), room.ask("Groups part.")
    room.answer(divided, scholars=[1] * 5 + [0], practitioners=[-1] * 5 + [0])
    room.answer(shared, scholars=[1] * 5 + [-1], practitioners=[1] * 5 + [-1])
    room.reveal(divided, shared)

    def order(by):
        return [found.text for found, _ in page(reader, room, order=by).context["revealed"]]

    assert order("common") == ["All agree.", "Groups part."]
    assert order("divisive") == ["Groups part.", "All agree."]
    assert order("queue") == ["All agree.", "Groups part."]


def test_reasons_stand_beside_the_result_without_anybody_s_name(room, reader):
    statement = room.ask()
    for number, person in enumerate(room.everybody):
        respond(
            actor=person,
            asked=room.round_of(statement),
            value=1 if number else -1,
            reason="" if number else "It is only a means.",
        )
    assert "only a means" not in page(reader, room, "detail", statement.pk).content.decode()
    room.reveal(statement)
    shown = page(reader, room, "detail", statement.pk).content.decode()
    assert "It is only a means." in shown
    assert room.people["scholars"][0].display_name not in shown.partition("It is only")[2][:400]


def test_a_statement_that_someone_else_changed_meanwhile_shows_both(room, team):
    statement = put_statement(actor=room.facilitator, text="Influence is an end.")
    Statement.objects.filter(pk=statement.pk).update(version=2, text="Influence is power.")
    answer = send(
        team, room, "edit", statement.pk, text="Influence is money.", scale="three", version=1
    )
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "Influence is power." in shown
    assert "Influence is money." in shown


def test_how_the_room_is_asked_is_settled_by_the_owner(room, browser_of):
    owner = browser_of(room.owner)
    given = {
        "scale": "three",
        "rounds": 3,
        "next_round": "all",
        "smallest_group": 6,
        "shared_at": 70,
    }
    assert send(owner, room, "plan", **given).status_code == 302
    shown = page(owner, room).content.decode()
    assert "Up to 3 rounds" in shown
    assert "fewer than 6 answered" in shown
    answer = send(owner, room, "plan", **{**given, "smallest_group": 2})
    assert answer.status_code == 422


def test_the_plan_asks_again_what_is_not_settled(browser_of, db):
    room = make_room()
    team = browser_of(room.facilitator)
    settled, open_one = room.ask("All agree."), room.ask("Some do.")
    room.answer(settled, scholars=[1] * 6, practitioners=[1] * 6)
    room.answer(open_one, scholars=[1] * 6, practitioners=[-1] * 6)
    room.reveal(settled, open_one)
    assert page(team, room).context["again"] == [open_one.pk]
    send(team, room, "next_round")
    assert room.round_of(open_one).number == 2
    assert room.round_of(settled).number == 1


def test_a_statement_is_found_by_its_words_by_those_who_may_read_it(room, team, reader):
    put_statement(actor=room.facilitator, text="Sovereignty is negotiable.")
    address = reverse("workshops:search", args=[room.workshop.slug])
    assert "is negotiable" in team.get(address, {"q": "sovereignty"}).content.decode()
    assert "is negotiable" not in reader.get(address, {"q": "sovereignty"}).content.decode()


def test_a_consensus_that_its_answers_contradict_says_so_where_it_stands(room, team, reader):
    theme = ThemeFactory(workshop=room.workshop, published=True)
    finding = AnnotationFactory(theme=theme, claim="Influence is an end")
    statement = room.ask("Influence is an end.")
    StatementEvidence.objects.create(
        workshop=room.workshop, statement=statement, annotation=finding
    )
    room.answer(statement, scholars=[1] * 4 + [0] * 2, practitioners=[-1] * 4 + [0] * 2)
    card = reverse("themes:detail", args=[room.workshop.slug, theme.pk])
    assert "Contradicted" not in reader.get(card).content.decode()
    room.reveal(statement)
    why = "Written up as consensus, but 4 of 12 disagreed, all of them practitioners."
    for address in (card, reverse("annotations:map", args=[room.workshop.slug])):
        shown = reader.get(address).content.decode()
        assert "Contradicted" in shown
        assert why in shown
    overview = team.get(reverse("workshops:overview", args=[room.workshop.slug]))
    assert "1 finding is contradicted by the room’s answers" in overview.content.decode()


def test_counts_that_differ_from_the_answers_are_found_at_night(room, caplog):
    statement = room.ask()
    room.answer(statement, scholars=[1, 1])
    call_command("recount_answers", stdout=StringIO())
    Tally.objects.filter(round=room.round_of(statement), count__gt=0).update(count=9)
    with pytest.raises(CommandError, match="1 of 1 rounds differ"):
        call_command("recount_answers", stdout=StringIO())
    assert "differ from its answers" in caplog.text
    call_command("recount_answers", mend=True, stdout=StringIO())
    call_command("recount_answers", stdout=StringIO())


def test_the_team_and_everybody_else_find_what_was_revealed_in_the_list(room, team, reader):
    statement = room.ask()
    room.answer(statement, scholars=[1] * 6, practitioners=[1] * 6)
    room.reveal(statement)
    for browser in (team, reader):
        found = page(browser, room).content.decode()
        assert "What the room answered" in found
        assert f'id="result-{statement.pk}"' in found


def test_what_is_told_once_waits_for_the_page_that_somebody_looks_at(room, team):
    statement = put_statement(actor=room.facilitator, text="It costs much.")
    send(team, room, "open", rounds=room.round_of(statement).pk)
    here = reverse("statements:queue", args=[room.workshop.slug])
    looked = team.get(here, headers={"X-Refresh": "1"}).content.decode()
    assert "notice-ok" not in looked
    assert "notice-ok" in team.get(here).content.decode()


def test_other_words_are_read_by_the_team_alone_until_they_are_asked(room, team, reader):
    statement = room.ask("It costs much.")
    room.answer(statement, scholars=[1] * 6)
    room.reveal(statement)
    statement.refresh_from_db()
    revise_statement(actor=room.facilitator, statement=statement, text="Aid buys influence.")
    api = f"/api/v1/workshops/{room.workshop.slug}/statements/{statement.pk}/"
    search = reverse("workshops:search", args=[room.workshop.slug])
    for client, told in ((team, True), (reader, False)):
        shown = page(client, room, "detail", statement.pk).content.decode()
        assert ("Aid buys influence" in shown) == told
        assert (client.get(api).json()["text"] == "Aid buys influence.") == told
        found = client.get(search, {"q": "influence"}).content.decode()
        assert ("buys" in found) == told
    begun = ask_again(actor=room.facilitator, statement=statement)
    open_rounds(actor=room.facilitator, rounds=[begun])
    assert "Aid buys influence" in page(reader, room, "detail", statement.pk).content.decode()


@pytest.fixture
def of_groups(db):
    """Return a function that reveals what groups answered, and returns a reader's pages of it."""

    def reveal(browser_of, *, silent=0, **answers):
        room = make_room(sizes={name: len(given) + silent for name, given in answers.items()})
        statement = room.ask()
        room.answer(statement, **answers)
        room.reveal(statement)
        client = browser_of(room.people["scholars"][0])
        pages = page(client, room), page(client, room, "detail", statement.pk)
        return [" ".join(each.content.decode().split()) for each in pages]

    return reveal


def test_what_is_told_of_a_group_in_words_stands_on_the_pages(of_groups, browser_of):
    for shown in of_groups(
        browser_of,
        scholars=[1] * 7 + [-1] * 5,
        practitioners=[-1] * 6,
        donors=[1] * 6 + [-1] * 6,
    ):
        assert "Hardly any practitioners agreed." in shown


def test_of_a_group_that_is_hidden_nothing_is_said_to_be_shared(of_groups, browser_of):
    three = {"scholars": [1] * 11 + [0], "practitioners": [1] * 12 + [-1] * 3}
    for shown in of_groups(browser_of, **three):
        assert "shared by all groups" in shown
    for shown in of_groups(browser_of, **three, donors=[1, 1, 1, 0], envoys=[-1, 0]):
        assert "shared by the groups that are told of" in shown
        assert "shared by all groups" not in shown


def test_how_many_agree_whatever_the_silent_think_stands_where_all_is_told(of_groups, browser_of):
    short, whole = of_groups(browser_of, silent=1, scholars=[1] * 6 + [-1] * 6)
    says = "Whatever the one who has not answered thinks, between 46 % and 54 % of the room agree."
    assert says in whole
    assert says not in short
    *_, consensus = of_groups(browser_of, silent=1, scholars=[1] * 12)
    assert consensus.count("hatever the other one thinks") == 1
    assert "Whatever the one" not in consensus


def test_a_round_of_a_withdrawn_statement_does_not_wait_to_be_revealed(room, team):
    kept, gone = room.ask(), room.ask("Another.")
    room.close(kept, gone)
    overview = reverse("workshops:overview", args=[room.workshop.slug])
    assert "2 statements wait to be revealed" in team.get(overview).content.decode()
    withdraw_statement(actor=room.facilitator, statement=gone)
    assert "1 statement waits to be revealed" in team.get(overview).content.decode()
    withdraw_statement(actor=room.facilitator, statement=kept)
    assert "to be revealed" not in team.get(overview).content.decode()
