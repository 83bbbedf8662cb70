"""Under the anonymous rule an answer belongs to a key that the browser makes, and to nobody."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Request, expect

from tests.e2e.responding.conftest import Phone, Place
from tests.e2e.test_access import findings, sideways

SECRET = """async (actor) => new Promise((done) => {
    indexedDB.open("rapporteur").onsuccess = ({ target: { result: database } }) => {
        const secrets = database.transaction("secrets").objectStore("secrets");
        secrets.get(actor).onsuccess = ({ target: { result } }) => done(result?.secret);
    };
})"""


@pytest.fixture
def rule() -> str:
    return "anonymous"


def test_each_answer_has_a_key_of_its_own_and_the_secret_stays(phone: Phone, place: Place):
    sent: list[str] = []

    def note(request: Request) -> None:
        sent.append(f"{request.url} {request.all_headers()} {request.post_data or ''}")

    phone.page.on("request", note)
    for answer in ("Agree", "Disagree"):
        phone.give(answer)
    phone.is_sent()
    secret = phone.page.evaluate(SECRET, place.people[0])
    assert len(secret) == 64
    assert not [each for each in sent if secret in each]
    rows = place.sql(
        "SELECT round_id, key, participant_id, group_id, value FROM statements_response"
        " WHERE workshop_id = %s",
        place.workshop,
    )
    assert sorted(value for *_, value in rows) == [-1, 1]
    for round_id, key, participant, group, _ in rows:
        assert key == hashlib.sha256(f"{secret}{round_id}".encode()).hexdigest()
        assert (participant, group) == (None, None)
    assert len({key for _, key, *_ in rows}) == 2


def test_this_browser_knows_its_answers_again_and_changes_them(phone: Phone, place: Place):
    text = phone.give("Agree")
    phone.is_sent()
    # The server tells nobody what it was.
    said: Any = phone.page.request.get(place.address)
    assert "aria-pressed" not in said.text()
    assert "data-value" not in said.text()
    phone.page.reload()
    phone.ready()
    expect(phone.page.get_by_role("link", name="1 of 4 answered")).to_be_visible()
    phone.page.get_by_role("link", name="1 of 4 answered").click()
    row = phone.page.get_by_role("listitem").filter(has_text=text)
    expect(row).to_contain_text("Agree")
    row.get_by_role("link", name="Change").click()
    expect(phone.page.get_by_role("button", pressed=True)).to_contain_text("Agree")
    phone.page.get_by_role("button", name="Unsure", exact=True).click()
    expect(phone.heading).not_to_have_text(text)
    phone.is_sent()
    assert place.answers() == {text: 0}


def test_another_browser_of_the_same_person_cannot(
    phone: Phone, new_phone: Callable[..., Phone], place: Place
):
    text = phone.give("Agree")
    phone.is_sent()
    other = new_phone().open()
    expect(other.page.get_by_role("link", name="1 of 4 answered")).to_be_visible()
    other.page.get_by_role("link", name="1 of 4 answered").click()
    row = other.page.get_by_role("listitem").filter(has_text=text)
    expect(row).to_contain_text("Answered")
    expect(row).not_to_contain_text("Agree")
    row.get_by_role("link", name="Change").click()
    expect(other.page.get_by_text("this browser doesn’t know how")).to_be_visible()
    expect(other.page.get_by_role("button", name="Agree", exact=True)).to_be_disabled()
    assert findings(other.page) == []
    assert place.answers() == {text: 1}


def test_two_people_at_one_browser_have_secrets_of_their_own(phone: Phone, place: Place):
    first = phone.give("Agree")
    phone.is_sent()
    place.be(phone.page.context, 1)
    phone.open()
    expect(phone.page.get_by_role("link", name="0 of 4 answered")).to_be_visible()
    while phone.sees() != first:
        text = phone.sees()
        phone.page.get_by_role("link", name="Skip", exact=True).click()
        phone.sees(other_than=text)
    phone.give("Disagree")
    phone.is_sent()
    query = "SELECT value FROM statements_response WHERE workshop_id = %s ORDER BY value"
    assert place.sql(query, place.workshop) == [(-1,), (1,)]
    secrets = [phone.page.evaluate(SECRET, each) for each in place.people]
    assert len(set(secrets)) == 2


def test_answered_offline_it_is_signed_all_the_same(phone: Phone, place: Place):
    phone.page.context.set_offline(True)
    text = phone.give("Agree")
    phone.page.get_by_role("link", name="Back").click()
    phone.page.get_by_role("button", name="Disagree", exact=True).click()
    phone.sees(other_than=text)
    phone.page.context.set_offline(False)
    phone.is_sent()
    assert place.answers() == {text: -1}
    answered = "SELECT count(*) FROM statements_answered WHERE workshop_id = %s"
    assert place.sql(answered, place.workshop) == [(1,)]


def test_a_browser_that_cannot_sign_says_so(new_phone: Callable[..., Phone], place: Place):
    phone = new_phone()
    # As on a page that isn't served securely.
    phone.page.add_init_script("delete Object.getPrototypeOf(crypto).subtle")
    phone.open()
    expect(phone.page.get_by_text("served securely (https)")).to_be_visible()
    button = phone.page.get_by_role("button", name="Agree", exact=True)
    expect(button).to_be_disabled()
    phone.page.keyboard.press("1")
    expect(phone.page.get_by_role("link", name="0 of 4 answered")).to_be_visible()
    assert findings(phone.page) == []


def test_without_javascript_it_says_why_it_takes_nothing(
    new_phone: Callable[..., Phone], place: Place
):
    page = new_phone(java_script_enabled=False).page
    page.goto(place.address)
    assert "which needs JavaScript" in page.content()
    page.get_by_role("button", name="Agree", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("a key of its own, which needs scripts")
    assert place.answers() == {}


def test_a_rule_tightened_meanwhile_signs_from_then_on(places: dict[str, Any], browser: Any):
    place = next(places["chatham_house"])
    context = browser.new_context(service_workers="block")
    place.be(context)
    phone = Phone(context.new_page(), place).open()
    before = phone.give("Agree")
    phone.is_sent()
    # Whoever has no network hears of no other rule, and answers under the one they know.
    context.set_offline(True)
    place.do("there.attribution_rule = 'anonymous'; there.save()")
    phone.give("Disagree")
    context.set_offline(False)
    expect(phone.page.get_by_text("needs scripts. Allow them for this site")).to_be_visible()
    # The page was loaded anew: what was answered before leads to nobody.
    expect(phone.page.get_by_text("Nothing leads from your answer to you")).to_be_visible()
    phone.ready()
    text = phone.give("Disagree")
    phone.is_sent()
    assert place.answers() == {before: 1, text: -1}
    rows = place.sql(
        "SELECT count(*) FROM statements_response WHERE workshop_id = %s"
        " AND participant_id IS NOT NULL",
        place.workshop,
    )
    assert rows == [(0,)]
    context.close()


def test_its_pages_are_for_everybody(new_phone: Callable[..., Phone]):
    phone = new_phone(viewport={"width": 320, "height": 640}, color_scheme="dark").open()
    assert findings(phone.page) == []
    assert sideways(phone.page) == []
