"""What the tests of the table share: no limits, no log, and a word on how much was asked."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from tests.permissions.world import World

ASKED, WRONG = "permissions asked", "permissions wrong"


@pytest.fixture
def world(db: None, settings: Any) -> Iterator[World]:
    """Everything that a request can be about. One machine may ask as often as it likes."""
    settings.ACCOUNT_RATE_LIMITS = False
    logging.disable(logging.WARNING)
    yield World()
    logging.disable(logging.NOTSET)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how many requests were made, and how many answers the table tells otherwise."""
    reports = [
        each for name in ("passed", "failed") for each in terminalreporter.stats.get(name, [])
    ]
    told = [dict(report.user_properties) for report in reports if report.when == "call"]
    if asked := sum(each.get(ASKED, 0) for each in told):
        wrong = sum(each.get(WRONG, 0) for each in told)
        line = f"Permissions: {asked:,} requests made, {wrong} answered otherwise than the table"
        terminalreporter.write_line(line)
