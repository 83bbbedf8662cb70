"""All answers at once: a row for each person, a column for each statement.

A byte an answer (1 agree, 0 unsure, -1 disagree), and one for what was not answered: a hundred
thousand people on a hundred statements take ten megabytes. For workers: imports NumPy.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

MISSING = -128
# So many rows at a time become floating numbers.
BLOCK = 4_096

Matrix = NDArray[np.int8]


def matrix_of(
    people: ArrayLike,
    statements: ArrayLike,
    answers: ArrayLike,
    shape: tuple[int, int],
) -> Matrix:
    """Return the matrix of `shape` (people, statements) that holds `answers`.

    `people` and `statements` are the places of each answer, counted from 0; where a place comes
    twice the last answer stands. However strongly somebody answered, the sign counts.
    """
    found = np.full(shape, MISSING, dtype=np.int8)
    found[np.asarray(people), np.asarray(statements)] = np.sign(np.asarray(answers))
    return found


def answers_of(votes: Matrix) -> NDArray[np.int64]:
    """Return how many statements each person answered."""
    return np.asarray(np.count_nonzero(votes != MISSING, axis=1))


def blocks(votes: Matrix, mean: NDArray[np.float64]) -> Iterator[tuple[slice, NDArray[np.float64]]]:
    """Yield `votes` less the `mean` of each column, some rows at a time; 0 where none is given.

    That is what putting the mean of a column where there is no answer comes to.
    """
    for start in range(0, len(votes), BLOCK):
        rows = slice(start, start + BLOCK)
        part = votes[rows]
        yield rows, np.where(part == MISSING, 0.0, part - mean)
