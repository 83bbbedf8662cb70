"""What the proofs share: a workshop whose people carry tokens, and a word on how much was asked."""

import logging
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import override_settings

from tests.permissions.world import World
from tests.privacy.cast import Cast
from tests.privacy.surfaces import Log

IN_FULL = bool(os.environ.get("PRIVACY_IN_FULL"))
MEASURED = "privacy measured"
# The database has a clock of its own, which shows today.
NOON = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    """A workshop that holds everything, at noon; nothing limits how often somebody asks."""
    with time_machine.travel(NOON, tick=False), override_settings(ACCOUNT_RATE_LIMITS=False):
        yield Cast(World())


@pytest.fixture
def world(cast: Cast) -> World:
    """The workshop that they are in."""
    return cast.world


@pytest.fixture
def log() -> Iterator[Log]:
    """All that is logged, and nothing of it shown."""
    handler, root = Log(), logging.getLogger()
    others, level = root.handlers[:], root.level
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    yield handler
    root.handlers = others
    root.setLevel(level)


@pytest.fixture
def measured(record_property: Any) -> Any:
    """Return a function that has a sentence said at the end of the run."""
    return lambda sentence: record_property(MEASURED, sentence)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say what was measured."""
    for name in ("passed", "failed"):
        for report in terminalreporter.stats.get(name, []):
            for key, sentence in report.user_properties:
                if key == MEASURED and report.when == "call":
                    terminalreporter.write_line(f"Privacy: {sentence}")
