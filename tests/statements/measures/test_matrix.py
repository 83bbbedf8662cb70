"""All answers at once."""

import numpy as np
import pytest

from apps.statements.measures.matrix import MISSING, answers_of, matrix_of
from tests.statements.measures.conversations import OPEN, needs_reference, published


def test_the_last_answer_stands_and_its_strength_does_not_count():
    votes = matrix_of([0, 0, 1, 0], [0, 1, 1, 0], [1, -2, 0, 2], (3, 2))
    assert votes.tolist() == [[1, -1], [MISSING, 0], [MISSING, MISSING]]
    assert answers_of(votes).tolist() == [2, 1, 0]


@needs_reference
@pytest.mark.parametrize("name", OPEN)
def test_every_participant_of_the_open_data_is_as_it_says(name):
    talk = published(name)
    for person, row in zip(talk.people, talk.votes, strict=True):
        theirs = talk.found[person]
        mine = (int(np.sum(row != MISSING)), int(np.sum(row == 1)), int(np.sum(row == -1)))
        assert mine == (
            int(theirs["n-votes"]),
            int(theirs["n-agree"]),
            int(theirs["n-disagree"]),
        )
        for statement, vote in zip(talk.statements, row, strict=True):
            given = theirs[str(statement)]
            assert (int(float(given)) if given else MISSING) == vote
    silent = [row for person, row in talk.found.items() if person not in talk.people]
    assert all(int(row["n-votes"]) == 0 for row in silent)
