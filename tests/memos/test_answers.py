"""What the room answered, in the memo: beneath findings, in the method, and as an annex."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.annotations.models import Kind
from apps.core import audit
from apps.memos.assembling import assemble, gather
from apps.memos.selectors import memo_of
from apps.statements.measures.counts import Counts
from apps.statements.models import AskingPlan, Snapshot, StatementEvidence
from apps.statements.services import change_plan
from apps.workshops.models import AttributionRule, Role, Workshop
from apps.workshops.services import edit_basics
from tests.factories import (
    AnnotationFactory,
    GroupFactory,
    ParticipantFactory,
    StatementFactory,
    ThemeFactory,
    WorkshopFactory,
)
from tests.factories.asking import asked_again, go_to, put_answers, revealed
from tests.memos.test_assembling import blocks, headings, text_of

pytestmark = pytest.mark.django_db

MADE_AT = datetime(2026, 11, 28, 12, tzinfo=UTC)
ANNEX = "Annex: what the room answered"


def assembled(workshop):
    fresh = Workshop.objects.get(pk=workshop.pk)
    return assemble(gather(memo_of(fresh)), number=1, made_at=MADE_AT)


def findings(content):
    return [finding for theme in blocks(content, "theme") for finding in theme["findings"]]


def finding_of(content, annotation):
    return next(f for f in findings(content) if f["id"] == f"annotation-{annotation.pk}")


def results(content):
    return [item for block in blocks(content, "results") for item in block["items"]]


def method(content):
    """The rows on how the room was asked, by their labels."""
    [asking] = [block for block in content["blocks"] if block["id"] == "method-asking"]
    return {row["label"]: row["value"] for row in asking["rows"]}


def put_to_the_room(kind, counts, **about):
    """Return a finding with one statement that tests it, and was revealed."""
    about.setdefault("workshop", WorkshopFactory(number_present=None))
    theme = ThemeFactory(workshop=about["workshop"])
    annotation = AnnotationFactory(theme=theme, kind=kind)
    statement = revealed(counts, **about)
    StatementEvidence.objects.create(
        workshop=about["workshop"], statement=statement, annotation=annotation
    )
    return annotation, statement


def test_each_finding_says_beneath_it_what_the_room_answered(answered):
    content = assembled(answered)
    contradicted = answered.annotations.get(claim__startswith="The United States enters")
    found = finding_of(content, contradicted)["answers"]
    assert (found["outcome"], found["label"]) == ("contradicted", "Contradicted")
    assert found["sentence"] == (
        "Written up as consensus, but 9 of 25 disagreed, 8 of them practitioners."
    )
    [number] = found["statements"]
    [statement] = [each for each in results(content) if each["number"] == number]
    assert statement["text"].startswith("The United States enters partnerships")
    said = finding_of(content, answered.annotations.get(claim__startswith="Answers depend"))
    # The word that stands before it isn't said again.
    assert said["answers"]["sentence"].startswith("23 of 25 agreed. Shared by both groups")


def test_of_what_claims_nothing_of_the_room_the_answers_stand_as_they_are(answered):
    flexible = answered.annotations.get(claim__startswith="Authorities should be more flexible")
    found = finding_of(assembled(answered), flexible)["answers"]
    assert (found["outcome"], found["label"]) == ("asked", "Put to the room")
    assert found["sentence"].startswith("Leans towards agreement (18 of 25)")
    plain = answered.annotations.get(claim__startswith="What a partnership does")
    assert "answers" not in finding_of(assembled(answered), plain)


def test_an_agreement_that_nobody_was_asked_about_says_so_where_the_room_was_asked_at_all():
    _, statement = put_to_the_room(Kind.CONSENSUS, {None: Counts(20, 1, 1)})
    workshop = statement.workshop
    theme = ThemeFactory(workshop=workshop)
    kinds = {kind: AnnotationFactory(theme=theme, kind=kind) for kind in Kind}
    content = assembled(workshop)
    judged = {kind for kind, each in kinds.items() if "answers" in finding_of(content, each)}
    assert judged == {Kind.CONSENSUS, Kind.DIVERGENCE, Kind.GROUP_DIFFERENCE}
    said = finding_of(content, kinds[Kind.DIVERGENCE])["answers"]
    assert said["label"] == "Untested"
    assert said["sentence"] == ("Facilitator’s judgement; no statement was put to participants.")
    StatementEvidence.objects.create(
        workshop=workshop,
        statement=StatementFactory(workshop=workshop),
        annotation=kinds[Kind.DIVERGENCE],
    )
    said = finding_of(assembled(workshop), kinds[Kind.DIVERGENCE])["answers"]
    assert said["sentence"] == "Not tested: no answers have been revealed."


def test_where_nobody_was_asked_it_is_said_once_and_beneath_no_finding(workshop):
    content = assembled(workshop)
    assert not any("answers" in finding for finding in findings(content))
    assert ANNEX not in headings(content)
    assert text_of(content).count("No statement was put to the room") == 1


def test_the_annex_holds_what_was_revealed_and_nothing_else(answered):
    content = assembled(answered)
    assert len(results(content)) == 16
    told = text_of(content)
    for words in ("Diplomats should be at the table", "should plan research together"):
        assert words not in told
    assert [each["number"] for each in results(content)] == list(range(1, 17))
    opposed = next(each for each in results(content) if "Groups opposed" in each["tags"])
    assert opposed["rows"] == [
        {"label": "", "agree": 14, "unsure": 2, "disagree": 9},
        {"label": "scholars", "agree": 11, "unsure": 1, "disagree": 1},
        {"label": "practitioners", "agree": 3, "unsure": 1, "disagree": 8},
    ]
    assert opposed["members"] == 27
    assert any(
        note.startswith("Scholars and practitioners are opposed") for note in opposed["notes"]
    )
    by_hands = [each for each in results(content) if "by a show of hands" in each["sentence"]]
    assert len(by_hands) == 1


def test_a_statement_that_was_asked_again_tells_how_it_went(answered):
    [moved] = [
        each for each in results(assembled(answered)) if each["text"].startswith("Consistency in")
    ]
    assert moved["tags"] == ["Round 2"]
    assert "Over two rounds: leans towards agreement → consensus for." in moved["notes"]
    assert any("20 of the 25 who answered both rounds" in note for note in moved["notes"])


def test_words_that_were_changed_between_rounds_are_told():
    workshop = WorkshopFactory(number_present=None)
    statement = revealed({None: Counts(6, 5, 4)}, workshop=workshop, text="It costs much.")
    reworded = statement.wordings.create(workshop=workshop, number=2, text="It costs too much.")
    again = asked_again(statement, state="draft")
    again.wording = reworded
    again.save()
    revealed({None: Counts(12, 2, 1)}, statement=statement)
    [item] = results(assembled(workshop))
    assert item["text"] == "It costs too much."
    assert "The first round asked: “It costs much.”" in item["notes"]


def test_a_finer_scale_adds_where_the_answers_lie(answered):
    content = assembled(answered)
    [finer] = [note for each in results(content) for note in each["notes"] if "five points" in note]
    assert finer == (
        "On five points: 4 strongly agree, 9 agree, 3 unsure, 5 disagree, 3 strongly disagree. "
        "The median is 1, the middle half spans 2 points, and agreement is 0.19."
    )
    assert "van der Eijk" in text_of(content)


def test_how_many_agree_whatever_the_silent_think_stands_after_the_margin():
    _, statement = put_to_the_room(Kind.CONSENSUS, {None: Counts(13, 8, 3)}, members=27)
    [item] = results(assembled(statement.workshop))
    margin, bounds = item["notes"][:2]
    assert "changing their answer" in margin
    assert bounds == (
        "Whatever the 3 who have not answered think, between 48\xa0% and 59\xa0% of the room agree."
    )


def test_so_few_answers_are_not_carried_over_to_others():
    _, statement = put_to_the_room(Kind.CONSENSUS, {None: Counts(9, 1, 0)})
    [item] = results(assembled(statement.workshop))
    assert item["notes"][-1] == (
        "With so few answers this cannot be carried over to a wider group."
    )


def test_of_a_small_group_nothing_is_printed_but_that_it_is_small():
    workshop = WorkshopFactory(number_present=None)
    scholars, envoys = (GroupFactory(workshop=workshop, plural=n) for n in ("scholars", "envoys"))
    revealed(
        {scholars: Counts(12, 2, 1), envoys: Counts(1, 2, 0), None: Counts(5, 4, 3)},
        workshop=workshop,
    )
    [item] = results(assembled(workshop))
    assert [row["label"] for row in item["rows"]] == ["", "scholars"]
    assert any(note.startswith("Results for envoys are not shown") for note in item["notes"])


def test_a_difference_says_how_wide_it_would_be_beyond_the_room():
    workshop = WorkshopFactory(number_present=None)
    scholars = GroupFactory(workshop=workshop, singular="scholar", plural="scholars")
    others = GroupFactory(workshop=workshop, singular="practitioner", plural="practitioners")
    revealed({others: Counts(3, 17, 0), scholars: Counts(14, 6, 0)}, workshop=workshop)
    [result] = results(assembled(workshop))
    assert (
        "Were these people drawn at random from a wider field, agreement there would be 25 to 73 "
        "points higher among scholars than among practitioners (95\xa0% interval, Newcombe)."
    ) in result["notes"]


def test_a_group_that_is_at_one_is_told_of_in_words_without_a_picture():
    workshop = WorkshopFactory(number_present=None)
    names = ("scholars", "pilots", "donors")
    scholars, pilots, donors = (GroupFactory(workshop=workshop, plural=name) for name in names)
    revealed(
        {scholars: Counts(8, 4, 0), pilots: Counts(0, 6, 0), donors: Counts(7, 5, 0)},
        workshop=workshop,
    )
    [item] = results(assembled(workshop))
    assert "pilots" not in [row["label"] for row in item["rows"]]
    assert "Hardly any pilots agreed." in item["notes"]


def test_of_so_few_answers_that_nothing_is_told_there_is_no_picture():
    _, statement = put_to_the_room(Kind.CONSENSUS, {None: Counts(3, 1, 0)}, members=20)
    [item] = results(assembled(statement.workshop))
    assert item["rows"] == []
    assert item["sentence"] == "Not enough answers: 4 of 20 have answered."


def test_how_the_room_was_asked_stands_in_the_method(answered):
    told = method(assembled(answered))
    assert told["Statements"].startswith(
        "16 statements were revealed, 15 answered on people’s own devices and one by a show of "
        "hands, which one person counted and another confirmed. Two were asked in two rounds."
    )
    assert told["Who could answer"].startswith("Participants, not the team: 27 people.")
    assert "consensus from 75 per cent who agree" in told["The rule"]
    assert "fewer than five answered" in told["Groups"]
    assert "at least 90 of 100 ways" in told["How firm"]
    assert told["Findings tested"] == (
        "Of eleven agreements and differences, seven are supported, three are supported in part "
        "and one is contradicted by the answers."
    )
    snapshot = Snapshot.objects.filter(workshop=answered).latest("number")
    assert f"snapshot {snapshot.number}, frozen on" in told["Figures"]
    assert told["Figures"].endswith(f"begins with {snapshot.sha256[:12]}.")


def test_who_answered_and_how_follows_the_plan():
    owner = ParticipantFactory(role=Role.OWNER, workshop__number_present=None)
    change_plan(actor=owner, team_answers=True, is_open=True, rounds=1, smallest_group=7)
    revealed({None: Counts(20, 1, 0)}, workshop=owner.workshop)
    told = method(assembled(owner.workshop))
    assert told["Who could answer"] == (
        "Participants and the team; how many there could have been isn’t known."
    )
    assert "The plan had one round at most. Nobody saw" in told["Statements"]
    assert "fewer than seven answered" in told["Groups"]


def test_votes_that_were_taken_over_from_elsewhere_are_told():
    _, statement = put_to_the_room(Kind.CONSENSUS, {None: Counts(20, 1, 0)})
    assert "elsewhere" not in method(assembled(statement.workshop))["Statements"]
    audit.record(
        "conversation.imported", statement.workshop, actor=None, scope_id=statement.workshop_id,
        after={"statements": 12, "votes": 1234},
    )  # fmt: skip
    told = method(assembled(statement.workshop))["Statements"]
    assert told.endswith("1,234 votes taken over from a conversation elsewhere.")


def changes(content):
    return [
        run["text"]
        for block in content["blocks"]
        if block["id"] == "method-changes"
        for piece in block["content"]
        for run in piece["runs"]
    ]


def test_a_rule_that_was_changed_after_the_first_answer_is_printed(answered):
    owner = answered.participants.get(role=Role.OWNER)
    assert changes(assembled(answered)) == []
    edit_basics(actor=owner, consensus_at=66, opposed_at_most=20, reason="Our statute says so.")
    edit_basics(actor=owner, venue="The hall", reason="We moved.")
    change_plan(actor=owner, takes_proposals=True, reason="They asked for it.")
    change_plan(actor=owner, smallest_group=6, team_answers=True, reason="Too few of us")
    first, second = changes(assembled(answered))
    assert ", after 16 statements had been revealed: consensus from 75 to 66 per cent and" in first
    assert first.endswith(
        "the most who may be against a consensus from 15 to 20 per cent, because “Our statute "
        "says so”."
    )
    assert "the smallest group told of from five to six and the team answers, too" in second


def test_a_rule_that_was_changed_before_anybody_answered_is_no_change():
    owner = ParticipantFactory(role=Role.OWNER, workshop__number_present=None)
    edit_basics(actor=owner, consensus_at=80, reason="Why not")
    change_plan(actor=owner, rounds=3, reason="More")
    AskingPlan.objects.update(first_answer_at=timezone.now())
    revealed({None: Counts(20, 1, 0)}, workshop=owner.workshop)
    assert changes(assembled(owner.workshop)) == []


def test_what_was_judged_by_an_earlier_rule_says_by_which():
    owner = ParticipantFactory(role=Role.OWNER, workshop__number_present=None)
    first = revealed({None: Counts(14, 4, 2)}, workshop=owner.workshop)
    edit_basics(actor=owner, consensus_at=67, opposed_at_most=20)
    owner.workshop.refresh_from_db()
    second = revealed({None: Counts(14, 4, 2)}, workshop=owner.workshop)
    items = {each["id"]: each for each in results(assembled(owner.workshop))}
    assert any(
        note.startswith("Judged by the rule of its time: consensus from 75 per cent")
        for note in items[f"statement-{first.pk}"]["notes"]
    )
    assert not any("of its time" in note for note in items[f"statement-{second.pk}"]["notes"])
    assert "consensus from two thirds who agree" in method(assembled(owner.workshop))["The rule"]


def test_under_the_anonymous_rule_no_group_is_told_of_even_where_it_was_before(answered):
    Workshop.objects.filter(pk=answered.pk).update(attribution_rule=AttributionRule.ANONYMOUS)
    content = assembled(answered)
    said = [each["answers"] for each in findings(content) if "answers" in each]
    for told in (text_of(results(content)), text_of(said)):
        assert "scholars" not in told
        assert "practitioners" not in told
    contradicted = answered.annotations.get(claim__startswith="The United States enters")
    assert finding_of(content, contradicted)["answers"]["sentence"] == (
        "Written up as consensus, but 9 of 25 disagreed."
    )


def test_the_summary_says_what_the_answers_bear_out_and_what_they_contradict(answered):
    summary = next(b for b in assembled(answered)["blocks"] if b["id"] == "summary-text")
    told = text_of(summary)
    assert "seven are supported, three are supported in part and one is contradicted" in told
    assert told.count("contradicted by what the room answered") == 1
    assert "closer to what it prefers (contradicted by what the room answered)." in told


def test_an_open_round_and_what_was_answered_in_it_change_nothing(answered):
    before = assembled(answered)
    asked = answered.rounds.get(state="open")
    put_answers(asked, {None: Counts(3, 2, 1)})
    go_to(asked, "closed", members=27)
    assert assembled(answered) == before


def test_the_same_answers_give_the_same_content_and_it_is_read_once(
    answered, django_assert_num_queries
):
    material = gather(memo_of(answered))
    with django_assert_num_queries(0):
        first = assemble(material, number=1, made_at=MADE_AT)
    assert first == assembled(answered)


def test_it_takes_as_many_queries_for_many_statements_as_for_one(django_assert_num_queries):
    _, statement = put_to_the_room(Kind.CONSENSUS, {None: Counts(20, 1, 1)})
    with CaptureQueriesContext(connection) as queries:
        gather(memo_of(statement.workshop))
    for _ in range(3):
        put_to_the_room(Kind.DIVERGENCE, {None: Counts(9, 9, 1)}, workshop=statement.workshop)
    with django_assert_num_queries(len(queries)):
        gather(memo_of(statement.workshop))
