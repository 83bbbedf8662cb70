"""A participant proposes a statement on a phone, and the team decides."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.responding.conftest import Phone, Place
from tests.e2e.test_access import LOOKS, findings, sideways


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_it_is_proposed_accepted_and_answered(
    new_phone: Callable[..., Phone], place: Place, scheme: Any, width: int
):
    look = {"viewport": {"width": width, "height": 844}, "color_scheme": scheme}
    place.do(
        "from apps.statements.services import change_plan\n"
        "change_plan(actor=owner, takes_proposals=True)"
    )
    author, team = new_phone(**look).page, new_phone(2, **look).page
    team.goto(place.address.replace("respond/", "statements/proposals/"))
    expect(team.get_by_role("heading", name="None waits")).to_be_visible()
    author.goto(place.address.replace("respond/", "statements/propose/"))
    for text in ("Nobody asked the drivers.", "Is it so?"):
        author.get_by_label("Statement").fill(text)
        author.get_by_role("button", name="Propose it").click()
        expect(author.get_by_text("Proposed. The team decides")).to_be_visible()
    assert findings(author) == []
    assert sideways(author) == []
    # The team's page hears of it.
    row = team.get_by_role("listitem").filter(has_text="Nobody asked the drivers.")
    expect(row).to_be_visible()
    assert findings(team) == []
    assert sideways(team) == []
    row.get_by_role("button", name=re.compile("^Accept ?: Nobody asked")).click()
    expect(team.get_by_text("In the queue.")).to_be_visible()
    other = team.get_by_role("listitem").filter(has_text="Is it so?")
    other.get_by_label("Why it isn’t asked").select_option("off_subject")
    other.get_by_role("button", name="Decline").click()
    expect(team.get_by_role("heading", name="None waits")).to_be_visible()
    author.reload()
    expect(author.get_by_text("It is in the queue, and will be asked.")).to_be_visible()
    expect(author.get_by_text("Not asked: it isn’t about what this workshop")).to_be_visible()
    assert place.sql(
        "SELECT count(*), count(author_id) FROM statements_proposal WHERE workshop_id = %s",
        place.workshop,
    ) == [(2, 0)]
