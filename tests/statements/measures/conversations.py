"""Answers of others to hold ours against: invented ones, and real conversations where they are.

The invented ones, with what red-dwarf 0.4.0 works out from them, are in `data`. The real ones are
read beside the project, for they aren't ours to copy: output of the Polis server, and the open data
of the Computational Democracy Project (CC BY 4.0).
"""

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from apps.statements.measures.matrix import MISSING, Matrix, matrix_of

HERE = Path(__file__).parent
REFERENCE = HERE.parents[3] / "shared" / "reference"
SERVED = ["below-100-ptpts", "25ptpt-3gp-no-strict-with-meta"]
OPEN = ["london.youth.policing", "scoop-hivemind.freshwater", "scoop-hivemind.ubi"]

needs_reference = pytest.mark.skipif(
    not REFERENCE.exists(), reason=f"needs the reference data in {REFERENCE.name}, beside us"
)


@dataclass
class Conversation:
    """Answers, with what others call the people and statements, and found of them."""

    votes: Matrix
    people: list[int]
    statements: list[int]
    labels: Any = None
    found: dict[str, Any] = field(default_factory=dict)


def invented(size: int) -> Conversation:
    """Return answers of `size` invented people, and what red-dwarf finds."""
    found = json.loads((HERE / "data" / f"synthetic_peer_{size}.json").read_text())
    rows = [[MISSING if each is None else each for each in row] for row in found["votes"]]
    return Conversation(
        votes=np.array(rows, dtype=np.int8),
        people=list(range(size)),
        statements=list(range(found["m"])),
        labels=np.array(found["groups"]),
        found=found,
    )


def served(name: str) -> Conversation:
    """Return a conversation as the Polis server had it, with its groups and what it found.

    People in none of its groups have the label -1.
    """
    folder = REFERENCE / "measures" / name
    found = json.loads((folder / "math-pca2.json").read_text())
    rows = json.loads((folder / "votes.json").read_text())
    talk = conversation(
        (
            row.get("pid", row.get("participant_id")),
            row.get("tid", row.get("statement_id")),
            row["vote"],
        )
        for row in sorted(rows, key=lambda row: int(row["modified"]))
    )
    talk.found = found
    members = dict(
        zip(found["base-clusters"]["id"], found["base-clusters"]["members"], strict=True)
    )
    talk.labels = np.full(len(talk.people), -1)
    for group in found["group-clusters"]:
        for person in (each for base in group["members"] for each in members[base]):
            talk.labels[talk.people.index(person)] = group["id"]
    return talk


def published(name: str) -> Conversation:
    """Return a conversation of the open data, by its history of votes, and what it says of each
    participant."""
    folder = REFERENCE / "polis-open-data" / name
    with (folder / "votes.csv").open() as file:
        rows = sorted(csv.DictReader(file), key=lambda row: int(row["timestamp"]))
    talk = conversation(
        (int(row["voter-id"]), int(row["comment-id"]), int(row["vote"])) for row in rows
    )
    with (folder / "participants-votes.csv").open() as file:
        talk.found = {int(row["participant"]): row for row in csv.DictReader(file)}
    return talk


def conversation(rows: Iterable[tuple[int, int, int]]) -> Conversation:
    """Return the matrix of `rows` (person, statement, answer), the latest last."""
    people, statements, answers = zip(*rows, strict=True)
    names, columns = sorted(set(people)), sorted(set(statements))
    row_of, column_of = ({key: at for at, key in enumerate(keys)} for keys in (names, columns))
    votes = matrix_of(
        [row_of[each] for each in people],
        [column_of[each] for each in statements],
        answers,
        (len(names), len(columns)),
    )
    return Conversation(votes, names, columns)
