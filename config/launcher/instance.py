"""One run of the program per folder: who runs here, and what an earlier run left behind.

The launcher holds a lock on a file, and its children inherit it. So the lock is free if and only
if nobody of an earlier run is alive, however that run ended.
"""

import fcntl
import json
import os
import socket
import time
from collections.abc import Collection, Mapping, MutableMapping
from pathlib import Path
from typing import IO

import psutil

PATIENCE = 5.0
LAST_PORT = 65_535
HERE = {"127.0.0.1", "localhost", "::1"}
EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - if somebody asks for it


class CannotStart(Exception):
    """Why the program can't start here, and what to do about it."""


class Instance:
    """The right to run in `var_dir`. `lock` is the descriptor that children must inherit."""

    def __init__(self, var_dir: Path) -> None:
        self._path = var_dir / "run.json"
        self._file: IO[str] | None = None

    @property
    def lock(self) -> int:
        """The descriptor to pass on to children."""
        assert self._file is not None  # noqa: S101 - claim() comes first
        return self._file.fileno()

    def claim(self) -> list[str]:
        """Take the right to run here; returns what was stopped for it.

        Processes that a killed run left behind are stopped. Raises `CannotStart` when the
        program runs here already.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self._path.open("a+")
        if self._locked():
            return []
        run = self._read()
        launcher = _alive(run.get("launcher"))
        if launcher:
            self.release()
            where = run.get("address", "this folder")
            message = (
                f"Rapporteur runs already at {where} (process {launcher.pid}).\n"
                f"Stop it with Ctrl+C in its window, or with: kill {launcher.pid}"
            )
            raise CannotStart(message)
        left = [(name, _alive(record)) for name, record in run.get("children", {}).items()]
        stopped = [f"{name} (process {process.pid})" for name, process in left if process]
        _stop([process for _, process in left if process])
        deadline = time.monotonic() + PATIENCE
        while not self._locked():
            if time.monotonic() > deadline:
                self.release()
                message = (
                    f"Something from an earlier run still holds {self._path}.\n"
                    f"Find it with: fuser {self._path}"
                )
                raise CannotStart(message)
            time.sleep(0.1)
        return stopped

    def release(self) -> None:
        """Give the right up, as far as this process is concerned."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def write(self, address: str, children: Mapping[str, int]) -> None:
        """Note down who runs, for the next one who wants to."""
        assert self._file is not None  # noqa: S101 - claim() comes first
        self._file.seek(0)
        self._file.truncate()
        json.dump(
            {
                "address": address,
                "launcher": _record(os.getpid()),
                "children": {name: _record(pid) for name, pid in children.items()},
            },
            self._file,
        )
        self._file.flush()

    def _locked(self) -> bool:
        assert self._file is not None  # noqa: S101 - claim() comes first
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _read(self) -> dict[str, dict[str, object]]:
        assert self._file is not None  # noqa: S101 - claim() comes first
        self._file.seek(0)
        try:
            return dict(json.load(self._file))
        except ValueError:
            return {}


def port_number(text: str) -> int:
    """Return the port that `text` names; raises `CannotStart` for what is none."""
    if text.isascii() and text.isdecimal() and 0 < int(text[:6]) <= LAST_PORT:
        return int(text)
    message = f"“{text}” isn’t a port: choose a number from 1 to {LAST_PORT}."
    raise CannotStart(message)


def public_name(host: str, environment: MutableMapping[str, str]) -> str:
    """Return the name under which people reach a server that listens on `host`.

    An address given as `host` is added to the names that the instance answers to. Raises
    `CannotStart` when it listens on every address, and nobody said what it is called.
    """
    allowed = [name.strip() for name in environment.get("ALLOWED_HOSTS", "").split(",")]
    if host in HERE:
        return next(filter(None, allowed), "localhost").lstrip(".*") or "localhost"
    if any(allowed):
        return next(filter(None, allowed)).lstrip(".*") or reachable(host)
    if host in EVERYWHERE:
        message = (
            f"Listening on {host}: say by which name people reach this machine, like\n"
            "ALLOWED_HOSTS=workshop.example.edu make run HOST=0.0.0.0"
        )
        raise CannotStart(message)
    name = reachable(host)
    environment["ALLOWED_HOSTS"] = f"{name},localhost"
    return name


def mail_page(host: str, port: int, allowed: Collection[str]) -> str:
    """Return where the machine itself shows its mail; empty where it can't.

    The page is shown only under the machine's own name, and to the machine itself.
    """
    if host not in HERE | EVERYWHERE or "localhost" not in allowed:
        return ""
    return f"http://localhost:{port}/mail/"


def reachable(host: str) -> str:
    """Return how this machine itself reaches a server that listens on `host`."""
    if host in EVERYWHERE:
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def check_port(host: str, port: int) -> None:
    """Raise `CannotStart` if `port` can't be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            message = (
                f"Port {port} on {host} can't be used: {error.strerror}.\n"
                f"Choose another with: make run PORT={port + 1}"
            )
            raise CannotStart(message) from error


def _record(pid: int) -> dict[str, float]:
    try:
        return {"pid": pid, "started": psutil.Process(pid).create_time()}
    except psutil.NoSuchProcess:
        return {}


def _alive(record: object) -> psutil.Process | None:
    """Return the process of `record`, unless it ended or its number was given to another."""
    if not isinstance(record, dict) or "pid" not in record:
        return None
    try:
        process = psutil.Process(int(record["pid"]))
        return process if process.create_time() == record["started"] else None
    except psutil.NoSuchProcess:
        return None


def _stop(processes: list[psutil.Process]) -> None:
    for process in processes:
        process.terminate()
    _, alive = psutil.wait_procs(processes, timeout=PATIENCE)
    for process in alive:
        process.kill()
