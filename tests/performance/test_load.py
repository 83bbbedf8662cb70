"""A full room for half a minute: the short form of `make load`."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.performance.load.__main__ import fill_room, wrongs

PEOPLE, SECONDS, PROCESSES = 200, 30.0, 2


@pytest.mark.slow
def test_a_full_room_misses_nothing_and_hears_nothing_of_others():
    # A loop may be running here already: that of the tests in a browser.
    with ThreadPoolExecutor(1) as thread:
        measured = thread.submit(fill_room, PEOPLE, SECONDS, PROCESSES).result()
    sys.stderr.write(f"\n{measured}\n")
    assert len(measured.acknowledged) == 3 * SECONDS
    assert wrongs(measured) == []
