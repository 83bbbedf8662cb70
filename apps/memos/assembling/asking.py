"""How the room was asked: who could answer, by which rule, and what of that was changed."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from apps.annotations.wording import capitalised, joined
from apps.memos.assembling.answers import per_cent, rule_in_words, tested_in_words
from apps.memos.assembling.asked import Asked, Change
from apps.memos.assembling.material import Material
from apps.memos.assembling.words import counted, day, in_words, paragraph, prose
from apps.memos.typesetting.content import Block, Fact
from apps.statements.measures.certainty import LIKELY_FROM, VERY_LIKELY_FROM
from apps.statements.models import NextRound, Snapshot
from apps.workshops.consensus import FEWEST_ANSWERS, TWO_THIRDS, ConsensusRule

DIGITS = 12
CERTAINTY = (
    "“Settled” is what no answer that is still missing can change. What is “very likely” to hold "
    "stands in at least {very_likely} of 100 ways in which the missing answers may fall, weighed "
    "by those that were given; what is “likely”, in at least {likely}. Anything else “may still "
    "change”. No conclusion is drawn about people outside the room."
)
GROUPS = (
    "Of a group of which fewer than {smallest} answered nothing is told, nor of another from whose "
    "figures those of the first could be worked out. A consensus is shared where at least {shared} "
    "of every group are with it. Groups differ where their shares are at least {gap} points apart "
    "and chance hardly gives so wide a gap: by the mid-p test, with the false findings among all "
    "comparisons held at one in {false}. A wide gap alone is a possible difference."
)
THRESHOLDS = {
    "consensus_at": "consensus",
    "opposed_at_most": "the most who may be against a consensus",
    "divided_at": "a divided room",
    "undecided_at": "an undecided room",
    "quorum": "those who have to answer",
    "shared_at": "a consensus shared by a group",
}
NUMBERS = {"rounds": "rounds at most", "smallest_group": "the smallest group told of"}
SWITCHES = {
    "team_answers": ("the team answers, too", "the team no longer answers"),
    "is_open": (
        "anybody may come, so that nobody knows how many may answer",
        "those who may answer are counted",
    ),
}

AGAIN = {
    NextRound.UNSETTLED: "asked what wasn’t settled",
    NextRound.ALL: "asked everything",
    NextRound.CHOSEN: "the team chose what was asked",
}


def how_it_was_asked(material: Material) -> list[Block]:
    """Return how the room was asked, if anything was revealed: rows, and each change of the rule
    after the first answer.
    """
    asked = material.asked
    if asked.snapshot is None:
        return []
    rows: list[Fact] = [
        {"label": "Statements", "value": _statements(asked)},
        {"label": "Who could answer", "value": _who(asked)},
        {"label": "The rule", "value": _rule(asked.snapshot)},
        {"label": "Groups", "value": _groups(asked.snapshot)},
        {"label": "How firm", "value": _certainty()},
        {"label": "Findings tested", "value": tested_in_words(material.printed, asked)},
        {"label": "Figures", "value": _snapshot(asked.snapshot, material)},
    ]
    blocks: list[Block] = [
        prose("method-asking-lead", paragraph("Statements were put to the room:")),
        {"id": "method-asking", "type": "facts", "rows": rows},
    ]
    if asked.changes:
        changes = [paragraph(_change(each)) for each in asked.changes]
        blocks.append(prose("method-changes", *changes))
    return blocks


def _statements(asked: Asked) -> str:
    last = asked.last
    hands = sum(each.by_hands for each in last)
    again = Counter(len(rounds) for rounds in asked.rounds.values())
    told = counted(len(last), "statement")
    told += " was revealed" if len(last) == 1 else " were revealed"
    told += f", {_by_what(len(last), hands)}."
    for rounds, number in sorted(again.items()):
        if rounds > 1:
            told += f" {capitalised(in_words(number))} {'was' if number == 1 else 'were'} asked in "
            told += f"{in_words(rounds)} rounds."
    told += f" The plan had {counted(asked.plan.rounds, 'round')} at most"
    if asked.plan.rounds > 1:
        told += f", and {AGAIN[NextRound(asked.plan.next_round)]} again"
    told = f"{capitalised(told)}. Nobody saw any result before it was revealed."
    if asked.votes_from_elsewhere:
        told += (
            f" Among the answers are {asked.votes_from_elsewhere:,} votes taken over from a "
            "conversation elsewhere."
        )
    return told


def _by_what(number: int, hands: int) -> str:
    devices = number - hands
    if not hands:
        return "answered on people’s own devices"
    if not devices:
        return "answered by a show of hands"
    return (
        f"{in_words(devices)} answered on people’s own devices and {in_words(hands)} by a show of "
        "hands, which one person counted and another confirmed"
    )


def _who(asked: Asked) -> str:
    told = "Participants and the team" if asked.plan.team_answers else "Participants, not the team"
    sizes = {each.members for each in asked.last}
    if None in sizes:
        return f"{told}; how many there could have been isn’t known."
    known = sorted(size for size in sizes if size is not None)
    several = f"{known[0]} to {known[-1]}" if len(known) > 1 else str(known[0])
    return f"{told}: {several} people. Being unsure is an answer; not answering is none."


def _rule(snapshot: Snapshot) -> str:
    rule = ConsensusRule(**snapshot.content["rule"])
    told = f"Of those who answered: {rule_in_words(rule)}. Anything else leans one way or is mixed."
    quorum = f", or fewer than {per_cent(rule.quorum)} of those who could" if rule.quorum else ""
    return f"{told} Nothing is said where fewer than {in_words(FEWEST_ANSWERS)} answered{quorum}."


def _groups(snapshot: Snapshot) -> str:
    rule = snapshot.content["groups"]
    return GROUPS.format(
        smallest=in_words(snapshot.content["smallest_group"]),
        shared=per_cent(rule["shared_at"]),
        gap=rule["gap_at"],
        false=in_words(round(1 / rule["false_discoveries"])),
    )


def _certainty() -> str:
    return CERTAINTY.format(
        very_likely=round(100 * VERY_LIKELY_FROM), likely=round(100 * LIKELY_FROM)
    )


def _snapshot(snapshot: Snapshot, material: Material) -> str:
    made = day(snapshot.created_at.astimezone(material.workshop.zone).date())
    return (
        f"Those of snapshot {snapshot.number}, frozen on {made}; its SHA-256 begins with "
        f"{snapshot.sha256[:DIGITS]}."
    )


def _change(change: Change) -> str:
    after = (
        f"after {counted(change.revealed, 'statement')} had been revealed"
        if change.revealed
        else "after people had begun to answer and before anything was revealed"
    )
    told = joined(list(_changed(change)))
    reason = change.reason.strip().rstrip(".")
    return f"The rule was changed on {day(change.on)}, {after}: {told}, because “{reason}”."


def _changed(change: Change) -> Iterator[str]:
    ways: list[tuple[Any, Callable[[str, Any, Any], str]]] = [
        (THRESHOLDS, _share_changed),
        (
            NUMBERS,
            lambda name, old, new: f"{NUMBERS[name]} from {in_words(old)} to {in_words(new)}",
        ),
        (SWITCHES, lambda name, _old, new: SWITCHES[name][0 if new else 1]),
    ]
    for name, new in change.after.items():
        for names, way in ways:
            if name in names:
                yield way(name, change.before[name], new)
        if name == "next_round":
            yield f"the plan {AGAIN[NextRound(new)]} again"


def _share_changed(name: str, old: int, new: int) -> str:
    if TWO_THIRDS in {old, new}:
        return f"{THRESHOLDS[name]} from {per_cent(old)} to {per_cent(new)}"
    return f"{THRESHOLDS[name]} from {old} to {per_cent(new)}"
