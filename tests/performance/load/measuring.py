"""What was measured, and what is asked of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

# Milliseconds, at the 95th percentile.
NOTE_ACKNOWLEDGED, EVENT_HEARD = 150, 500
# What a process that leaks would pass by in minutes.
GROWTH = 1.1
# The decoy's changes are numbered from here, so far above what the room reaches that a number
# tells which workshop it comes from.
DECOY_FROM = 1_000_000


@dataclass
class Measured:
    """All that happened while the room was full."""

    people: int
    acknowledged: list[float] = field(default_factory=list)
    heard: list[float] = field(default_factory=list)
    fetched: list[float] = field(default_factory=list)
    bursts: list[float] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)
    processor: float = 0.0
    missed: int = 0
    misdirected: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def growth(self) -> float:
        """How much more memory the last third of the time took than the middle one."""
        third = len(self.memory) // 3
        if not third:
            return 1.0
        middle, last = self.memory[third : 2 * third], self.memory[-third:]
        return (sum(last) / len(last)) / (sum(middle) / len(middle))

    def _memory(self) -> str:
        most = max(self.memory, default=0) / 2**20
        return f"{most:.0f} MiB, × {self.growth:.2f} in the last third"

    def __str__(self) -> str:
        lines = [
            f"{self.people} people, {len(self.acknowledged)} notes",
            f"  note acknowledged   {told(self.acknowledged)}",
            f"  event heard         {told(self.heard)}, {len(self.heard)} of them",
            f"  part fetched        {told(self.fetched)}, {len(self.fetched)} of them",
            f"  all fetch at once   {', '.join(f'{each:.1f} s' for each in self.bursts) or '–'}",
            f"  missed {self.missed}, misdirected {self.misdirected}, errors {len(self.errors)}",
            f"  web processes       {self.processor:.0f} % of a processor, {self._memory()}",
        ]
        return "\n".join([*lines, *(f"  ! {error}" for error in self.errors[:5])])


def told(times: Sequence[float]) -> str:
    """Return the median and the 95th and 99th percentile of `times`, which are in seconds."""
    if not times:
        return "–"
    median, high, higher = (1000 * percentile(times, part) for part in (0.5, 0.95, 0.99))
    return f"median {median:.0f} ms, 95 % {high:.0f} ms, 99 % {higher:.0f} ms"


def percentile(times: Sequence[float], part: float) -> float:
    """Return the time within which `part` of `times` lie."""
    return sorted(times)[min(len(times) - 1, int(part * len(times)))]
