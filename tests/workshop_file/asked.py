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
