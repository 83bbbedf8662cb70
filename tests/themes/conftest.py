"""What the tests of themes share."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def queries_of() -> Callable[[Callable[[], Any]], int]:
    """Return a function that counts the queries of a request, the session's own included."""

    def count(ask: Callable[[], Any]) -> int:
        ask()
        with CaptureQueriesContext(connection) as captured:
            answer = ask()
        assert answer.status_code == 200
        return len(captured)

    return count
