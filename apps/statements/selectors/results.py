"""What was revealed: to everybody who is here the same, and nothing that wasn't."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from apps.core.once import once_a_page
from apps.statements.measures.certainty import Certainty, Level
from apps.statements.measures.counts import Counts
from apps.statements.measures.groups import Finding
from apps.statements.measures.rounds import Stability
from apps.statements.measures.sentences import bounds_sentence
from apps.statements.measures.verdicts import Verdict
from apps.statements.models import Means, Result, Snapshot
from apps.workshops.attribution import keeps_groups
from apps.workshops.models import Workshop

_SHAPES = {
    Verdict.CONSENSUS_FOR: "agree",
    Verdict.CONSENSUS_AGAINST: "disagree",
    Verdict.DIVIDED: "tension",
    Verdict.UNDECIDED: "issue",
    Verdict.MIXED: "issue",
    Verdict.LEANS_FOR: "observation",
    Verdict.LEANS_AGAINST: "observation",
    Verdict.NOT_ENOUGH: "waiting",
}


@dataclass(frozen=True)
class GroupResult:
    """What is told of a group: in figures, or in words alone (`counts` None)."""

    id: uuid.UUID
    plural: str
    counts: Counts | None
    says: str


@dataclass(frozen=True)
class GapResult:
    """How two groups differ, or one from all others (`other` None); figures where they are told."""

    group: uuid.UUID
    other: uuid.UUID | None
    finding: Finding
    points: float | None
    p: float | None
    sizes: tuple[int, int] | None
    says: str


@dataclass(frozen=True)
class Revealed:
    """What one round came to, as it was when it was revealed."""

    round_id: uuid.UUID
    statement_id: uuid.UUID
    content: Mapping[str, Any]
    # As the last snapshot has it; none for a round that a later one took the place of.
    gaps: tuple[GapResult, ...] = ()

    @property
    def number(self) -> int:
        """Which round of its statement it is."""
        return int(self.content["round"])

    @property
    def text(self) -> str:
        """The words that were answered."""
        return str(self.content["wording"]["text"])

    @property
    def wording_number(self) -> int:
        """Which wording of its statement they are."""
        return int(self.content["wording"]["number"])

    @property
    def counts(self) -> Counts | None:
        """What all answered; None where so few did that nothing is told."""
        found = self.content["counts"]
        return Counts(**found) if found else None

    @property
    def answered(self) -> int:
        """How many answered."""
        return int(self.content["answered"])

    @property
    def members(self) -> int | None:
        """How many could have answered, as far as that is known."""
        found = self.content["members"]
        return None if found is None else int(found)

    @property
    def verdict(self) -> Verdict:
        """What it came to by the rule of its time."""
        return Verdict(self.content["verdict"])

    @property
    def certainty(self) -> Certainty:
        """How firm that is."""
        return certainty_in(self.content["certainty"])

    @property
    def by_hands(self) -> bool:
        """Whether hands were counted."""
        return bool(self.content["means"] == Means.HANDS)

    @property
    def says(self) -> str:
        """The verdict in a sentence."""
        return str(self.content["says"])

    @property
    def margin_says(self) -> str:
        """How few people would change the verdict, in a sentence; or nothing."""
        return str(self.content["margin_says"])

    @property
    def bounds_says(self) -> str:
        """How many of the room agree whatever the silent think, in a sentence; or nothing, also
        where the verdict's own sentence says it.
        """
        if self.counts is None or self.verdict.is_consensus:
            return ""
        return bounds_sentence(self.counts, self.members)

    @property
    def carrying_says(self) -> str:
        """Which groups share a consensus, in a sentence; or nothing."""
        found = self.content["carrying"]
        return str(found["says"]) if found else ""

    @property
    def is_shared(self) -> bool | None:
        """Whether a consensus is that of every group that is told of; None where groups have no
        say in it.
        """
        found = self.content["carrying"]
        return bool(found["shared"]) if found else None

    @property
    def stability(self) -> Stability | None:
        """How many kept their answer since the round before, where that is told."""
        return stability_in(self.content["moved"])

    @property
    def moved_says(self) -> str:
        """The same in a sentence; or nothing."""
        found = self.content["moved"]
        return str(found["says"]) if found else ""

    @property
    def shape(self) -> str:
        """The name of the shape that stands for the verdict, beside its word."""
        return _SHAPES.get(self.verdict, "plain")

    @property
    def groups(self) -> list[GroupResult]:
        """What is told of each group that may be told of."""
        return [
            GroupResult(
                uuid.UUID(each["id"]),
                each["plural"],
                Counts(**each["counts"]) if each["counts"] else None,
                each["says"],
            )
            for each in self.content["groups"]
        ]

    @property
    def worded_says(self) -> list[str]:
        """What is told of each group that is told of in words alone, a sentence each."""
        return [group.says for group in self.groups if group.counts is None]

    @property
    def hidden_says(self) -> list[str]:
        """Of which groups nothing is told, and why, a sentence each."""
        return [each["says"] for each in self.content["hidden"]]

    @property
    def gap_says(self) -> list[str]:
        """How groups differ, a sentence each."""
        return [gap.says for gap in self.gaps if gap.says]

    @property
    def differs(self) -> Finding:
        """The most that was found between any two groups."""
        order = [Finding.OPPOSED, Finding.DIFFER, Finding.POSSIBLE]
        found = {gap.finding for gap in self.gaps}
        return next((each for each in order if each in found), Finding.NONE)


@once_a_page
def last_snapshot(workshop: Workshop) -> Snapshot | None:
    """Return all that was revealed in `workshop` by now; None before the first reveal."""
    return Snapshot.objects.filter(workshop=workshop).order_by("-number").first()


def revealed_in(
    workshop: Workshop, statements: Collection[uuid.UUID] | None = None
) -> dict[uuid.UUID, list[Revealed]]:
    """Return what was revealed of each statement (or of `statements`), round by round.

    Of groups nothing, once the rule is anonymous: also where it was told before. Two queries,
    however many there are.
    """
    results = Result.objects.filter(workshop=workshop).order_by("round__number")
    if statements is not None:
        results = results.filter(round__statement__in=statements)
    snapshot = last_snapshot(workshop)
    of_groups = keeps_groups(workshop)
    frozen = snapshot.content if snapshot else {"gaps": {}, "results": {}}
    gaps = frozen["gaps"] if of_groups else {}
    found: dict[uuid.UUID, list[Revealed]] = {}
    # What came by a file is known by its digest: it has other ids here.
    known = {sha256: key for key, sha256 in frozen["results"].items()}
    rows = results.values_list("round", "round__statement", "content", "sha256")
    for asked, statement, content, sha256 in rows:
        told = content if of_groups else without_groups(content)
        revealed = Revealed(asked, statement, told, _gaps(gaps.get(known.get(sha256, ""), ())))
        found.setdefault(statement, []).append(revealed)
    return found


def without_groups(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a result holds but for what it tells of groups."""
    return {**content, "groups": [], "hidden": [], "carrying": None}


def last_revealed_in(
    workshop: Workshop, statements: Collection[uuid.UUID] | None = None
) -> dict[uuid.UUID, Revealed]:
    """Return what was revealed last of each statement (or of `statements`). Two queries."""
    return {key: rounds[-1] for key, rounds in revealed_in(workshop, statements).items()}


def certainty_in(found: Mapping[str, Any]) -> Certainty:
    """Return how firm a verdict is, as a result holds it."""
    return Certainty(Level(found["level"]) if found["level"] else None, found["probability"])


def stability_in(found: Mapping[str, int] | None) -> Stability | None:
    """Return how many kept their answer, as a result holds it."""
    return Stability(found["kept"], found["both"]) if found else None


def _gaps(found: Collection[Mapping[str, Any]]) -> tuple[GapResult, ...]:
    return tuple(
        GapResult(
            group=uuid.UUID(each["group"]),
            other=uuid.UUID(each["other"]) if each["other"] else None,
            finding=Finding(each["finding"]),
            points=each["points"],
            p=each["p"],
            sizes=tuple(each["sizes"]) if each["sizes"] else None,
            says=each["says"],
        )
        for each in found
    )
