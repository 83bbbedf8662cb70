"""What groups said, in a sentence. Labels are plurals: “scholars”, “other participants”."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from apps.statements.measures.counts import Counts
from apps.statements.measures.groups import Carrying, Finding, Gap
from apps.statements.measures.sentences.wording import capital, joined, number
from apps.statements.measures.shares import BY_HALF, CLOSE, share_of
from apps.statements.measures.suppression import Hidden, Published

K = TypeVar("K", bound=Hashable)

_TRIES = (100, 1_000)
_TIMES = {1: "once", 2: "twice"}


def group_sentence(shown: Published[K], key: K, labels: Mapping[K, str]) -> str:
    """Return how many of a group agreed, as it may be told; for one that may be told of."""
    return f"{capital(_told(shown, key, labels))} agreed."


def hidden_sentence(shown: Published[K], key: K, labels: Mapping[K, str], smallest: int) -> str:
    """Return why nothing is said of a group that is hidden."""
    if shown.hidden[key] == Hidden.TOO_FEW:
        why = f"because fewer than {smallest} answered"
    else:
        why = "so that those of a smaller group can’t be worked out"
    return f"Results for {labels[key]} are not shown, {why}."


def carrying_sentence(
    carrying: Carrying[K], shown: Published[K], labels: Mapping[K, str], *, against: bool = False
) -> str:
    """Return which groups share a consensus; `against`: it is one of disagreement."""
    does = "disagreed" if against else "agreed"
    told = {key: _told(shown, key, labels, against=against) for key in shown.told}
    if carrying.shared:
        every = "both" if len(told) == 2 else f"all {number(len(told))}"  # noqa: PLR2004
        shared = f"Shared by {every} groups"
        if shown.hidden:
            shared += " that can be told of"
        return f"{shared}: {joined(list(told.values()))} {does}."
    short = joined([f"{told[key]} {does}" for key in carrying.not_by])
    if not carrying.carried_by:
        return f"Carried by no group by itself: {short}."
    carried = joined([labels[key] for key in carrying.carried_by])
    others = joined([labels[key] for key in carrying.not_by])
    some = joined([f"{told[key]} {does}" for key in carrying.carried_by])
    only = "" if any(key in shown.worded for key in carrying.not_by) else " only"
    return f"Carried by {carried}, not by {others}: {some}, but{only} {short}."


def gap_sentence(
    gap: Gap[K], shown: Published[K], labels: Mapping[K, str], *, compared: int
) -> str:
    """Return how two groups differ, and what chance has to do with it; empty where they don't.

    `compared`: how many statements of the snapshot were.
    """
    if gap.finding == Finding.NONE:
        return ""
    # What all others together said tells of every group among them.
    of_whom = shown.told if gap.other is None else {gap.group, gap.other}
    in_words = any(key in shown.worded for key in of_whom)
    names = labels[gap.group], "others" if gap.other is None else labels[gap.other]
    of_others = BY_HALF if gap.other is None else shown.closeness.get(gap.other, CLOSE)
    one = _Said(gap.counts, names[0], in_words, shown.closeness.get(gap.group, CLOSE))
    other = _Said(gap.other_counts, names[1], in_words, of_others)
    if gap.finding == Finding.POSSIBLE:
        return _possible(
            gap, f"{one.agreeing} against {other.agreeing}", compared, in_words=in_words
        )
    if in_words:
        chance = "would hardly give so wide a gap"
    else:
        chance = f"would give so wide a gap {_how_often(gap.p)} tries"
    dealing = f"Dealing the {'two ' if gap.other is not None else ''}labels out at random {chance}."
    if gap.finding == Finding.OPPOSED:
        does = "are opposed"
        said = f"{one.most}, {other.most}"
    else:
        does = "differ"
        sides = (one, other)
        said = " against ".join(
            each.agreeing if in_words else _out_of(each.counts) for each in sides
        )
    return f"{capital(names[0])} and {names[1]} {does}: {said}. {dealing}"


@dataclass(frozen=True)
class _Said:
    """What people of a name said, in numbers or in words."""

    counts: Counts
    name: str
    in_words: bool
    closeness: int

    @property
    def agreeing(self) -> str:
        """How many of whom agreed, or disagreed when the answers are swapped."""
        if not self.in_words:
            return f"{_out_of(self.counts)} {self.name}"
        share = share_of(self.counts.agree, self.counts.answered, closeness=self.closeness)
        return f"{share} {self.name}"

    @property
    def swapped(self) -> "_Said":
        """The same of the opposite statement."""
        return replace(self, counts=self.counts.swapped)

    @property
    def most(self) -> str:
        """What more of them did."""
        if self.counts.agree > self.counts.disagree:
            return f"{self.agreeing} agreed"
        return f"{self.swapped.agreeing} disagreed"


def _possible(gap: Gap[K], said: str, compared: int, *, in_words: bool) -> str:
    chance = "may give" if in_words else "gives"
    often = "" if in_words else f" {_how_often(gap.p)}"
    among = f", and {compared:,} statements were compared" if compared > 1 else ""
    return (
        f"Possible difference, not established: {said}; chance alone {chance} such a gap{often}"
        f"{among}."
    )


def _told(shown: Published[K], key: K, labels: Mapping[K, str], *, against: bool = False) -> str:
    closeness = shown.closeness.get(key, CLOSE)
    said = _Said(shown.told[key], labels[key], key in shown.worded, closeness)
    return (said.swapped if against else said).agreeing


def _out_of(counts: Counts) -> str:
    return (
        f"{counts.agree:,} of {counts.answered:,}"
        if counts.agree
        else f"none of {counts.answered:,}"
    )


def _how_often(p: float) -> str:
    for tries in _TRIES:
        if times := round(p * tries):
            return f"about {_TIMES.get(times, f'{times} times')} in {tries:,}"
    return f"less than once in {_TRIES[-1]:,}"
