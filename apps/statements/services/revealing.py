"""What rounds came to, frozen: all that may be told of them from then on, and nothing else."""

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Max, OuterRef, Subquery

from apps.participants.models import Group
from apps.statements.measures.counts import Counts
from apps.statements.measures.groups import Gap, GroupRule, carrying, compare
from apps.statements.measures.results import Result as Measured
from apps.statements.measures.rounds import Stability, stability_sentence
from apps.statements.measures.sentences import (
    carry_over_sentence,
    carrying_sentence,
    gap_sentence,
    group_sentence,
    hidden_sentence,
    margin_sentence,
    verdict_sentence,
)
from apps.statements.measures.suppression import Published, published
from apps.statements.measures.verdicts import Verdict
from apps.statements.models import (
    AskingPlan,
    Means,
    Response,
    Result,
    Round,
    Scale,
    Snapshot,
)
from apps.statements.selectors.counting import LARGE, ByGroup, answered_in, collapsed, tallies_of
from apps.workshops.attribution import keeps_groups
from apps.workshops.consensus import FEWEST_ANSWERS, ConsensusRule
from apps.workshops.models import Workshop

# Of the measures: a snapshot says by which version of them it was made.
MEASURES = "1"
# Of fewer who came, went or changed their group between two rounds, the rounds would tell.
FEWEST_CHANGED = 3
Shown = Published[uuid.UUID]
Labels = Mapping[uuid.UUID, str]


@dataclass(frozen=True)
class Revealing:
    """By what is revealed: the rule, the plan, and the groups of the workshop in their order."""

    workshop: Workshop
    plan: AskingPlan
    rule: ConsensusRule
    groups: dict[uuid.UUID, Group]

    @classmethod
    def of(cls, workshop: Workshop, plan: AskingPlan) -> "Revealing":
        """Return by what is revealed in `workshop` at this moment."""
        # Under the anonymous rule of no group, not even where its hands were counted before.
        told = workshop.groups.all() if keeps_groups(workshop) else []
        groups = {group.pk: group for group in told}
        return cls(workshop, plan, ConsensusRule.of(workshop), groups)

    @property
    def group_rule(self) -> GroupRule:
        """When groups share a view, and when they differ."""
        return GroupRule(shared_at=self.plan.shared_at)

    @property
    def labels(self) -> dict[uuid.UUID, str]:
        """What members of each group are called."""
        return {key: group.plural for key, group in self.groups.items()}

    def shown(self, tallies: ByGroup) -> Shown:
        """Return how each group may be told of, of those whose members answered."""
        counts = {key: collapsed(values.items()) for key, values in tallies.items()}
        of_groups = {key: counts[key] for key in self.groups if key in counts}
        return published(of_groups, self.plan.smallest_group, counts.get(None))


def reveal(workshop: Workshop, plan: AskingPlan, rounds: Sequence[Round]) -> Snapshot:
    """Freeze what `rounds` came to, and with it all that was revealed in `workshop`.

    Part of `services.reveal_rounds`, which says who may and what may be revealed.
    """
    by = Revealing.of(workshop, plan)
    tallies = tallies_of([each.pk for each in rounds])
    for each in rounds:
        content = _content(by, each, tallies.get(each.pk, {}))
        Result.objects.create(
            workshop=workshop, round=each, content=content, sha256=digest(content)
        )
    return freeze(by)


def freeze(by: Revealing) -> Snapshot:
    """Make the snapshot of all that was revealed by now: the last result of each statement, and
    which differences between groups are established among all that are compared.
    """
    newest = Round.objects.filter(statement=OuterRef("round__statement"), result__isnull=False)
    results = (
        Result.objects.filter(workshop=by.workshop)
        .filter(round=Subquery(newest.order_by("-number").values("pk")[:1]))
        .order_by("round__statement__order", "pk")
    )
    digests = dict(results.values_list("round", "sha256"))
    # Of what too few answered nothing is said, so no groups are compared by it either.
    said = results.exclude(content__verdict=Verdict.NOT_ENOUGH).values_list("round", flat=True)
    content = {
        "rule": asdict(by.rule),
        "groups": asdict(by.group_rule),
        "smallest_group": by.plan.smallest_group,
        "results": {str(key): value for key, value in digests.items()},
        "gaps": {**_found_elsewhere(by, digests), **_gaps(by, list(said))},
    }
    last = Snapshot.objects.filter(workshop=by.workshop).aggregate(last=Max("number"))["last"]
    return Snapshot.objects.create(
        workshop=by.workshop,
        number=(last or 0) + 1,
        content=content,
        sha256=digest(content),
        made_with=MEASURES,
    )


def _found_elsewhere(by: Revealing, digests: Mapping[uuid.UUID, str]) -> dict[str, Any]:
    """Return how groups differ in rounds that came by a file, as the last snapshot has it.

    Nobody's answers came with them, so nothing is compared anew.
    """
    last = Snapshot.objects.filter(workshop=by.workshop).order_by("-number").first()
    if last is None or not last.content["gaps"]:
        return {}
    counted = answered_in(list(digests))
    keys = {sha256: key for key, sha256 in last.content["results"].items()}
    return {
        str(asked): last.content["gaps"][keys[sha256]]
        for asked, sha256 in digests.items()
        if asked not in counted and keys.get(sha256) in last.content["gaps"]
    }


