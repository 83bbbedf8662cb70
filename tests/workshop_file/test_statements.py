"""What the room was asked, in a file: as it was published, and nobody's answer."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.core.exceptions import RuleViolation
from apps.memos.assembling import assemble, gather
from apps.memos.selectors import memo_of
from apps.memos.workshop_file import as_bytes, file_of, not_in_file
from apps.memos.workshop_file.example import load_example
from apps.participants.models import Participant
from apps.statements.measures.counts import Counts
from apps.statements.models import (
    AskingPlan,
    HandCount,
    Proposal,
    Response,
    Result,
    Round,
    Snapshot,
    Tally,
)
from apps.statements.selectors import last_revealed_in
from apps.statements.selectors.auditing import audits_of
from apps.statements.services import (
    ask_again,
    open_rounds,
    put_statement,
    revise_statement,
    withdraw_statement,
)
from apps.statements.services.revealing import digest
from apps.workshops.models import AttributionRule, Phase, Role, Workshop
from apps.workshops.services import edit_basics
from tests.factories import (
    ParticipantFactory,
    ProposalFactory,
    StatementFactory,
    WorkshopFactory,
)
from tests.factories.asking import asked_again, go_to, put_answers, revealed
from tests.workshop_file.asked import TEXT, asked_once, floods
from tests.workshop_file.conftest import again, loaded

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return load_example().participants.get(role=Role.OWNER)


def test_what_was_revealed_comes_back_word_by_word(owner):
    first = again(owner)
    other = loaded(first)
    second = again(other)
    for name in ("statements", "snapshots"):
        assert second[name] == first[name]
    mine, theirs = last_revealed_in(owner.workshop), last_revealed_in(other.workshop)
    assert len(theirs) == 16
    assert sorted(each.text for each in theirs.values()) == sorted(e.text for e in mine.values())
    by_text = {each.text: each for each in theirs.values()}
    for each in mine.values():
        assert by_text[each.text].content == each.content
        # Also how groups differ, which the snapshot holds by ids of the other site.
        assert by_text[each.text].gap_says == each.gap_says
    for found in Result.objects.filter(workshop=other.workshop):
        assert digest(found.content) == found.sha256


def test_findings_are_held_against_it_as_they_were_and_the_memo_tells_the_same(owner):
    other = loaded(again(owner))
    told = []
    for workshop in (owner.workshop, other.workshop):
        annotations = list(workshop.annotations.order_by("order"))
        audits = audits_of(workshop, annotations)
        told.append([audits[each.pk].audit for each in annotations if each.pk in audits])
    assert told[0] == told[1]
    memos = [
        assemble(gather(memo_of(workshop)), number=1, made_at=owner.workshop.created_at)
        for workshop in (owner.workshop, other.workshop)
    ]
    for kind in ("method-asking", "results-list"):
        parts = [next(b for b in memo["blocks"] if b["id"] == kind) for memo in memos]
        for part in parts:
            for item in part.get("items", ()):
                item.pop("id")
        assert parts[0] == parts[1]


def test_no_answer_is_in_it_nor_who_gave_any(owner):
    content = again(owner)
    told = json.dumps(content)
    for participant in owner.workshop.participants.all():
        assert str(participant.pk) not in told
    for answer in Response.objects.exclude(reason=""):
        assert answer.reason not in told
    other = loaded(content)
    assert not Response.objects.filter(workshop=other.workshop).exists()
    assert not HandCount.objects.filter(workshop=other.workshop).exists()
    assert not Tally.objects.filter(round__workshop=other.workshop).exists()


def test_it_is_the_same_whoever_answered_what(owner):
    first = as_bytes(again(owner))
    scholars = owner.workshop.groups.get(plural="scholars")
    asked = owner.workshop.rounds.get(wording__text__startswith="Influence is a means")
    answers = Response.objects.filter(round=asked, group=scholars).order_by("pk")
    one, other = answers.filter(value=1).first(), answers.filter(value=-1).first()
    pair = one.participant_id, other.participant_id
    Response.objects.filter(pk=one.pk).update(participant=None)
    Response.objects.filter(pk=other.pk).update(participant=pair[0])
    Response.objects.filter(pk=one.pk).update(participant=pair[1])
    assert as_bytes(again(owner)) == first


def test_what_is_not_revealed_comes_as_not_asked_yet(owner):
    rounds = {state: StatementFactory(workshop=owner.workshop) for state in ("open", "closed")}
    for state, statement in rounds.items():
        asked = statement.rounds.get()
        go_to(asked, "open")
        put_answers(asked, {None: Counts(5, 4, 3)})
        if state == "closed":
            go_to(asked, "closed", members=20)
    content = again(owner)
    told = {each["text"]: each["rounds"] for each in content["statements"]}
    for statement in rounds.values():
        [asked] = told[statement.text]
        assert set(asked) == {"id"}
    other = loaded(content)
    states = other.workshop.rounds.values_list("state", flat=True)
    assert set(states) == {"draft", "revealed"}
    assert any("comes as not asked yet" in each for each in not_in_file(owner.workshop))


def test_a_statement_that_somebody_wrote_in_words_alone_can_be_asked():
    content = floods({"text": "  Floods come\nlate. "}, {"text": "They leak.", "scale": "five"})
    other = loaded(content)
    first, second = other.workshop.statements.all()
    assert (first.text, first.scale, second.scale) == (TEXT, "three", "five")
    asked = first.rounds.get()
    assert (asked.number, asked.state, asked.wording.text) == (1, "draft", TEXT)
    assert second.rounds.get().scale == "five"
    assert open_rounds(actor=other, rounds=[asked])
    told = again(other)
    assert told["statements"][0]["text"] == "  Floods come\nlate. "
    assert as_bytes(again(loaded(told))) == as_bytes(told)


def test_wordings_and_rounds_come_back_and_other_words_are_another_wording():
    workshop = WorkshopFactory(number_present=None)
    owner = ParticipantFactory(workshop=workshop, role=Role.OWNER)
    statement = revealed({None: Counts(6, 5, 4)}, workshop=workshop, text="It costs much.")
    revise_statement(actor=owner, statement=statement, text="It costs too much.")
    asked_again(statement, state="draft")
    revealed({None: Counts(12, 2, 1)}, statement=statement)
    ask_again_later = asked_again(statement, state="draft")
    first = again(owner)
    [told] = first["statements"]
    assert [each["text"] for each in told["wordings"]] == ["It costs much.", "It costs too much."]
    assert [each.get("state") for each in told["rounds"]] == ["revealed", "revealed", None]
    other = loaded(first)
    assert as_bytes(again(other)) == as_bytes(first)
    rounds = Round.objects.filter(workshop=other.workshop).order_by("number")
    assert [(each.number, each.wording.number) for each in rounds] == [(1, 1), (2, 2), (3, 2)]
    assert rounds.last().state == ask_again_later.state


def test_a_withdrawn_statement_stays_withdrawn(owner):
    text = "Rewards and penalties are what moves a partner."
    withdraw_statement(actor=owner, statement=owner.workshop.statements.get(text=text))
    first = again(owner)
    other = loaded(first)
    assert other.workshop.statements.get(text=text).withdrawn_at is not None
    assert as_bytes(again(other)["statements"]) == as_bytes(first["statements"])


def test_how_the_room_is_asked_comes_along_where_it_is_not_the_usual():
    content = floods(
        answer_scale="five", rounds_at_most=3, asked_again="all", smallest_group=7, shared_at=70,
        team_answers=True, anybody_answers=True, takes_proposals=True,
    )  # fmt: skip
    other = loaded(content)
    plan = AskingPlan.objects.get(workshop=other.workshop)
    assert (plan.scale, plan.rounds, plan.next_round) == ("five", 3, "all")
    assert (plan.smallest_group, plan.shared_at) == (7, 70)
    assert (plan.team_answers, plan.is_open, plan.takes_proposals) == (True, True, True)
    told = again(other)["workshop"]
    assert {name: told[name] for name in content["workshop"] if name in told} == {
        name: value for name, value in content["workshop"].items() if name in told
    }
    assert {*content["workshop"]} - {*told} == set()
    owner = ParticipantFactory(role=Role.OWNER)
    AskingPlan.objects.create(workshop=owner.workshop)
    StatementFactory(workshop=owner.workshop)
    usual = again(owner)
    assert {*content["workshop"]} & {*usual["workshop"]} == {"title", "event_date"}
    [statement] = usual["statements"]
    assert set(statement) == {"id", "text", "rounds"}


def test_the_rule_by_which_results_were_told_stands_where_they_are_loaded():
    other = loaded(asked_once())
    other.refresh_from_db()
    with pytest.raises(RuleViolation, match="Say why"):
        edit_basics(actor=other, consensus_at=80)
    edit_basics(actor=loaded(floods({"text": TEXT})), consensus_at=80)


def test_proposals_are_not_in_it(owner):
    ProposalFactory(workshop=owner.workshop, text="Somebody’s own idea.")
    content = again(owner)
    assert "own idea" not in json.dumps(content)
    assert not Proposal.objects.filter(workshop=loaded(content).workshop).exists()


def test_once_the_rule_is_anonymous_a_file_tells_of_no_groups(owner):
    Workshop.objects.filter(pk=owner.workshop_id).update(attribution_rule=AttributionRule.ANONYMOUS)
    content = again(owner)
    told = json.dumps([content["statements"], content["snapshots"]])
    for word in ("scholars", "practitioners"):
        assert f"{word} agreed" not in told
        assert f'"plural": "{word}"' not in told
    assert content["snapshots"][0]["content"]["gaps"] == {}
    other = loaded(content)
    assert len(last_revealed_in(other.workshop)) == 16
    assert as_bytes(again(other)) == as_bytes(content)


def test_what_is_asked_anew_takes_nothing_from_what_came_along(owner):
    other = loaded(again(owner))
    other.refresh_from_db()
    before = {each.text: each.gap_says for each in last_revealed_in(other.workshop).values()}
    assert sum(map(bool, before.values())) > 3
    revealed({None: Counts(9, 1, 1)}, workshop=other.workshop, text="Asked here.")
    found = {each.text: each.gap_says for each in last_revealed_in(other.workshop).values()}
    assert found.pop("Asked here.") == []
    assert found == before
    snapshots = Snapshot.objects.filter(workshop=other.workshop)
    assert [each.number for each in snapshots] == [2, 3]
    assert as_bytes(again(loaded(again(other)))["statements"]) == as_bytes(
        again(other)["statements"]
    )


def test_what_came_along_can_be_asked_again(owner):
    Workshop.objects.update(phase=Phase.SYNTHESIS)
    other = loaded(asked_once())
    statement = other.workshop.statements.get()
    begun = ask_again(actor=other, statement=statement)
    assert begun.number == 2
    revealed({None: Counts(9, 9, 1)}, statement=statement, members=30)
    found = last_revealed_in(other.workshop)[statement.pk]
    assert (found.number, found.verdict, found.moved_says) == (2, "divided", "")


def test_the_pages_of_a_loaded_workshop_show_what_came_along(owner, browser_of):
    other = loaded(again(owner))
    browser = browser_of(other)
    slug = other.workshop.slug
    queue = browser.get(reverse("statements:queue", args=[slug])).content.decode()
    assert "Mirror-imaging limits" in queue
    statement = other.workshop.statements.get(text__startswith="The United States enters")
    page = browser.get(reverse("statements:detail", args=[slug, statement.pk])).content.decode()
    assert "Scholars and practitioners are opposed" in page
    assert "3 agree" in page.replace("<b>", "").replace("</b>", "")


def test_the_api_tells_how_many_answered_what_came_along(owner, api_of):
    other = loaded(again(owner))
    answer = api_of(other).get(f"/api/v1/workshops/{other.workshop.slug}/rounds/")
    found = answer.json()
    rounds = found.get("results", found) if isinstance(found, dict) else found
    revealed_ones = [each for each in rounds if each["state"] == "revealed"]
    assert len(revealed_ones) == 18
    assert all(each["answered"] == each["result"]["answered"] > 20 for each in revealed_ones)


def test_hands_that_were_counted_come_as_what_they_came_to():
    content = asked_once(means="hands")
    other = loaded(content)
    asked = Round.objects.get(workshop=other.workshop)
    assert (asked.means, asked.state, asked.members) == ("hands", "revealed", 30)
    assert (asked.counted_by, asked.confirmed_by) == (None, None)
    assert last_revealed_in(other.workshop)[asked.statement_id].by_hands
    assert again(other)["statements"] == content["statements"]


def test_it_takes_as_many_queries_for_many_statements_as_for_one(django_assert_num_queries):
    workshop = WorkshopFactory(number_present=None)
    owner = ParticipantFactory(workshop=workshop, role=Role.OWNER)
    revealed({None: Counts(9, 1, 1)}, workshop=workshop)

    def taken():
        return file_of(Participant.objects.select_related("workshop").get(pk=owner.pk))

    with CaptureQueriesContext(connection) as queries:
        taken()
    for _ in range(3):
        revealed({None: Counts(9, 1, 1)}, workshop=workshop)
        put_statement(actor=owner, text="It is late.")
    with django_assert_num_queries(len(queries)):
        assert len(taken()["statements"]) == 7
