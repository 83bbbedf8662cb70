"""Statements that were revealed, as a file tells them, made without a database."""

import uuid
from dataclasses import asdict
from typing import Any

from apps.statements.measures.counts import Counts
from apps.statements.measures.groups import USUAL
from apps.statements.models import AskingPlan, Round, Wording
from apps.statements.services.revealing import Revealing, _content, digest
from apps.workshops.consensus import ConsensusRule
from apps.workshops.models import Workshop

PLAN = AskingPlan()
TEXT = "Floods come late."


def result(
    counts: Counts,
    *,
    text: str,
    wording: int = 1,
    number: int = 1,
    members: int | None = 30,
    **about: Any,
) -> dict[str, Any]:
    """Return a round as a file tells it, with what so many answers came to."""
    asked = Round(
        statement_id=uuid.uuid4(), number=number, members=members,
        wording=Wording(number=wording, text=text), **about,
    )  # fmt: skip
    by = Revealing(Workshop(), PLAN, ConsensusRule(), {})
    values = {1: counts.agree, -1: counts.disagree, 0: counts.unsure}
    tallies = {None: {value: count for value, count in values.items() if count}}
    content = _content(by, asked, tallies)
    found = {"state": "revealed", "result": content, "sha256": digest(content)}
    return found | {name: value for name, value in about.items() if name == "means"}


def snapshot(*last: dict[str, Any], number: int = 1) -> dict[str, Any]:
    """Return the snapshot of what was revealed last of each statement."""
    content = {
        "rule": asdict(ConsensusRule()),
        "groups": asdict(USUAL),
        "smallest_group": PLAN.smallest_group,
        "results": {str(uuid.uuid4()): each["sha256"] for each in last},
        "gaps": {},
    }
    return {
        "number": number, "on": "2024-05-03", "made_with": "1", "content": content,
        "sha256": digest(content),
    }  # fmt: skip


def floods(*statements: Any, snapshots: Any = None, **about: Any) -> dict[str, Any]:
    """A workshop with a finding, and statements that were put to the room."""
    content = {
        "workshop": {"title": "Floods", "event_date": "2024-05-02", **about},
        "themes": [{"id": "t1", "title": "Levees"}],
        "annotations": [
            {"id": "a1", "theme": "t1", "kind": "consensus", "claim": "Late", "basis": "count"},
            {
                "id": "a2", "theme": "t1", "kind": "divergence", "claim": "Whether",
                "positions": [{"id": "z1", "text": "Yes"}, {"id": "z2", "text": "No"}],
            },
        ],
        "statements": list(statements),
    }  # fmt: skip
    return content | ({"snapshots": snapshots} if snapshots else {})


def asked_once(counts: Counts | None = None, **about: Any) -> dict[str, Any]:
    """A workshop of which one statement was revealed."""
    counts = Counts(20, 2, 3) if counts is None else counts
    one = {"id": "y1", **result(counts, text=TEXT, **about)}
    statement = {
        "id": "b1", "text": TEXT, "theme": "t1", "tests": [{"id": "f1", "annotation": "a1"}],
        "rounds": [one],
    }  # fmt: skip
    return floods(statement, snapshots=[{"id": "j1", **snapshot(one)}])
