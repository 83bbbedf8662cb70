"""Every address, every method, every kind of person, in every phase under every rule.

Run by `make permissions`: it takes minutes. `make test` asks each thing once, see `test_table`.
Methods that an address doesn't take are sent by everybody in one phase under each rule.
"""

import pytest

from apps.workshops.models import AttributionRule, Phase
from tests.permissions.conftest import ASKED, WRONG
from tests.permissions.table import MOMENTS, Moment, lines
from tests.permissions.walk import cells, mismatches

UNKNOWN_METHODS_AT = {
    Moment(Phase.LIVE, AttributionRule.ON_RECORD),
    Moment(Phase.REVIEW, AttributionRule.CHATHAM_HOUSE),
    Moment(Phase.ARCHIVED, AttributionRule.ANONYMOUS),
}


@pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: f"{moment.phase}-{moment.rule}")
def test_every_address_answers_each_person_as_the_table_says(world, moment, record_property):
    found = [
        cell
        for cell in cells(lines(), [moment])
        if cell.method in cell.line.methods or moment in UNKNOWN_METHODS_AT
    ]
    wrong = list(mismatches(world, found))
    record_property(ASKED, len(found))
    record_property(WRONG, len(wrong))
    assert not wrong, f"{len(wrong)} of {len(found)} cells:\n" + "\n".join(wrong[:100])
