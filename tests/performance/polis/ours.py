"""Analyse a file of votes with our measures, and print what that took as JSON.

`python -m tests.performance.polis.ours FILE RUNS`; the file holds rows of person, statement, vote.
"""

import json
import statistics
import sys
import time
from pathlib import Path

import numpy as np

from apps.statements.measures import opinion_groups as grouping
from apps.statements.measures.counts import Counts
from apps.statements.measures.matrix import Matrix, matrix_of
from apps.statements.measures.polis import Statistics, Tallied, agreed_on, representative
from apps.statements.measures.projection import project
from apps.statements.measures.results import Result
from apps.statements.measures.routing import priority
from apps.workshops.consensus import ConsensusRule


def analysed(rows: np.ndarray) -> tuple[Matrix, list[float]]:
    """Return the matrix of `rows`, and the variance along the two lines of its map, having worked
    out all that the peer does: map, groups, statistics, what is typical, priorities.
    """
    people, statements = (int(rows[:, at].max()) + 1 for at in (0, 1))
    votes = matrix_of(rows[:, 0], rows[:, 1], rows[:, 2], (people, statements))
    there, shown = project(votes), grouping._mapped(votes)
    split = grouping._split(there.people[shown], 2, 0)
    if split is not None:
        found = Statistics.of(Tallied.of(votes[shown], split.labels))
        for group in range(split.labels.max() + 1):
            representative(found, group)
    whole = Tallied.of(votes)
    agreed_on(whole)
    agree, disagree, seen = whole.agree[0], whole.disagree[0], whole.seen[0]
    for column in zip(agree, seen - agree - disagree, seen, there.extremity, strict=True):
        priority(*column)
    return votes, there.variance.tolist()


def verdicts(votes: Matrix) -> None:
    """Work out what each statement came to, and how firm that is."""
    rule, whole = ConsensusRule(), Tallied.of(votes)
    for agree, disagree, seen in zip(
        whole.agree[0].tolist(), whole.disagree[0].tolist(), whole.seen[0].tolist(), strict=True
    ):
        counts = Counts(agree, disagree, seen - agree - disagree)
        Result.of(counts, members=len(votes), rule=rule)


def peak() -> float:
    """Return how much memory this process has had at most, in megabytes."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def main() -> None:
    """Measure and print."""
    rows, runs = np.load(sys.argv[1]), int(sys.argv[2])
    took = []
    for _ in range(runs):
        before = time.perf_counter()
        with grouping.threadpool_limits(1):
            votes, variance = analysed(rows)
        took.append(time.perf_counter() - before)
    megabytes = peak()
    before = time.perf_counter()
    verdicts(votes)
    in_verdicts = time.perf_counter() - before
    before = time.perf_counter()
    found = grouping.opinion_groups(votes)
    print(  # noqa: T201
        json.dumps(
            {
                "seconds": statistics.median(took),
                "megabytes": megabytes,
                "variance": variance,
                "verdicts": in_verdicts,
                "tested": time.perf_counter() - before,
                "tested_megabytes": peak(),
                "says": f"{len(found.sizes)} groups"
                if isinstance(found, grouping.OpinionGroups)
                else found.why,
            }
        )
    )


if __name__ == "__main__":
    main()
