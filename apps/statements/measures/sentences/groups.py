"""What groups said, in a sentence. Labels are plurals: “scholars”, “other participants”."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

from apps.statements.measures.counts import Counts
from apps.statements.measures.groups import Carrying, Finding, Gap
from apps.statements.measures.sentences.wording import capital, joined, number, share_in_words
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
    return f"Carried by {carried}, not by {others}: {some}, but only {short}."


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
    if gap.finding == Finding.POSSIBLE:
        return _possible(gap, names, compared, in_words=in_words)
    if in_words:
        chance = "would hardly give so wide a gap"
    else:
        chance = f"would give so wide a gap {_how_often(gap.p)} tries"
    dealing = f"Dealing the {'two ' if gap.other is not None else ''}labels out at random {chance}."
    if gap.finding == Finding.OPPOSED:
        does = "are opposed"
        said = ", ".join(
            _most_of(counts, name, in_words=in_words)
            for counts, name in zip((gap.counts, gap.other_counts), names, strict=True)
        )
    else:
        does = "differ"
        said = " against ".join(
            _some(counts, name, in_words=in_words) if in_words else _out_of(counts)
            for counts, name in zip((gap.counts, gap.other_counts), names, strict=True)
        )
    return f"{capital(names[0])} and {names[1]} {does}: {said}. {dealing}"


def _possible(gap: Gap[K], names: tuple[str, str], compared: int, *, in_words: bool) -> str:
    said = " against ".join(
        _some(counts, name, in_words=in_words)
        for counts, name in zip((gap.counts, gap.other_counts), names, strict=True)
    )
    chance = "may give" if in_words else "gives"
    often = "" if in_words else f" {_how_often(gap.p)}"
    among = f", and {compared:,} statements were compared" if compared > 1 else ""
    return (
        f"Possible difference, not established: {said}; chance alone {chance} such a gap{often}"
        f"{among}."
    )


def _told(shown: Published[K], key: K, labels: Mapping[K, str], *, against: bool = False) -> str:
    counts = shown.told[key].swapped if against else shown.told[key]
    return _some(counts, labels[key], in_words=key in shown.worded)


def _some(counts: Counts, name: str, *, in_words: bool) -> str:
    return f"{share_in_words(counts) if in_words else _out_of(counts)} {name}"


def _most_of(counts: Counts, name: str, *, in_words: bool) -> str:
    if counts.agree > counts.disagree:
        return f"{_some(counts, name, in_words=in_words)} agreed"
    return f"{_some(counts.swapped, name, in_words=in_words)} disagreed"


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
