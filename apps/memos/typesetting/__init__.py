"""The typesetting of memos: frozen content in, an accessible PDF out.

The work is done by a child process that lives for one memo (`child`), so that neither Typst's
memory nor a hostile text can trouble the process that asks.
"""

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[3]
DETAIL = 1000
"""Characters of an explanation that go into the log: enough to mend it, little of the memo."""


class TypesettingFailed(Exception):
    """No PDF was made. ``reason`` says why in words that can be shown to whoever asked for it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Limits:
    """What a child process may use: bytes of memory, seconds of computing."""

    memory: int = 1 << 30
    seconds: int = 20


DEFAULT_LIMITS = Limits()


def typeset(
    content: Mapping[str, Any], *, timeout: float = 60, limits: Limits = DEFAULT_LIMITS
) -> bytes:
    """The PDF of a memo's content (see `content.MemoContent`): the same bytes for the same content.

    Raises `TypesettingFailed` if the content can't be set, or not within the limits or the
    timeout (in seconds). Leaves no process behind.
    """
    status, output, errors = _run_child(json.dumps(content).encode(), timeout, limits)
    first_line, _, pdf = output.partition(b"\n")
    if status != 0 or not first_line:
        logger.error("Typesetting ended with status %d: %s", status, errors[-DETAIL:])
        raise TypesettingFailed(_reason(status, errors))
    answer = json.loads(first_line)
    if "failed" in answer:
        logger.error("Typesetting failed: %s", answer["detail"][-DETAIL:])
        raise TypesettingFailed(answer["failed"])
    if answer["replaced"]:
        logger.info("Characters that no font has were replaced: %s", ", ".join(answer["replaced"]))
    if answer["objection"]:
        logger.warning("A memo was set without PDF/UA and PDF/A: %s", answer["objection"][:DETAIL])
    return pdf


def _run_child(request: bytes, timeout: float, limits: Limits) -> tuple[int, bytes, str]:
    command = [sys.executable, "-sB", "-X", "utf8", "-m", "apps.memos.typesetting.child"]
    with subprocess.Popen(  # noqa: S603 (nothing of the memo is part of the command)
        [*command, str(limits.memory), str(limits.seconds)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=_environment(),
        start_new_session=True,
    ) as process:
        try:
            output, errors = process.communicate(request, timeout)
        except subprocess.TimeoutExpired:
            logger.warning("Typesetting was stopped after %s seconds", timeout)
            raise TypesettingFailed(
                f"Setting the memo took longer than {timeout:g} seconds, so it was stopped."
            ) from None
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
    return process.returncode, output, errors.decode(errors="replace")


def _environment() -> dict[str, str]:
    """Nothing of ours but where libraries are: the child needs no setting and gets no secret."""
    inherited = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
    # Each arena and each thread reserves address space, which is what the memory limit counts.
    return {"PATH": os.defpath, "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "2", **inherited}


def _reason(status: int, errors: str) -> str:
    if status == -signal.SIGXCPU:
        return "Setting the memo needed more computing time than one memo may use."
    if status == -signal.SIGKILL:
        return "Setting the memo was stopped by the system, perhaps for want of memory."
    if status == -signal.SIGABRT or "MemoryError" in errors or "memory" in errors:
        return "Setting the memo needed more memory than one memo may use."
    return "The memo could not be set as a PDF. What went wrong is in the log."
