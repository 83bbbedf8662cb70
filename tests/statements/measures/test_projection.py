"""The map of opinions."""

import numpy as np
import pytest
from sklearn.decomposition import PCA

from apps.statements.measures.matrix import BLOCK, MISSING
from apps.statements.measures.projection import project


def some(people: int, statements: int, *, missing: float = 0.4) -> np.ndarray:
    draw = np.random.default_rng(4)
    votes = draw.integers(-1, 2, (people, statements)).astype(np.int8)
    votes[draw.random(votes.shape) < missing] = MISSING
    return votes


@pytest.mark.parametrize("shape", [(30, 12), (12, 30), (BLOCK + 500, 20)])
def test_it_is_what_scikit_learn_makes_of_filled_in_means(shape):
    votes = some(*shape)
    filled = np.where(votes == MISSING, np.nan, votes)
    filled = np.where(np.isnan(filled), np.nanmean(filled, axis=0), filled)
    theirs = PCA(2).fit(filled)
    mine = project(votes)
    assert mine.variance == pytest.approx(theirs.explained_variance_)
    assert mine.share == pytest.approx(theirs.explained_variance_ratio_)
    assert np.abs(mine.components @ theirs.components_.T) == pytest.approx(np.eye(2), abs=1e-6)
    scale = np.sqrt(shape[1] / np.maximum((votes != MISSING).sum(axis=1), 1))
    placed = theirs.transform(filled) * scale[:, None]
    assert np.abs(mine.people) == pytest.approx(np.abs(placed), abs=1e-6)


def test_who_answered_nothing_is_in_the_middle():
    votes = some(20, 12)
    votes[3] = MISSING
    assert project(votes).people[3] == pytest.approx([0, 0])


def test_the_same_people_in_another_order_have_the_same_map():
    votes = some(40, 15)
    order = np.random.default_rng(1).permutation(40)
    mine, other = project(votes), project(votes[order])
    assert other.people == pytest.approx(mine.people[order])
    assert (mine.components[range(2), np.abs(mine.components).argmax(axis=1)] > 0).all()


@pytest.mark.parametrize("votes", [np.ones((5, 4), np.int8), np.full((3, 4), MISSING, np.int8)])
def test_where_all_say_the_same_there_is_no_map(votes):
    mine = project(votes)
    assert mine.share.tolist() == [0, 0]
    assert mine.people == pytest.approx(np.zeros((len(votes), 2)))
