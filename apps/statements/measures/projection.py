"""The map of opinions: people and statements along the two lines on which answers differ most.

As in Polis (Small et al., Recerca 2021;26(2)): principal components of the answers, with the mean
of a statement where somebody gave none, and people who answered few moved out by the square root of
(statements / answers), for otherwise they would crowd the middle. Deterministic: the components
come from the covariance of statements, which is made a block of rows at a time, and the largest
part of each is positive. For workers: imports NumPy and SciPy.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh

from apps.statements.measures.matrix import MISSING, Matrix, answers_of, blocks

LINES = 2

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Projection:
    """Where people (n) and statements (m) lie on the map.

    `people` is n × 2, `statements` m × 2, `components` 2 × m, `mean` m; `variance` is that along
    each line, `share` which part of all variance that is, from 0 to 1.
    """

    people: Floats
    statements: Floats
    components: Floats
    mean: Floats
    variance: Floats
    share: Floats

    @property
    def extremity(self) -> Floats:
        """How far each statement moves somebody who agrees to it and answers nothing else."""
        return np.asarray(np.linalg.norm(self.statements, axis=1), dtype=float)


def project(votes: Matrix) -> Projection:
    """Return the map of `votes`: at least two people and two statements."""
    people, statements = votes.shape
    mean = _mean(votes)
    covariance = np.zeros((statements, statements))
    for _, part in blocks(votes, mean):
        covariance += part.T @ part
    # Centred columns sum to zero, but for rounding: nothing is to be taken off for that.
    covariance /= max(people - 1, 1)
    values, vectors = eigh(covariance, subset_by_index=[statements - LINES, statements - 1])
    variance = np.clip(values[::-1], 0, None)
    components = _pointing(vectors[:, ::-1].T)
    whole = float(np.trace(covariance))
    return Projection(
        people=_placed(votes, mean, components),
        statements=((1 - mean) * components).T * np.sqrt(statements),
        components=components,
        mean=mean,
        variance=variance,
        share=variance / whole if whole else np.zeros(LINES),
    )


def _mean(votes: Matrix) -> Floats:
    given = np.count_nonzero(votes != MISSING, axis=0)
    total = np.count_nonzero(votes == 1, axis=0) - np.count_nonzero(votes == -1, axis=0)
    return np.asarray(total / np.maximum(given, 1))


def _pointing(components: Floats) -> Floats:
    largest = np.abs(components).argmax(axis=1)
    sign = np.sign(components[range(len(components)), largest])
    return np.asarray(components * np.where(sign == 0, 1, sign)[:, None])


def _placed(votes: Matrix, mean: Floats, components: Floats) -> Floats:
    placed = np.empty((len(votes), len(components)))
    for rows, part in blocks(votes, mean):
        placed[rows] = part @ components.T
    placed *= np.sqrt(votes.shape[1] / np.maximum(answers_of(votes), 1))[:, None]
    return placed