def digest(content: dict[str, Any]) -> str:
    """Return the SHA-256 of `content`, whatever the order of its keys."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()


def _content(by: Revealing, asked: Round, tallies: ByGroup) -> dict[str, Any]:
    whole = Counts.total(collapsed(values.items()) for values in tallies.values())
    told = whole.answered >= FEWEST_ANSWERS
    measured = Measured.of(whole, members=asked.members, rule=by.rule)
    hands = asked.means == Means.HANDS
    return {
        "statement": str(asked.statement_id),
        "round": asked.number,
        "wording": {"number": asked.wording.number, "text": asked.wording.text},
        "scale": asked.scale,
        "means": asked.means,
        "rule": asdict(by.rule),
        "groups_rule": asdict(by.group_rule),
        "smallest_group": by.plan.smallest_group,
        "members": asked.members,
        "answered": whole.answered,
        "counts": asdict(whole) if told else None,
        "values": _values(tallies) if told and asked.scale == Scale.FIVE else None,
        "verdict": measured.verdict,
        "certainty": asdict(measured.certainty),
        "margin": measured.margin,
        "says": verdict_sentence(measured, by.rule, by_hands=hands),
        "margin_says": margin_sentence(measured),
        "carry_over_says": carry_over_sentence(measured),
        "moved": _moved(asked, whole.answered),
        **_groups(by, measured, by.shown(tallies) if told else published({}, 0)),
    }


def _moved(asked: Round, answered: int) -> dict[str, Any] | None:
    """Return how many of those who answered both rounds kept their answer.

    Nothing of other words than last time, of a large room, where a request would have to go
    through all answers, and of so few that their answers could be worked out. Nor where one or two
    came, went or changed their group meanwhile: if all others kept their answer, what these
    answered would be the difference between the rounds.
    """
    before = Round.objects.filter(statement=asked.statement_id, number=asked.number - 1).first()
    if before is None or before.wording_id != asked.wording_id:
        return None
    before_count = answered_in([before.pk]).get(before.pk, 0)
    if max(answered, before_count) > LARGE:
        return None
    earlier, now = _by_person(before), _by_person(asked)
    both = earlier.keys() & now.keys()
    regrouped = sum(earlier[person][1] != now[person][1] for person in both)
    others = (before_count - len(both), answered - len(both), regrouped)
    if any(0 < count < FEWEST_CHANGED for count in others):
        return None
    stability = Stability.of((earlier[person][0], now[person][0]) for person in both)
    says = stability_sentence(stability)
    return {**asdict(stability), "says": says} if says else None


def _by_person(asked: Round) -> dict[uuid.UUID, tuple[int, uuid.UUID | None]]:
    rows = Response.objects.filter(round=asked, participant__isnull=False)
    return {
        person: (value, group)
        for person, value, group in rows.values_list("participant", "value", "group")
    }


def _groups(by: Revealing, measured: Measured, shown: Shown) -> dict[str, Any]:
    labels = by.labels
    carried = carrying(shown.told, measured.verdict, by.group_rule)
    against = measured.verdict != measured.verdict.mirrored and measured.side != measured.counts
    return {
        "groups": [
            {
                "id": str(key),
                "plural": labels[key],
                "counts": asdict(shown.figures[key]) if key in shown.figures else None,
                "says": group_sentence(shown, key, labels),
            }
            for key in shown.told
        ],
        "hidden": [
            {
                "id": str(key),
                "plural": labels[key],
                "says": hidden_sentence(shown, key, labels, by.plan.smallest_group),
            }
            for key in shown.hidden
        ],
        "carrying": carried
        and {
            "shared": carried.shared,
            "carried_by": [str(key) for key in carried.carried_by],
            "not_by": [str(key) for key in carried.not_by],
            "says": carrying_sentence(carried, shown, labels, against=against),
        },
    }


def _gaps(by: Revealing, rounds: Sequence[uuid.UUID]) -> dict[str, list[dict[str, Any]]]:
    tallies = tallies_of(rounds)
    shown = [by.shown(tallies.get(key, {})) for key in rounds]
    found = compare([each.told for each in shown], by.group_rule)
    compared = sum(bool(gaps) for gaps in found)
    return {
        str(key): [_gap(gap, one, by.labels, compared) for gap in gaps]
        for key, one, gaps in zip(rounds, shown, found, strict=True)
        if gaps
    }


def _gap(gap: Gap[uuid.UUID], shown: Shown, labels: Labels, compared: int) -> dict[str, Any]:
    # From a gap and one share the other can be worked out, so what is told in words has none.
    of_whom = shown.told if gap.other is None else (gap.group, gap.other)
    in_figures = all(key in shown.figures for key in of_whom)
    return {
        "group": str(gap.group),
        "other": str(gap.other) if gap.other else None,
        "points": gap.points if in_figures else None,
        "points_against": gap.points_against if in_figures else None,
        "p": gap.p if in_figures else None,
        "sizes": [gap.counts.answered, gap.other_counts.answered] if in_figures else None,
        "finding": gap.finding,
        "says": gap_sentence(gap, shown, labels, compared=compared),
    }


def _values(tallies: ByGroup) -> dict[str, int]:
    total: dict[str, int] = {}
    for values in tallies.values():
        for value, count in values.items():
            total[str(value)] = total.get(str(value), 0) + count
    return dict(sorted(total.items()))
