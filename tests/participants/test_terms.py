"""What people are told before they come in is what is stored and deleted."""

from datetime import date

import pytest

from apps.participants.selectors import terms_of
from apps.workshops.attribution import keeps_speakers
from apps.workshops.models import AttributionRule
from tests.factories import (
    GroupFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rule", AttributionRule)
@pytest.mark.parametrize("keep_speakers", [True, False])
@pytest.mark.parametrize("of_team", [True, False])
def test_the_notice_says_what_joining_means_in_at_most_six_lines(rule, keep_speakers, of_team):
    workshop = WorkshopFactory(
        attribution_rule=rule, keep_speakers=keep_speakers, purge_on=date(2199, 8, 1)
    )
    GroupFactory(workshop=workshop, singular="scholar")
    terms = terms_of(workshop, of_team=of_team)
    words = "\n".join(f"{lead} {rest}" for lead, rest in terms)
    assert 4 <= len(terms) <= 6
    assert max(len(line) for line in words.splitlines()) <= 140
    assert rule.label in words
    assert "1 August 2199" in words
    # What is promised is what is stored: see the models, and who erases what.
    asks_group = rule != AttributionRule.ANONYMOUS
    assert ("your group" in words) == asks_group
    assert ("says what in the room" in words) == asks_group
    kept = rule == AttributionRule.ON_RECORD or (asks_group and keep_speakers)
    assert ("not who says what in the room" in words) == (asks_group and not kept)
    assert ("a scholar" in words) == (rule == AttributionRule.CHATHAM_HOUSE)
    assert ("Your name stays" in words) == of_team


def test_without_a_deletion_date_the_notice_says_so_and_what_one_can_do():
    workshop = WorkshopFactory(starts_on=date(2199, 5, 13), ends_on=date(2199, 5, 13))
    words = " ".join(sum(terms_of(workshop), ()))
    assert "Deleted when you ask, for no date is set: your name" in words
    assert "2199" not in words
    workshop.keep_speakers = True
    words = " ".join(sum(terms_of(workshop), ()))
    assert "on 12 August 2199 who said what" in words


def test_the_notice_keeps_up_with_what_is_stored():
    workshop = WorkshopFactory(attribution_rule=AttributionRule.ON_RECORD)
    over = " ".join(sum(terms_of(workshop), ()))
    assert not keeps_speakers(workshop)
    assert "not who says what in the room" in over


@pytest.mark.parametrize(
    ("labels", "named"),
    [
        ([], "as from “a participant”."),
        (["scholar"], "as from “a scholar”; while few have joined, “a participant”."),
        (["scholar", "official"], "“a scholar” or “an official”; while"),
        (["scholar", "official", "nurse"], "“a scholar”, “an official” or “a nurse”; while"),
    ],
)
def test_the_notice_names_the_groups_that_others_may_see(labels, named):
    workshop = WorkshopFactory()
    for order, label in enumerate(labels):
        GroupFactory(workshop=workshop, singular=label, order=order)
    assert named in " ".join(sum(terms_of(workshop), ()))
