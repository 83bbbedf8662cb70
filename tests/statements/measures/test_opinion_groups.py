"""Groups of like opinion, and when none are shown."""

import numpy as np
import pytest

from apps.statements.measures import opinion_groups as measured
from apps.statements.measures.matrix import MISSING
from apps.statements.measures.opinion_groups import NoGroups, OpinionGroups, Why, opinion_groups
from tests.statements.measures.conversations import OPEN, SERVED, needs_reference, published, served


def crowd(people: int, statements: int, camps: int, *, firmly: float = 4) -> np.ndarray:
    """Return answers of people in `camps`, who answer as their camp does, more or less."""
    draw = np.random.default_rng(8)
    camp = np.arange(people) % camps
    leaning = draw.uniform(-1, 1, (camps, statements)) * firmly
    leaning = leaning[camp] + draw.normal(size=(people, statements))
    votes = np.where(leaning > 0.4, 1, np.where(leaning < -0.4, -1, 0)).astype(np.int8)
    votes[draw.random(votes.shape) < 0.2] = MISSING
    return votes


def chance(people: int, statements: int) -> np.ndarray:
    return np.random.default_rng(2).integers(-1, 2, (people, statements)).astype(np.int8)


@pytest.mark.parametrize(
    ("votes", "why"),
    [
        (crowd(49, 20, 2), Why.FEW_PEOPLE),
        (crowd(80, 9, 2), Why.FEW_STATEMENTS),
        (np.ones((60, 20), np.int8), Why.NO_SPLIT),
        (np.full((0, 20), MISSING, np.int8), Why.FEW_PEOPLE),
    ],
)
def test_why_none_are_shown(votes, why):
    found = opinion_groups(votes)
    assert isinstance(found, NoGroups)
    assert found.why == why
    assert found.why.sentence.startswith("No reliable opinion groups: ")


def test_who_answered_few_statements_does_not_count():
    votes = crowd(80, 20, 2)
    votes[30:, 6:] = MISSING
    assert opinion_groups(votes).why == Why.FEW_PEOPLE


@pytest.mark.slow
def test_camps_are_found_from_left_to_right():
    votes = crowd(60, 24, 2)
    found = opinion_groups(votes)
    assert isinstance(found, OpinionGroups)
    assert found.sizes == [30, 30]
    camps = [set(np.flatnonzero(found.labels == group) % 2) for group in (0, 1)]
    assert all(len(camp) == 1 for camp in camps)
    left, right = (found.points[found.labels == group, 0].mean() for group in (0, 1))
    assert left < right
    assert found.silhouette > found.chance
    assert found.stability > 0.9
    assert 0 < found.share.sum() < 1
    assert all(any(each.agrees for each in typical) for typical in found.typical)
    again = opinion_groups(votes)
    assert (again.labels == found.labels).all()
    assert (again.silhouette, again.stability) == (found.silhouette, found.stability)


@pytest.mark.slow
def test_answers_at_random_are_no_groups():
    found = opinion_groups(chance(60, 30))
    assert found.why == Why.LIKE_CHANCE
    assert found.share.sum() < 0.3


def test_no_group_is_smaller_than_may_be_shown():
    points = np.concatenate([np.zeros((30, 2)), np.full((30, 2), 1.0), np.full((4, 2), 9.0)])
    points += np.random.default_rng(3).normal(scale=0.1, size=points.shape)
    assert np.bincount(measured._split(points, 2, 0).labels).min() == 4
    assert measured._split(points, 5, 0) is None


@needs_reference
@pytest.mark.slow
@pytest.mark.parametrize(
    ("talk", "silhouette", "mean", "at_95"),
    [
        (lambda: served(SERVED[0]), 0.477, 0.415, 0.506),
        (lambda: served(SERVED[1]), 0.478, 0.425, 0.498),
        (lambda: published(OPEN[0]), 0.483, 0.441, 0.520),
    ],
)
def test_conversations_of_workshop_size_are_not_told_from_shuffled_ones(
    talk, silhouette, mean, at_95
):
    """As measured in the design, which gives means and percentiles of 99 shuffled copies."""
    votes = talk().votes
    people = measured._mapped(votes)
    with measured.threadpool_limits(1):
        split = measured._split(measured.project(votes).people[people], 2, 0)
        chance = [
            measured._split(measured.project(copy).people[people], 2, 0).silhouette
            for copy in measured._shuffled(votes, 0)
        ]
    assert split.silhouette == pytest.approx(silhouette, abs=0.01)
    assert np.mean(chance) == pytest.approx(mean, abs=0.02)
    assert np.quantile(chance, 0.95) == pytest.approx(at_95, abs=0.04)
    assert split.silhouette < np.quantile(chance, 0.95)
