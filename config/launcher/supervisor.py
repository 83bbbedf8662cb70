"""The supervisor: starts the program's processes, keeps them running, stops them together."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

# A process that ends this soon after its start, this many times in a row, is given up.
QUICK, TOO_OFTEN = 10.0, 5


class GaveUp(Exception):
    """A process that wouldn't stay up."""


@dataclass
class Child:
    """A process to keep running, and its log."""

    name: str
    command: Sequence[str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    quick_ends: int = field(default=0)


class Supervisor:
    """Runs `commands` (by name) with `environment`, each in a session of its own.

    In their own sessions the children don't see the terminal's Ctrl+C, and end in order, by us.
    """

    def __init__(
        self,
        commands: Mapping[str, Sequence[str]],
        *,
        environment: Mapping[str, str],
        logs: Path,
        inherit: int,
    ) -> None:
        logs.mkdir(parents=True, exist_ok=True)
        self.children = [
            Child(name, command, logs / f"{name}.log") for name, command in commands.items()
        ]
        self._environment = {**os.environ, **environment}
        self._inherit = inherit

    @property
    def pids(self) -> dict[str, int]:
        """The process numbers, by name."""
        return {child.name: child.process.pid for child in self.children if child.process}

    def start(self) -> None:
        """Start every process."""
        for child in self.children:
            self._start(child)

    def tend(self) -> list[str]:
        """Start again what ended; returns the names. Raises `GaveUp` when that won't help."""
        ended = [c for c in self.children if c.process and c.process.poll() is not None]
        for child in ended:
            quick = time.monotonic() - child.started < QUICK
            child.quick_ends = child.quick_ends + 1 if quick else 0
            if child.quick_ends >= TOO_OFTEN:
                message = f"The {child.name} process doesn't stay up. The end of {child.log}:\n"
                raise GaveUp(message + tail(child.log))
            self._start(child)
        return [child.name for child in ended]

    def stop(self, patience: float = 10.0) -> None:
        """Ask every process to end, and kill what is left after `patience` seconds."""
        running = [c.process for c in self.children if c.process and c.process.poll() is None]
        for process in running:
            process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + patience
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                # What a killed worker was doing is in its job's row, and done later.
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def _start(self, child: Child) -> None:
        with child.log.open("ab") as log:
            child.process = subprocess.Popen(
                child.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self._environment,
                start_new_session=True,
                pass_fds=[self._inherit],
            )
        child.started = time.monotonic()


def tail(log: Path, lines: int = 15) -> str:
    """Return the last lines of `log`."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
