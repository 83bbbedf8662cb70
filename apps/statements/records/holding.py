"""What the measures make of a result's counts: a file can say nothing else of them."""

from collections.abc import Mapping
from dataclasses import asdict
from math import isclose
from typing import Any

from apps.core.documents import Unfit
from apps.statements.measures.counts import Counts
from apps.statements.measures.results import Result as Measured
from apps.statements.measures.rounds import Stability, stability_sentence
from apps.statements.measures.sentences import (
    carry_over_sentence,
    margin_sentence,
    verdict_sentence,
)
from apps.statements.models import Means
from apps.statements.selectors.counting import collapsed
from apps.workshops.consensus import ConsensusRule

# Of probabilities: other machines round the last digits otherwise.
CLOSE = 1e-6


def hold_to_measures(content: Mapping[str, Any], at: str) -> None:
    """Raise `Unfit` where `content`, a result of the right shape, says otherwise than its counts.

    Of so few answers that no counts are told, how they fell changes nothing of what is said.
    """
    told, rule = content["counts"], ConsensusRule(**content["rule"])
    if rule.problems():
        raise Unfit("isn’t one that a workshop can have.", at=f"{at}.rule")
    whole = Counts(**told) if told else Counts(unsure=content["answered"])
    measured = Measured.of(whole, members=content["members"], rule=rule)
    if content["verdict"] != measured.verdict:
        text = f"isn’t what the rule makes of the counts: “{measured.verdict}”."
        raise Unfit(text, at=f"{at}.verdict")
    hands = content["means"] == Means.HANDS
    for name, mine in {
        "margin": measured.margin,
        "says": verdict_sentence(measured, rule, by_hands=hands),
        "margin_says": margin_sentence(measured),
        "carry_over_says": carry_over_sentence(measured),
    }.items():
        if content[name] != mine:
            text = f"isn’t what the measures make of the counts: “{mine}”."
            raise Unfit(text, at=f"{at}.{name}")
    certainty, said = asdict(measured.certainty), content["certainty"]
    if said["level"] != certainty["level"] or not _same(
        said["probability"], certainty["probability"]
    ):
        raise Unfit("isn’t what the measures make of the counts.", at=f"{at}.certainty")
    _hold_values(content, whole, at)
    _hold_moved(content, at)


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return isclose(one, other, abs_tol=CLOSE)


def _hold_values(content: Mapping[str, Any], whole: Counts, at: str) -> None:
    values = content["values"]
    if values is None:
        return
    if content["counts"] is None:
        raise Unfit("are told where the counts are.", at=f"{at}.values")
    if collapsed((int(value), count) for value, count in values.items()) != whole:
        raise Unfit("aren’t those of the counts.", at=f"{at}.values")


def _hold_moved(content: Mapping[str, Any], at: str) -> None:
    moved = content["moved"]
    if moved is None:
        return
    if not moved["kept"] <= moved["both"] <= content["answered"]:
        raise Unfit("are more than answered.", at=f"{at}.moved")
    says = stability_sentence(Stability(moved["kept"], moved["both"]))
    if not says or moved["says"] != says:
        raise Unfit("isn’t what the measures make of it.", at=f"{at}.moved.says")
