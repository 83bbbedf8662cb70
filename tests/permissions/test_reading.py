"""The table means what it says."""

import pytest

from apps.workshops.models import AttributionRule, Phase
from tests.permissions.table import MOMENTS, Line, Moment, Unreadable, lines

HEAD = """
| condition | phases | rules |
|---|---|---|
| open | live, review | all |
| named | all | on the record |

"""
COLUMNS = ["what", "address", "methods", "owner", "facilitator", "rapporteur", "participant"]
LIVE = Moment(Phase.LIVE, AttributionRule.ON_RECORD)
OVER = Moment(Phase.ARCHIVED, AttributionRule.ANONYMOUS)


def line(
    *cells: str, address: str = "`a:b`", methods: str = "GET POST", when: str = "open"
) -> Line:
    head = [*COLUMNS, "observer", "writes open"]
    rows = [head, ["-"] * len(head), ["A thing", address, methods, *cells, when]]
    [found] = lines(HEAD + "".join(f"| {' | '.join(row)} |\n" for row in rows))
    return found


def test_letters_say_what_becomes_of_a_request():
    found = line("RW", "W", "R", "no", "–")
    told = {
        (kind, method, moment): found.expected(kind, method, moment)
        for kind in ("owner", "facilitator", "rapporteur", "participant", "observer")
        for method in ("GET", "POST")
        for moment in (LIVE, OVER)
    }
    assert {key for key, what in told.items() if what == "allowed"} == {
        ("owner", "GET", LIVE), ("owner", "POST", LIVE), ("owner", "GET", OVER),
        ("facilitator", "GET", LIVE), ("facilitator", "POST", LIVE),
        ("rapporteur", "GET", LIVE), ("rapporteur", "GET", OVER),
    }  # fmt: skip
    assert {key[0] for key, what in told.items() if what == "absent"} == {"observer"}


def test_a_condition_says_when():
    found = line("R named", "no named", "W named", "RW named", "empty")
    assert found.expected("owner", "GET", LIVE) == "allowed"
    assert found.expected("owner", "GET", OVER) == "absent"
    assert found.expected("facilitator", "POST", LIVE) == "refused"
    assert found.expected("facilitator", "POST", OVER) == "absent"
    assert found.expected("rapporteur", "GET", OVER) == "refused"
    assert found.expected("participant", "POST", OVER) == "refused"
    assert found.expected("participant", "GET", OVER) == "allowed"
    assert found.expected("observer", "GET", LIVE) == "empty"


def test_who_has_no_column_is_nobody_in_a_workshop():
    found = line("RW", "RW", "RW", "R", "R")
    assert found.cells["joined"] == "R"
    assert {kind for kind, cell in found.cells.items() if cell == "–"} == {
        "outsider", "removed", "administrator", "waiting",
    }  # fmt: skip
    assert found.cells["nobody"] == "sign in"


@pytest.mark.parametrize(
    "wrong",
    [
        {"cells": ["X", "R", "R", "R", "R"]},
        {"cells": ["R sometimes", "R", "R", "R", "R"]},
        {"cells": ["R", "R", "R", "R"]},
        {"cells": ["R", "R", "R", "R", "R"], "methods": "GTE"},
        {"cells": ["R", "R", "R", "R", "R"], "address": "a:b"},
        {"cells": ["R", "R", "R", "R", "R"], "when": "sometimes"},
        {"cells": ["W", "R", "R", "R", "R"], "when": ""},
    ],
)
def test_what_nobody_could_ask_is_refused(wrong):
    with pytest.raises(Unreadable, match="ine "):
        line(*wrong.pop("cells"), **wrong)


def test_there_are_six_phases_under_three_rules():
    assert len(MOMENTS) == 18
