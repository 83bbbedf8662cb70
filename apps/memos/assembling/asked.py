"""What the room was asked and what came of it, as far as it was revealed."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from apps.annotations.models import Annotation
from apps.core.models import AuditEntry
from apps.statements.models import AskingPlan, Result, Snapshot, Statement
from apps.statements.selectors import Revealed, last_snapshot, plan_of, revealed_in
from apps.statements.selectors.auditing import Audited, audits_of
from apps.workshops.consensus import ConsensusRule
from apps.workshops.models import Workshop

# Those by which it is decided what answers come to, and how they are taken.
BY_THE_PLAN = ("rounds", "next_round", "smallest_group", "shared_at", "team_answers", "is_open")


@dataclass(frozen=True)
class Change:
    """A change of how the room is asked, or judged, after it had begun to answer."""

    on: dt.date
    # How many statements had been revealed by then.
    revealed: int
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    reason: str


@dataclass(frozen=True)
class Asked:
    """The rounds that were revealed, by their statement and in the order in which these stand;
    what they say of the findings; and how the room was asked.

    `snapshot` is the one that all of it is read from, None as long as nothing was revealed.
    """

    plan: AskingPlan
    rounds: Mapping[uuid.UUID, list[Revealed]]
    audits: Mapping[uuid.UUID, Audited]
    snapshot: Snapshot | None
    changes: list[Change]
    # How many votes were taken over from a conversation elsewhere.
    votes_from_elsewhere: int

    @property
    def numbers(self) -> dict[uuid.UUID, int]:
        """By which number the memo calls each statement."""
        return {statement: number for number, statement in enumerate(self.rounds, start=1)}

    @property
    def last(self) -> list[Revealed]:
        """The last round of each statement."""
        return [rounds[-1] for rounds in self.rounds.values()]


def read_asked(workshop: Workshop, annotations: Collection[Annotation]) -> Asked:
    """Read what the room of `workshop` answered, and what that says of `annotations`.

    As many queries for one statement as for all.
    """
    plan = plan_of(workshop)
    found = revealed_in(workshop)
    in_order = Statement.objects.filter(workshop=workshop, pk__in=found).values_list(
        "pk", flat=True
    )
    return Asked(
        plan=plan,
        rounds={statement: found[statement] for statement in in_order.values_list("pk", flat=True)},
        audits=audits_of(workshop, annotations),
        snapshot=last_snapshot(workshop),
        changes=list(_changes(workshop, plan)),
        votes_from_elsewhere=sum(
            entry.after.get("votes", 0)
            for entry in AuditEntry.objects.filter(
                scope_id=workshop.pk, verb="conversation.imported"
            )
        ),
    )


def _changes(workshop: Workshop, plan: AskingPlan) -> Iterator[Change]:
    """Yield what was changed for a reason once people had answered, the earliest first."""
    if plan.first_answer_at is None:
        return
    names = {*ConsensusRule.names(), *BY_THE_PLAN}
    entries = AuditEntry.objects.filter(
        scope_id=workshop.pk,
        verb__in=["workshop.changed", "asking_plan.changed"],
        at__gte=plan.first_answer_at,
    ).exclude(reason="")
    revealed = list(
        Result.objects.filter(workshop=workshop).values_list("round__statement", "created_at")
    )
    for entry in entries.order_by("at", "pk"):
        if changed := names & entry.after.keys():
            yield Change(
                on=entry.at.astimezone(workshop.zone).date(),
                revealed=len({statement for statement, at in revealed if at <= entry.at}),
                before={name: entry.before.get(name) for name in sorted(changed)},
                after={name: entry.after[name] for name in sorted(changed)},
                reason=entry.reason,
            )
