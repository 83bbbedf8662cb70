"""Analyse a file of votes with red-dwarf, and print what that took as JSON.

Runs with the peer's own Python, which knows nothing of ours. Making its list of votes isn't
counted as time, but as memory it is: there is no other way to hand it votes.
"""

import json
import statistics
import sys
import time
from pathlib import Path

import numpy as np
from reddwarf.implementations.polis import run_pipeline

FIELDS = ("participant_id", "statement_id", "vote")


def main() -> None:
    """Measure and print."""
    votes = [dict(zip(FIELDS, row, strict=True)) for row in np.load(sys.argv[1]).tolist()]
    took = []
    for _ in range(int(sys.argv[2])):
        before = time.perf_counter()
        found = run_pipeline(votes=votes, random_state=0)
        took.append(time.perf_counter() - before)
    status = Path("/proc/self/status").read_text()
    print(  # noqa: T201
        json.dumps(
            {
                "seconds": statistics.median(took),
                "megabytes": int(status.split("VmHWM:")[1].split()[0]) / 1024,
                "variance": found.reducer.explained_variance_.tolist(),
            }
        )
    )


if __name__ == "__main__":
    main()
