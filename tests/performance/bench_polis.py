"""How our analysis of a whole conversation compares with red-dwarf's: part of `make bench`.

Three real conversations, where they are beside the project, and two invented ones of 10,000 and
100,000 people. Exits 1 where ours takes more time or memory than stated, or its map isn't theirs.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from tests.statements.measures.conversations import OPEN, REFERENCE, published

ROOT = Path(__file__).parents[2]
PEER = ROOT / ".venv-peer" / "bin" / "python"
# As long as the peer may take for one conversation, in seconds; and what it may differ.
PATIENCE, SAME = 900, 1e-6
SIZES = [(10_000, 200), (100_000, 100)]
ANSWERED, CAMPS = 0.4, 3
RUNS, MANY = 5, 1_000
# For the largest: seconds and megabytes, tests of chance and stability and all.
AT_MOST, AT_MOST_MEGABYTES = 180, 1_000


def conversations() -> Iterator[tuple[str, np.ndarray]]:
    """Yield rows of person, statement and vote, and what they are."""
    if REFERENCE.exists():
        for name in OPEN:
            yield name, rows_of(published(name).votes)
    else:
        sys.stdout.write("Not measured on real conversations: they aren't beside the project\n")
    for people, statements in SIZES:
        yield "invented", rows_of(invented_of(people, statements))


def rows_of(votes: np.ndarray) -> np.ndarray:
    """Return the votes of a matrix as rows."""
    people, statements = np.nonzero(votes >= -1)
    return np.column_stack([people, statements, votes[people, statements]]).astype(np.int64)


def invented_of(people: int, statements: int) -> np.ndarray:
    """Return the answers of people in three camps, from a seed."""
    draw = np.random.default_rng(2026)
    leaning = draw.uniform(-1, 1, (CAMPS, statements))[draw.integers(0, CAMPS, people)]
    leaning += draw.normal(scale=0.7, size=leaning.shape)
    votes = np.where(np.abs(leaning) < 0.3, 0, np.sign(leaning)).astype(np.int8)
    votes[draw.random(votes.shape) > ANSWERED] = -128
    return votes


def asked(command: list[str], file: Path, runs: int) -> dict[str, Any]:
    """Return what one of the two says of the votes in `file`."""
    done = subprocess.run(
        [*command, str(file), str(runs)],
        cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr[-1_000:])
    return dict(json.loads(done.stdout))


def theirs(file: Path, runs: int) -> dict[str, Any] | str:
    """Return what red-dwarf says, or why it says nothing."""
    if not PEER.exists():
        return "isn't installed"
    script = ROOT / "tests" / "performance" / "polis" / "theirs.py"
    try:
        return asked([str(PEER), str(script)], file, runs)
    except subprocess.TimeoutExpired:
        return f"not done after {PATIENCE} s"
    except RuntimeError as error:
        return f"fails: {str(error).strip().splitlines()[-1]}"


def compared(name: str, rows: np.ndarray, file: Path) -> bool:
    """Measure both on `rows`, print it, and return whether all holds."""
    np.save(file, rows)
    people, statements = int(rows[:, 0].max()) + 1, int(rows[:, 1].max()) + 1
    runs = RUNS if people < MANY else 1
    ours = asked([sys.executable, "-m", "tests.performance.polis.ours"], file, runs)
    sys.stdout.write(f"{name}: {people:,} people, {statements} statements, {len(rows):,} votes\n")
    sys.stdout.write(_line("ours", ours))
    peer = theirs(file, runs)
    holds = ours["tested"] <= AT_MOST and ours["tested_megabytes"] <= AT_MOST_MEGABYTES
    if isinstance(peer, str):
        sys.stdout.write(f"  red-dwarf 0.4.0  {peer}\n")
    else:
        sys.stdout.write(_line("red-dwarf 0.4.0", peer))
        same = bool(np.allclose(ours["variance"], peer["variance"], rtol=SAME))
        holds &= same and ours["seconds"] <= peer["seconds"]
        sys.stdout.write(
            f"  red-dwarf takes {peer['seconds'] / ours['seconds']:.1f} times the time and "
            f"{peer['megabytes'] / ours['megabytes']:.1f} times the memory; "
            f"{'the same map' if same else 'ANOTHER MAP'}\n"
        )
    sys.stdout.write(
        f"  ours besides: verdicts {ours['verdicts']:.2f} s; groups held against chance and "
        f"stability {ours['tested']:.1f} s (≤ {AT_MOST}), {ours['tested_megabytes']:.0f} MB "
        f"(≤ {AT_MOST_MEGABYTES}): {ours['says']}\n"
    )
    return holds


def _line(whose: str, found: dict[str, Any]) -> str:
    return f"  {whose:<16} {found['seconds']:9.3f} s {found['megabytes']:9.0f} MB\n"


def main() -> int:
    """Measure, print, and say whether all holds."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "votes.npy"
        holds = [compared(name, rows, file) for name, rows in conversations()]
    return 0 if all(holds) else 1


if __name__ == "__main__":
    sys.exit(main())
