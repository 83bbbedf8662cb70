"""Whether a claim is borne out: see the package for what is needed."""

from collections.abc import Callable, Sequence

from apps.statements.measures.claims import wording
from apps.statements.measures.claims.linked import (
    OPPOSITE,
    Audit,
    Claim,
    Difference,
    Linked,
    Outcome,
    Tested,
)
from apps.statements.measures.sentences.wording import number, were
from apps.statements.measures.verdicts import Verdict

# Gaps below so many points, of groups of so many people, count against a difference.
NO_GAP_BELOW, NO_GAP_FROM = 15, 10


Judged = tuple[Outcome, Sequence[int], str]


def audit(claim: Claim, linked: Sequence[Linked]) -> Audit:
    """Return whether `linked` bear out `claim`."""
    tested = {place: each for place, each in enumerate(linked) if each.tested}
    if not tested:
        return Audit(Outcome.UNTESTED, wording.untested(linked))
    if claim == Claim.GROUP_DIFFERENCE and not any(each.gaps for each in tested.values()):
        return Audit(
            Outcome.UNTESTED, "Not tested: no two groups have enough answers to be compared."
        )
    judge = {
        Claim.CONSENSUS: _consensus,
        Claim.DIVERGENCE: _divergence,
        Claim.GROUP_DIFFERENCE: _group_difference,
    }[claim]
    outcome, places, sentence = judge(tested)
    if left := len(linked) - len(tested):
        sentence += (
            f" Of the {len(linked)} statements linked to it, {number(left)} {were(left)} answered "
            "by too few."
        )
    return Audit(outcome, sentence, tuple(places))


def _consensus(tested: Tested) -> Judged:
    contrary = _places(
        tested,
        lambda each: each.verdict == Verdict.DIVIDED or each.towards in OPPOSITE or each.opposed,
    )
    if contrary:
        return Outcome.CONTRADICTED, contrary, wording.not_one(tested, contrary)
    apart = _places(tested, lambda each: each.towards != Verdict.CONSENSUS_FOR)
    if apart:
        return Outcome.PARTLY, apart, wording.not_one(tested, apart)
    carried = _places(tested, lambda each: each.shared is False)
    if carried:
        says = tested[carried[0]].carrying_says
        return Outcome.PARTLY, carried, f"The room agrees, but not every group. {says}"
    return Outcome.SUPPORTED, list(tested), f"Supported: {wording.all_at_one(tested)}"


def _divergence(tested: Tested) -> Judged:
    if divided := _places(tested, lambda each: each.verdict == Verdict.DIVIDED):
        found = wording.sides(tested[divided[0]].counts)
        return Outcome.SUPPORTED, divided, f"Supported: {wording.among(divided, tested)}{found}."
    if differing := _places(tested, lambda each: each.differing):
        return Outcome.SUPPORTED, differing, f"Supported. {wording.widest(tested, differing).says}"
    short = _places(tested, lambda each: not each.verdict.is_consensus or each.shared is False)
    if not short:
        sentence = f"Written up as divergence, but {wording.all_at_one(tested)}"
        return Outcome.CONTRADICTED, list(tested), sentence
    return Outcome.PARTLY, short, f"Written up as divergence. {wording.neither(tested, short)}"


def _group_difference(tested: Tested) -> Judged:
    compared = _places(tested, lambda each: bool(each.gaps))
    if differing := _places(tested, lambda each: each.differing):
        return Outcome.SUPPORTED, differing, f"Supported. {wording.widest(tested, differing).says}"
    gaps = [gap for place in compared for gap in tested[place].gaps]
    if all(_is_narrow(gap) for gap in gaps):
        most = round(max(abs(gap.points or 0) for gap in gaps))
        sentence = (
            "Written up as a group difference, but no two groups are further apart than "
            f"{most} {'point' if most == 1 else 'points'}."
        )
        return Outcome.CONTRADICTED, compared, sentence
    if possible := _places(tested, lambda each: any(gap.says for gap in each.gaps)):
        says = wording.widest(tested, possible).says
        return Outcome.PARTLY, possible, f"Written up as a group difference. {says}"
    return (
        Outcome.PARTLY,
        compared,
        "Written up as a group difference, but none is established, nor ruled out.",
    )


def _places(tested: Tested, holds: Callable[[Linked], bool]) -> list[int]:
    return [place for place, each in tested.items() if holds(each)]


def _is_narrow(gap: Difference) -> bool:
    if gap.points is None or gap.sizes is None:
        return False
    # Points are stored as floating numbers: fifteen is fifteen.
    return round(abs(gap.points), 9) < NO_GAP_BELOW and min(gap.sizes) >= NO_GAP_FROM
