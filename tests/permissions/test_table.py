"""What stands in `docs/permissions.md` is what the site does.

Each thing that becomes of an address, a method that it takes and a kind of person is met once
here, at one of the moments at which it does; `make permissions` asks everything at all of them.
"""

import re

import pytest

from apps.workshops.models import AttributionRule, Phase
from tests.permissions.conftest import ASKED, WRONG
from tests.permissions.table import MOMENTS, TABLE, Moment, lines
from tests.permissions.walk import cells, each_outcome_once, mismatches

LIVE = Moment(Phase.LIVE, AttributionRule.CHATHAM_HOUSE)


@pytest.mark.slow
def test_every_address_answers_each_person_as_the_table_says(world, record_property):
    found = each_outcome_once(cells(lines()))
    wrong = list(mismatches(world, found))
    record_property(ASKED, len(found))
    record_property(WRONG, len(wrong))
    assert not wrong, f"{len(wrong)} of {len(found)} cells:\n" + "\n".join(wrong[:100])


def test_every_address_method_and_person_has_its_turn_and_so_has_every_moment():
    everything = list(cells(lines(), [LIVE]))
    found = each_outcome_once(cells(lines()))
    assert {cell.moment for cell in found} == set(MOMENTS)
    listed = {(str(c.line), c.kind, c.method) for c in everything if c.method in c.line.methods}
    assert listed <= {(str(cell.line), cell.kind, cell.method) for cell in found}
    for one, other in (("method", "line"), ("kind", "line"), ("kind", "method")):
        pairs = {(getattr(cell, one), str(getattr(cell, other))) for cell in everything}
        assert pairs == {(getattr(cell, one), str(getattr(cell, other))) for cell in found}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("| GET POST | W | W | W | no | no | open |", "| GET POST | W | W | W | W | no | open |"),
        ("| GET POST | W | W | W | no | no | open |", "| GET POST | W | no | W | no | no | open |"),
        ("| GET POST | W | W | W | no | no | open |", "| GET POST | W | W | W | – | no | open |"),
        ("| GET POST | W | W | W | no | no | open |", "| GET | W | W | W | no | no | open |"),
    ],
)
def test_the_check_finds_a_wrong_cell(world, right, wrong):
    table = TABLE.read_text()
    line = next(line for line in table.splitlines() if "`themes:edit` | " in line)
    assert right in line
    changed = lines(table.replace(line, line.replace(right, wrong)))
    [altered] = [each for each in changed if each.route == "themes:edit" and not each.thing]
    found = list(mismatches(world, cells([altered], [LIVE])))
    assert found
    assert all(re.match(r"\w+ `themes:edit` \(line \d+\) as ", each) for each in found)


def test_the_check_finds_a_refusal_that_writes(world, monkeypatch):
    monkeypatch.setattr("apps.themes.views.editing.require", lambda *_: world.workshop.save())
    monkeypatch.setattr("apps.workshops.services.asking.require", lambda *_: None)
    [line] = [each for each in lines() if each.route == "themes:edit" and not each.thing]
    found = [cell for cell in cells([line], [LIVE]) if cell.kind == "observer"]
    assert any("wrote into workshops_workshop" in said for said in mismatches(world, found))
