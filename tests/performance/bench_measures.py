"""Whether the measures say what holds, beside what the design states: `make bench-measures`.

Rooms are drawn, from a seed, from the answers of 400 invented people and, where they are beside the
project, from five real conversations. The design drew them from 17, so figures may differ by the
margin that stands with each. Exits 1 where one differs by more.
"""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from apps.statements.measures.certainty import Level, certainty_of
from apps.statements.measures.counts import Counts
from apps.workshops.consensus import ConsensusRule
from tests.statements.measures.conversations import (
    OPEN,
    REFERENCE,
    SERVED,
    invented,
    published,
    served,
)
from tests.statements.measures.simulations import (
    Pool,
    by_fisher,
    by_mid_p,
    by_polis,
    calibration,
    false_flags,
    pool_of,
    rate,
)

ROOMS, WORKSHOPS = 30_000, 2_000
HELD = {0.6: 0.651, 0.7: 0.741, 0.8: 0.843, 0.9: 0.961, Level.SETTLED: 1.0}
HELD_BY_DISSENTERS = {Level.SETTLED: 1.0, Level.VERY_LIKELY: 0.902, Level.LIKELY: 0.669}
# By rule: in which share of workshops it flags something, and the margin for other statements.
FLAGGED = {
    "Polis's rule": (0.94, 0.06),
    "gap of 30 points": (0.85, 0.15),
    "mid-p at 5 per cent": (0.56, 0.06),
    "ours": (0.09, 0.06),
}
# Groups, their common share, and how often each test finds a difference at 5 per cent.
SAME = {
    (3, 24, 0.5): (0.242, 0.068, 0.008),
    (5, 22, 0.5): (0.245, 0.045, 0.034),
    (8, 19, 0.7): (0.137, 0.050, 0.026),
    (13, 14, 0.5): (0.130, 0.053, 0.026),
    (30, 30, 0.7): (0.106, 0.042, 0.026),
}
APART = {(5, 22): 0.54, (8, 19): 0.67, (13, 14): 0.78, (20, 20): 0.92, (30, 30): 0.99}


@dataclass
class Stated:
    """Something measured, beside what is stated of it."""

    about: str
    value: float
    stated: float
    margin: float

    @property
    def holds(self) -> bool:
        """Whether it is what is stated, within the margin."""
        return abs(self.value - self.stated) <= self.margin

    def __str__(self) -> str:
        said = "" if self.holds else "   OUTSIDE"
        return f"  {self.about:<58}{self.value:8.3f}  ({self.stated:.3f} ± {self.margin:g}){said}"


def pools() -> Iterator[tuple[str, Pool]]:
    """Yield the answers there are to draw from, and whose they are."""
    yield "400 invented people", pool_of([invented(400).votes])
    if not REFERENCE.exists():
        sys.stdout.write("Not measured on real conversations: they aren't beside the project\n")
        return
    talks = [published(name).votes for name in OPEN] + [served(name).votes for name in SERVED]
    yield "five real conversations", pool_of(talks)


def drawn(pool: Pool) -> Iterator[Stated]:
    """Yield how verdicts and findings hold up in rooms of `pool`."""
    held = calibration(pool, ROOMS)
    for key, stated in HELD.items():
        about = f"held, when said with {key}–{key + 0.1:.1f}" if key in (0.6, 0.7, 0.8, 0.9) else ""
        yield Stated(about or f"held, when {key}", held[key][0], stated, 0.04 if about else 0)
    held = calibration(pool, ROOMS, dissenters_silent=True)
    for level, stated in HELD_BY_DISSENTERS.items():
        margin = 0 if level == Level.SETTLED else 0.04
        about = f"the same with dissenters twice as silent: {level}"
        yield Stated(about, held[level][0], stated, margin)
    for rule, (share, number) in false_flags(pool, WORKSHOPS).items():
        stated, margin = FLAGGED[rule]
        about = f"workshops with a false difference by {rule} ({number:.2f} each)"
        yield Stated(about, share, stated, margin)


def exact() -> Iterator[Stated]:
    """Yield how often tests find a difference: gone through, not drawn."""
    for (of, other_of, share), stated in SAME.items():
        tests = {"Polis": by_polis, "mid-p": by_mid_p, "Fisher": by_fisher}
        for (name, test), each in zip(tests.items(), stated, strict=True):
            about = f"{of} v {other_of}, both {share}: found by {name}"
            yield Stated(about, rate(test, of, other_of, share, share), each, 0.001)
    for (of, other_of), each in APART.items():
        about = f"{of} v {other_of}, 0.85 v 0.35: found by mid-p"
        yield Stated(about, rate(by_mid_p, of, other_of, 0.85, 0.35), each, 0.006)


def timed() -> Iterator[str]:
    """Yield how long a certainty takes, in milliseconds."""
    rule = ConsensusRule()
    for about, counts, members in [
        ("27 people, 3 silent", Counts(21, 2, 1), 27),
        ("300 people, 150 silent", Counts(122, 17, 11), 300),
        ("100,000 people, 30,000 silent", Counts(53_000, 10_400, 6_600), 100_000),
        ("no roll, 1,000 answers", Counts(760, 140, 100), None),
    ]:
        before = time.perf_counter()
        certainty_of(counts, members, rule)
        yield f"  a certainty, {about:<45}{(time.perf_counter() - before) * 1000:8.2f} ms"


def main() -> int:
    """Measure, print, and say whether all holds."""
    figures: list[Stated] = []
    for whose, pool in pools():
        sys.stdout.write(f"Rooms drawn from the answers of {whose} ({len(pool)} statements):\n")
        for figure in drawn(pool):
            figures.append(figure)
            sys.stdout.write(f"{figure}\n")
    sys.stdout.write("Gone through in full:\n")
    for figure in exact():
        figures.append(figure)
        sys.stdout.write(f"{figure}\n")
    sys.stdout.write("\n".join(timed()) + "\n")
    return 0 if all(figure.holds for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
