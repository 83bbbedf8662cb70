"""What a workshop is when something is written decides, not what it was when a request began."""

import pytest

from apps.participants.taking_part import TakingPart
from apps.workshops.models import AttributionRule, Phase
from tests.permissions.table import READING, Moment, lines
from tests.permissions.walk import ask, cells

OVER = Moment(Phase.ARCHIVED, AttributionRule.ON_RECORD)


@pytest.fixture(autouse=True)
def closed(world):
    """Close the workshop."""
    world.be_in(OVER)


@pytest.fixture
def looked_earlier(monkeypatch):
    """Let every request think that the workshop is still in synthesis."""
    look = TakingPart.in_workshop

    def earlier(self, *args, **kwargs):
        person = look(self, *args, **kwargs)
        person.workshop.phase = Phase.SYNTHESIS
        return person

    monkeypatch.setattr(TakingPart, "in_workshop", earlier)


@pytest.mark.slow
def test_nothing_is_written_once_the_workshop_is_closed(world, looked_earlier):
    found = [
        cell
        for cell in cells(lines(), [OVER])
        if cell.method not in {*READING, "OPTIONS"}
        and cell.kind in {"owner", "participant"}
        and cell.method in cell.line.methods
        and OVER not in cell.line.open
        and "W" in cell.line.cells[cell.kind]
        # What somebody may at all times is no question of when.
        and "any" not in cell.line.cells[cell.kind]
    ]
    answers = [(cell, ask(world, cell, good=True)) for cell in found]
    wrong = [f"{cell}: wrote into {answer.wrote}" for cell, answer in answers if answer.wrote]
    assert not wrong, "\n".join(wrong)
    # The others show a form, or what would become of what was sent.
    assert sum(answer.means == "refused" for _, answer in answers) > len(answers) / 2
