"""Reading files that nobody means well with, in a process with little memory."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

CHILD = Path(__file__).with_name("reading_within.py")


def told_of(
    files: Mapping[str, Callable[[], bytes]], reader: str, folder: Path
) -> dict[str, dict[str, Any]]:
    """Return what became of each of `files` when `reader` read it, by one process that forks."""
    paths = {}
    for number, (name, make) in enumerate(files.items()):
        path = folder / str(number)
        path.write_bytes(make())
        paths[str(path)] = name
    child = subprocess.run(
        [sys.executable, "-W", "ignore", str(CHILD), reader, *paths],
        capture_output=True, text=True, check=False, timeout=300,
        env={**os.environ, "PYTHONPATH": str(CHILD.parents[2])},
    )  # fmt: skip
    assert child.returncode == 0, child.stderr[-2000:]
    lines = [json.loads(line) for line in child.stdout.splitlines()]
    return {paths[line["path"]]: line for line in lines}
