"""What rounds came to, frozen: all that may be told of them from then on, and nothing else."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Max

from apps.statements.measures.certainty import certainty_of, margin_of
from apps.statements.measures.counts import Counts
from apps.statements.measures.verdicts import verdict_of
from apps.statements.models import AskingPlan, Result, Round, Scale, Snapshot
from apps.statements.selectors.counting import ByGroup, collapsed, tallies_of
from apps.workshops.consensus import FEWEST_ANSWERS, ConsensusRule
from apps.workshops.models import Workshop

# Of the measures: a result says by which version of them it was made.
MEASURES = "1"


def reveal(workshop: Workshop, plan: AskingPlan, rounds: Sequence[Round]) -> Snapshot:
    """Freeze what `rounds` came to, and with it all that was revealed in `workshop`.

    Part of `services.reveal_rounds`, which says who may and what may be revealed.
    """
    tallies = tallies_of([each.pk for each in rounds])
    rule = ConsensusRule.of(workshop)
    for each in rounds:
        content = _content(each, plan, rule, tallies.get(each.pk, {}))
        Result.objects.create(
            workshop=workshop, round=each, content=content, sha256=digest(content)
        )
    return freeze(workshop, plan, rule)


def freeze(workshop: Workshop, plan: AskingPlan, rule: ConsensusRule) -> Snapshot:
    """Make the snapshot of all that was revealed in `workshop` by now."""
    results = list(Result.objects.filter(workshop=workshop).order_by("created_at", "pk"))
    content = {
        "rule": asdict(rule),
        "smallest_group": plan.smallest_group,
        "shared_at": plan.shared_at,
        "results": {str(each.round_id): each.sha256 for each in results},
    }
    last = Snapshot.objects.filter(workshop=workshop).aggregate(last=Max("number"))["last"]
    return Snapshot.objects.create(
        workshop=workshop,
        number=(last or 0) + 1,
        content=content,
        sha256=digest(content),
        made_with=MEASURES,
    )


def digest(content: dict[str, Any]) -> str:
    """Return the SHA-256 of `content`, whatever the order of its keys."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()


def _content(
    asked: Round, plan: AskingPlan, rule: ConsensusRule, tallies: ByGroup
) -> dict[str, Any]:
    by_group = {group: collapsed(values.items()) for group, values in tallies.items()}
    whole = Counts.total(by_group.values())
    told = whole.answered >= FEWEST_ANSWERS
    certainty = certainty_of(whole, asked.members, rule)
    return {
        "statement": str(asked.statement_id),
        "round": asked.number,
        "wording": {"number": asked.wording.number, "text": asked.wording.text},
        "scale": asked.scale,
        "means": asked.means,
        "rule": asdict(rule),
        "smallest_group": plan.smallest_group,
        "shared_at": plan.shared_at,
        "members": asked.members,
        "answered": whole.answered,
        "counts": asdict(whole) if told else None,
        "values": _values(tallies) if told and asked.scale == Scale.FIVE else None,
        "verdict": verdict_of(whole, members=asked.members, rule=rule),
        "certainty": {"level": certainty.level, "probability": certainty.probability},
        "margin": margin_of(whole, members=asked.members, rule=rule),
    }


def _values(tallies: ByGroup) -> dict[str, int]:
    total: dict[str, int] = {}
    for values in tallies.values():
        for value, count in values.items():
            total[str(value)] = total.get(str(value), 0) + count
    return dict(sorted(total.items()))
