"""Why a claim is borne out or isn't, in a sentence."""

from collections.abc import Sequence

from apps.statements.measures.claims.linked import OPPOSITE, Difference, Linked, Tested
from apps.statements.measures.counts import Counts
from apps.statements.measures.groups import Finding
from apps.statements.measures.sentences.wording import capital, number, were
from apps.statements.measures.verdicts import Verdict


def widest(tested: Tested, places: Sequence[int]) -> Difference:
    """Return the difference that says most: opposed before different before possible."""
    order = list(Finding)
    gaps = [gap for place in places for gap in tested[place].gaps]
    return min(gaps, key=lambda gap: (order.index(gap.finding), -abs(gap.points or 0)))


def among(places: Sequence[int], tested: Tested) -> str:
    """Return on how many statements something was found; nothing where there is one alone."""
    if len(tested) == 1:
        return ""
    return f"on {number(len(places))} of the {len(tested)} statements that test it "


def not_one(tested: Tested, places: Sequence[int]) -> str:
    """Say that there is no consensus, by the first of `places`."""
    each = tested[places[0]]
    written = f"Written up as consensus, but {among(places, tested)}"
    side, does, doesnt = each.counts, "agreed", "disagreed"
    if not each.agrees:
        side, does, doesnt = side.swapped, doesnt, does
    if each.towards in OPPOSITE:
        share = f"{side.disagree:,} of {side.answered:,} {doesnt}"
        return f"{written}{OPPOSITE[each.towards]}: {share}."
    if each.verdict == Verdict.DIVIDED:
        return f"{written}{side.disagree:,} of {side.answered:,} {doesnt}{_of_whom(each)}."
    if each.opposed:
        return f"Written up as consensus. {widest(tested, places).says}"
    if each.verdict == Verdict.UNDECIDED:
        return f"{written}{side.unsure:,} of {side.answered:,} {were(side.unsure)} unsure."
    but = f", and {side.disagree:,} {doesnt}{_of_whom(each)}" if side.disagree else ""
    return f"{written}only {side.agree:,} of {side.answered:,} {does}{but}."


def _of_whom(each: Linked) -> str:
    """Say which group most of those are in who answered against the claim, if one is."""
    against = {
        plural: counts.disagree if each.agrees else counts.agree
        for plural, counts in each.figures.items()
    }
    total = each.counts.disagree if each.agrees else each.counts.agree
    most = max(against, key=lambda plural: against[plural], default=None)
    if most is None or total < 2 or 2 * against[most] <= total:  # noqa: PLR2004
        return ""
    return f", {f'{against[most]:,}' if against[most] < total else 'all'} of them {most}"


def all_at_one(tested: Tested) -> str:
    """Say that each is a consensus."""
    if len(tested) > 1:
        shared = ""
        if all(each.shared for each in tested.values()):
            told_of = " that is told of" if any(each.hidden for each in tested.values()) else ""
            shared = f" that every group{told_of} shares"
        return f"all {len(tested)} statements that test it found a consensus{shared}."
    [each] = tested.values()
    side, does = each.counts, "agreed"
    if each.verdict == Verdict.CONSENSUS_AGAINST:
        side, does = side.swapped, "disagreed"
    says = f" {each.carrying_says}" if each.carrying_says else ""
    return f"{side.agree:,} of {side.answered:,} {does}.{says}"


def sides(counts: Counts) -> str:
    """Say how many were on either side."""
    return f"{counts.agree:,} agreed and {counts.disagree:,} disagreed"


def neither(tested: Tested, short: Sequence[int]) -> str:
    """Say what there is that is neither a divergence nor a consensus of all."""
    if any(gap.says for each in tested.values() for gap in each.gaps):
        return widest(tested, list(tested)).says
    each = tested[short[0]]
    if each.verdict.is_consensus:
        return each.carrying_says
    if each.verdict == Verdict.UNDECIDED:
        unsure = each.counts.unsure
        found = f"{unsure:,} of {each.counts.answered:,} {were(unsure)} unsure."
    else:
        found = f"{sides(each.counts)}: neither a divided room nor a consensus."
    return capital(f"{among(short, tested)}{found}")


def untested(linked: Sequence[Linked]) -> str:
    """Say why nothing is known."""
    if not linked:
        return "Facilitator’s judgement; no statement was put to participants."
    if len(linked) == 1:
        return "Not tested: too few answered the statement linked to it."
    return f"Not tested: too few answered any of the {len(linked)} statements linked to it."
