"""Typesetting: data in, an accessible PDF out.

The work is done by a child process that lives for one document (`child`), so that neither Typst's
memory nor a hostile text can trouble the process that asks. What there is to set, and how it
looks, is said by a module of the app whose document it is (`Kind`).
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
"""Characters of an explanation that go into the log: enough to mend it, little of the document."""


class TypesettingFailed(Exception):
    """No PDF was made. ``reason`` says why in words that can be shown to whoever asked for it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unprintable(Exception):
    """The content isn't in the form that is typeset; the message says what, in plain words."""


@dataclass(frozen=True)
class Kind:
    """A kind of document.

    ``name`` is what one is called ("memo"). ``module`` is loaded by the child alone. It holds the
    parts of the template (``TEMPLATE``), which reads its data from ``sys.inputs.sheet``, and
    ``arranged(content, characters)``, which returns that data and the moment that the file bears;
    it may raise `Unprintable`.
    """

    name: str
    module: str


@dataclass(frozen=True)
class Limits:
    """What a child process may use: bytes of memory, seconds of computing."""

    memory: int = 1 << 30
    seconds: int = 20


DEFAULT_LIMITS = Limits()


def typeset(
    kind: Kind, content: Mapping[str, Any], *, timeout: float = 60, limits: Limits = DEFAULT_LIMITS
) -> bytes:
    """Return the PDF of a document of this kind: the same bytes for the same content.

    Raises `TypesettingFailed` if the content can't be set, or not within the limits or the
    timeout (in seconds). Leaves no process behind.
    """
    status, output, errors = _run_child(kind, json.dumps(content).encode(), timeout, limits)
    first_line, _, pdf = output.partition(b"\n")
    if status != 0 or not first_line:
        logger.error("Typesetting ended with status %d: %s", status, errors[-DETAIL:])
        raise TypesettingFailed(_reason(kind, status, errors))
    answer = json.loads(first_line)
    if "failed" in answer:
        logger.error("Typesetting failed: %s", answer["detail"][-DETAIL:])
        raise TypesettingFailed(answer["failed"])
    if answer["replaced"]:
        logger.info("Characters that no font has were replaced: %s", ", ".join(answer["replaced"]))
    if answer["objection"]:
        logger.warning(
            "A %s was set without PDF/UA and PDF/A: %s", kind.name, answer["objection"][:DETAIL]
        )
    return pdf


def _run_child(
    kind: Kind, request: bytes, timeout: float, limits: Limits
) -> tuple[int, bytes, str]:
    command = [sys.executable, "-sB", "-X", "utf8", "-m", "apps.core.typesetting.child"]
    with subprocess.Popen(  # noqa: S603 (nothing of the content is part of the command)
        [*command, kind.name, kind.module, str(limits.memory), str(limits.seconds)],
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
                f"Setting the {kind.name} took longer than {timeout:g} seconds, so it was stopped."
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


def _reason(kind: Kind, status: int, errors: str) -> str:
    if status == -signal.SIGXCPU:
        return f"Setting the {kind.name} needed more computing time than one {kind.name} may use."
    if status == -signal.SIGKILL:
        return f"Setting the {kind.name} was stopped by the system, perhaps for want of memory."
    if status == -signal.SIGABRT or "MemoryError" in errors or "memory" in errors:
        return f"Setting the {kind.name} needed more memory than one {kind.name} may use."
    return f"The {kind.name} could not be set as a PDF. What went wrong is in the log."
