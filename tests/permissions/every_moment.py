"""Every address, every method, every kind of person, in every phase under every rule.

Run by `make permissions`: it takes minutes. `make test` asks each thing once, see `test_table`.
"""

import pytest

from tests.permissions.conftest import ASKED, WRONG
from tests.permissions.table import MOMENTS, lines
from tests.permissions.walk import cells, mismatches


@pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: f"{moment.phase}-{moment.rule}")
def test_every_address_answers_each_person_as_the_table_says(world, moment, record_property):
    found = list(cells(lines(), [moment]))
    wrong = list(mismatches(world, found))
    record_property(ASKED, len(found))
    record_property(WRONG, len(wrong))
    assert not wrong, f"{len(wrong)} of {len(found)} cells:\n" + "\n".join(wrong[:100])
