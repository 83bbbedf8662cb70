"""Working on the list of people, in Chromium."""

import json

from playwright.sync_api import Browser, expect

from tests.e2e.capturing.conftest import SIGNED_IN
from tests.e2e.conftest import Running

LIST = f"""{SIGNED_IN}
there, team, _ = workshop(0)
Participant.objects.filter(pk=team[0].pk).update(role="owner")
print(json.dumps({{"slug": there.slug, "key": signed_in(users[0])}}))
"""


def test_everybody_on_the_list_is_ticked_at_once(browser: Browser, running: Running):
    made = json.loads(running.manage("shell", "--no-imports", "-c", LIST))
    context = browser.new_context()
    context.add_cookies([{"name": "sessionid", "value": made["key"], "url": running.address}])
    page = context.new_page()
    page.goto(f"{running.address}/w/{made['slug']}/people/")
    boxes = page.locator("table.people input[type=checkbox]")
    page.get_by_role("button", name="Tick all").click()
    expect(page.get_by_text(f"{boxes.count()} people chosen")).to_be_visible()
    boxes.first.uncheck()
    page.get_by_role("button", name="Tick all").click()
    page.get_by_role("button", name="Tick none").click()
    expect(page.locator("table.people input:checked")).to_have_count(0)
