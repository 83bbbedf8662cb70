"""What the whole room said, in a sentence."""

from apps.statements.measures.certainty import Bounds, Level, bounds_of
from apps.statements.measures.counts import Counts
from apps.statements.measures.results import Result
from apps.statements.measures.sentences.wording import capital, have, number, share_set, were
from apps.statements.measures.verdicts import Verdict
from apps.workshops.consensus import FEWEST_ANSWERS, PER_CENT, ConsensusRule

# With fewer answers a room's verdict was borne out by half of those it was drawn from, at best.
CARRIES_OVER_FROM = 15

_HOLDS = {
    Level.SETTLED: "is settled",
    Level.VERY_LIKELY: "is very likely to hold",
    Level.LIKELY: "is likely to hold",
    Level.OPEN: "may still change",
}
_LEADS = {
    Verdict.NOT_ENOUGH: "Not enough answers",
    Verdict.CONSENSUS_FOR: "Consensus",
    Verdict.CONSENSUS_AGAINST: "Consensus against",
    Verdict.DIVIDED: "Divided",
    Verdict.UNDECIDED: "Undecided",
    Verdict.LEANS_FOR: "Leans towards agreement",
    Verdict.LEANS_AGAINST: "Leans towards disagreement",
    Verdict.MIXED: "Mixed",
}


def verdict_sentence(result: Result, rule: ConsensusRule, *, by_hands: bool = False) -> str:
    """Return what the room said, with the numbers and how firm that is.

    `rule` is the one that `result` was worked out by; `by_hands`: raised hands were counted.
    """
    lead = _lead(result, by_hands=by_hands)
    if result.verdict == Verdict.NOT_ENOUGH:
        return f"{lead}: {_answered(result)}."
    if result.verdict.is_consensus:
        return f"{lead}. {_consensus(result)}"
    if result.verdict in {Verdict.LEANS_FOR, Verdict.LEANS_AGAINST}:
        return f"{lead} {_leaning(result, rule)}.{_tail(result)}"
    return f"{lead}. {_otherwise(result)}.{_tail(result)}"


def margin_sentence(result: Result) -> str:
    """Return how few people could change the verdict; empty where that isn't known, or nobody."""
    if result.margin is None:
        return ""
    people = "person" if result.margin == 1 else "people"
    does = "end the consensus" if result.verdict.is_consensus else "change this verdict"
    return f"{capital(number(result.margin))} {people} changing their answer would {does}."


def bounds_sentence(counts: Counts, members: int | None) -> str:
    """Return how many of the room agree whatever the silent think; empty where nobody is silent."""
    silent = max((members or 0) - counts.answered, 0)
    if not members or not silent:
        return ""
    who = f"the {silent:,} who have not answered think"
    if silent == 1:
        who = "the one who has not answered thinks"
    return f"Whatever {who}, {_between(bounds_of(counts, members))} of the room agree."


def carry_over_sentence(result: Result) -> str:
    """Return, for an annex, what so few answers don’t say of others; empty where they are more."""
    if result.counts.answered >= CARRIES_OVER_FROM:
        return ""
    return "With so few answers this cannot be carried over to a wider group."


def _lead(result: Result, *, by_hands: bool) -> str:
    lead = _LEADS[result.verdict]
    if result.verdict != Verdict.NOT_ENOUGH:
        if result.members is None:
            lead += " among those who took part"
        elif not result.settled:
            lead += " so far"
    return f"{lead}, by a show of hands" if by_hands else lead


def _answered(result: Result) -> str:
    answered = result.counts.answered
    if result.members is None:
        return f"{answered or 'none'} so far, and it takes {FEWEST_ANSWERS}"
    if not answered:
        return "nobody has answered"
    return f"{answered:,} of {result.members:,} {have(answered)} answered"


def _consensus(result: Result) -> str:
    does, doesnt = "agreed", "disagreed"
    if result.verdict == Verdict.CONSENSUS_AGAINST:
        does, doesnt = doesnt, does
    side, answered = result.side, result.counts.answered
    if result.silent:
        some = "All" if side.agree == answered else f"{side.agree:,} of the"
        return f"{some} {answered:,} who answered {does}; {_whatever(result)}. It {_holds(result)}."
    if side.agree == answered:
        said = f"All {answered:,} participants {does}"
    else:
        others = f"{side.disagree:,}" if side.disagree else "nobody"
        said = f"{side.agree:,} of {answered:,} participants {does}, {others} {doesnt}"
        if side.unsure:
            said += f", {side.unsure:,} {were(side.unsure)} unsure"
    if result.members is None:
        return f"{said}. With more answers it {_holds(result)}."
    return f"{said}; everyone has answered."


def _whatever(result: Result) -> str:
    others = f"the other {result.silent:,} think" if result.silent > 1 else "the other one thinks"
    share = _between(bounds_of(result.side, result.members or 0))
    does = "disagrees" if result.verdict == Verdict.CONSENSUS_AGAINST else "agrees"
    return f"whatever {others}, {share} of the room {does}"


def _between(bounds: Bounds) -> str:
    low, high = (round(PER_CENT * n / bounds.members) for n in (bounds.fewest, bounds.most))
    return f"between {low} % and {high} %" if low < high else f"{low} %"


def _leaning(result: Result, rule: ConsensusRule) -> str:
    side, answered = result.side, result.counts.answered
    share = f"({side.agree:,} of {answered:,})"
    if side.agree < rule.must_agree(answered):
        needed = share_set(rule.consensus_at)
        return f"{share}, short of the {needed} this workshop set for consensus"
    against = "disagreed" if result.verdict == Verdict.LEANS_FOR else "agreed"
    return (
        f"{share}, but {side.disagree:,} {against}, more than the {rule.opposed_at_most} % this "
        "workshop allows in a consensus"
    )


def _otherwise(result: Result) -> str:
    counts = result.counts
    if result.verdict == Verdict.UNDECIDED:
        unsure = f"{counts.unsure:,} of {counts.answered:,} {were(counts.unsure)} unsure"
        return f"{unsure}, so no view can be reported"
    said = f"{counts.agree:,} agreed, {counts.disagree:,} disagreed"
    if counts.unsure:
        said += f" and {counts.unsure:,} {were(counts.unsure)} unsure"
    else:
        said = said.replace(", ", " and ")
    return said if result.verdict == Verdict.DIVIDED else f"{said}: neither side has more than half"


def _tail(result: Result) -> str:
    if result.members is None:
        return f" With more answers it {_holds(result)}."
    if not result.silent:
        return ""
    silent = f"{result.silent:,} {have(result.silent)} not answered"
    return (
        f" {silent}, and can’t change that."
        if result.settled
        else f" {silent}; it {_holds(result)}."
    )


def _holds(result: Result) -> str:
    return _HOLDS[result.certainty.level or Level.OPEN]
