"""Who said something leaves no trace for anybody who may not know it.

Two things are said in a room, and two comments written; then the same is done with two people
exchanged: the speakers of the notes, the authors of the comments, those who wrote the notes down,
those who sent thoughts from their phones instead, those who support the theme and the finding, or
those who answered a statement for and against.
Whatever somebody reads who isn't entitled to
know which is the same in both, byte for byte: order, ids, times, versions and counts with it.
"""

from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from apps.participants.models import Listing, Naming
from apps.participants.selectors.attribution import Attribution
from apps.statements.models import Response as Answer
from apps.statements.selectors import lists
from apps.themes.models import Comment
from apps.workshops.attribution import is_looser
from apps.workshops.models import AttributionRule, Phase
from tests.privacy.conftest import IN_FULL, NOON
from tests.privacy.room import Plan, Room
from tests.privacy.swap import differences

ON_RECORD, CHATHAM_HOUSE, ANONYMOUS = AttributionRule
WORKSHOPS = 100 if IN_FULL else 30
READERS, EVERY = (2, 14) if IN_FULL else (1, 14)
TEAM = ["owner", "facilitator", "rapporteur"]
OTHERS = ["observer", "another of the group", "of no group", "outsider"]
PLANS = st.builds(
    Plan,
    exchanged=st.sampled_from(
        ["speakers", "authors", "takers", "senders", "supporters", "answerers"]
    ),
    rule=st.sampled_from([CHATHAM_HOUSE, CHATHAM_HOUSE, ON_RECORD, ANONYMOUS]),
    session_rule=st.sampled_from(["", "", CHATHAM_HOUSE, ANONYMOUS]),
    phase=st.sampled_from(
        [Phase.LIVE, Phase.SYNTHESIS, Phase.REVIEW, Phase.PUBLISHED, Phase.ARCHIVED]
    ),
    in_group=st.sampled_from([3, 4, 5, 6]),
    about_finding=st.booleans(),
    mended=st.booleans(),
    decided=st.booleans(),
    then=st.sampled_from(["", "removed", "moved", "of the team", "loosened"]),
    without_account=st.booleans(),
    naming=st.sampled_from(Naming),
    listing=st.sampled_from(Listing),
)


def who_may_not_know(plan):
    """Return those who may not know who did it, by the field table."""
    if plan.exchanged == "takers":
        # The owner reads the history.
        return ["facilitator", "rapporteur", *OTHERS]
    if plan.exchanged in {"supporters", "answerers"}:
        return [*TEAM, *OTHERS]
    if plan.exchanged == "authors":
        return ["outsider"] if plan.rule == ON_RECORD else [*TEAM, *OTHERS]
    if ON_RECORD not in {plan.session_rule or plan.rule, plan.rule} or plan.session_rule:
        # The name is told to those who say why they ask: it stands on no page.
        return [*TEAM, *OTHERS]
    return ["outsider"] if plan.naming == Naming.YES else OTHERS


def keeps_speakers(plan):
    """Say whether a speaker can be kept at all."""
    return ANONYMOUS not in {plan.rule, plan.session_rule}


@pytest.mark.slow
@pytest.mark.django_db
def test_exchanging_who_said_it_changes_no_byte_for_those_who_may_not_know(
    time_machine, log, measured
):
    compared = []

    @settings(
        max_examples=WORKSHOPS, derandomize=True, deadline=None, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(plan=PLANS, data=st.data())
    def exchange(plan, data):
        assume(plan.exchanged != "speakers" or keeps_speakers(plan))
        # Under the anonymous rule nobody supports anything.
        assume(plan.exchanged != "supporters" or plan.rule != ANONYMOUS)
        assume(not plan.session_rule or not is_looser(plan.session_rule, plan.rule))
        # Under the anonymous rule nobody has a group to be moved from.
        assume(plan.then != "moved" or plan.rule != ANONYMOUS)
        readers = data.draw(st.permutations(who_may_not_know(plan)))[:READERS]
        turn = data.draw(st.integers(0, EVERY - 1))
        with transaction.atomic():
            room = Room(plan, readers, time_machine, NOON)
            number, found = differences(room, log, (turn, EVERY))
            transaction.set_rollback(True)
        compared.append(number)
        assert not found, "\n".join(found[:5])

    exchange()
    assert len(compared) >= WORKSHOPS
    measured(
        f"{len(compared)} workshops in which two people were exchanged, {sum(compared):,} texts "
        "compared: no byte differs"
    )


SAMPLE = Plan(
    exchanged="authors", rule=CHATHAM_HOUSE, session_rule="", phase=Phase.SYNTHESIS, in_group=5,
    about_finding=False, mended=False, decided=False, then="", without_account=False,
    naming=Naming.NO, listing=Listing.NONE,
)  # fmt: skip


@pytest.mark.django_db
def test_the_comparison_finds_who_is_told(time_machine, log, monkeypatch):
    room = Room(SAMPLE, ["owner", "outsider"], time_machine, NOON)
    assert not differences(room, log)[1]
    # The least that could be told: the last letter of a name.
    shown = Attribution.author

    def careless(self, author, **about):
        return shown(self, author, **about) + author.display_name[-1]

    monkeypatch.setattr(Attribution, "author", careless)
    _, found = differences(room, log)
    assert any("api:comment-list" in each for each in found)
    assert any("themes:detail" in each for each in found)
    assert not any("as outsider" in each for each in found)


@pytest.mark.django_db
def test_the_comparison_finds_who_sent_a_thought(time_machine, log, monkeypatch):
    plan = replace(
        SAMPLE, exchanged="senders", phase=Phase.LIVE, rule=ON_RECORD,
        session_rule=CHATHAM_HOUSE, then="loosened",
    )  # fmt: skip
    room = Room(plan, ["facilitator", "observer"], time_machine, NOON)
    assert not differences(room, log)[1]

    def careless(self, person, session):
        return person.display_name

    monkeypatch.setattr(Attribution, "speaker", careless)
    _, found = differences(room, log)
    assert any("notes:waiting_thoughts" in each for each in found)
    assert not any("as observer" in each for each in found)


@pytest.mark.django_db
def test_the_comparison_finds_reasons_in_the_order_of_people(time_machine, log, monkeypatch):
    plan = replace(SAMPLE, exchanged="answerers", mended=True)
    room = Room(plan, ["owner", "observer"], time_machine, NOON)
    assert not differences(room, log)[1]

    def careless(workshop, rounds):
        by_name = Answer.objects.exclude(reason="").order_by("participant__display_name")
        return {each.round_id: [("Why", [row.reason for row in by_name])] for each in rounds}

    monkeypatch.setattr(lists, "_reasons", careless)
    _, found = differences(room, log)
    assert any("statements:detail" in each for each in found)


@pytest.mark.django_db
def test_the_comparison_finds_an_order_that_tells(time_machine, log, monkeypatch):
    room = Room(SAMPLE, ["observer"], time_machine, NOON)
    monkeypatch.setattr(Comment._meta, "ordering", ["author__display_name"])
    assert differences(room, log)[1]
