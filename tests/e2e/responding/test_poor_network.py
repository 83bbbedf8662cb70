"""Answers on a network that comes and goes: none is lost, none is doubled, the latest counts."""

import json
from collections.abc import Callable

from playwright.sync_api import Route, expect

from tests.e2e.never_lost.test_offline_page import copies, expect_soon
from tests.e2e.responding.conftest import SENDING, TEXTS, Phone, Place


def sent(phone: Phone) -> list[str]:
    """Return a list that grows by the body of each request to the queue."""
    bodies: list[str] = []

    def take(route: Route) -> None:
        bodies.append(route.request.post_data or "")
        route.continue_()

    phone.page.route(SENDING, take)
    return bodies


def test_what_was_answered_offline_is_sent_when_there_is_a_network(phone: Phone, place: Place):
    phone.page.context.set_offline(True)
    order = [phone.give(answer) for answer in ("Agree", "Disagree", "Unsure")]
    expect(phone.state).to_have_text("Offline: 3 answers are kept on this device.")
    expect(phone.page.locator("[data-part=told]")).to_contain_text("Offline")
    assert place.answers() == {}
    phone.page.context.set_offline(False)
    phone.is_sent()
    expect(phone.page.locator("[data-part=told]")).to_have_text("Saved")
    assert place.answers() == dict(zip(order, (1, -1, 0), strict=True))


def test_a_killed_tab_loses_nothing_wherever_the_next_is_opened(phone: Phone, place: Place):
    context = phone.page.context
    phone.page.route(SENDING, lambda route: route.abort())
    order = [phone.give(answer) for answer in ("Agree", "Disagree")]
    crash = context.new_cdp_session(phone.page)
    crash.on("Inspector.targetCrashed", lambda _: None)
    phone.page.close(run_before_unload=False)
    another = context.new_page()
    another.route(SENDING, lambda route: route.abort())
    another.goto(place.address)
    # It goes on where they were.
    Phone(another, place).ready()
    expect(another.get_by_text("2 of 4 answered")).to_be_visible()
    assert Phone(another, place).sees() not in order
    another.close()
    overview = context.new_page()
    overview.goto(f"{place.running.address}/device/")
    expect(overview.get_by_text("This device keeps nothing")).to_be_visible()
    assert place.answers() == dict(zip(order, (1, -1), strict=True))


def test_a_later_answer_takes_the_place_of_one_that_waits(phone: Phone, place: Place):
    phone.page.context.set_offline(True)
    first = phone.give("Agree")
    phone.page.get_by_role("link", name="Back").click()
    expect(phone.page.get_by_role("button", pressed=True)).to_contain_text("Agree")
    phone.give("Disagree")
    expect(phone.state).to_have_text("Offline: 1 answer is kept on this device.")
    bodies = sent(phone)
    phone.page.context.set_offline(False)
    phone.is_sent()
    entries = [entry for body in bodies for entry in json.loads(body)["entries"]]
    assert [entry["fields"]["value"] for entry in entries] == [-1]
    assert place.answers() == {first: -1}


def test_an_answer_whose_receipt_was_lost_is_one(phone: Phone, place: Place):
    lost: list[str] = []

    def lose(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.request.post_data or "")
        route.fetch()
        route.abort("connectionreset")

    phone.page.route(SENDING, lose)
    text = phone.give("Agree")
    phone.is_sent()
    assert lost
    assert place.answers() == {text: 1}
    query = "SELECT sum(count) FROM statements_tally t JOIN statements_round r ON r.id = t.round_id"
    assert place.sql(f"{query} WHERE r.workshop_id = %s", place.workshop) == [(1,)]


def test_what_comes_too_late_is_refused_in_words_and_the_rest_is_taken(phone: Phone, place: Place):
    phone.page.context.set_offline(True)
    late, other = phone.give("Agree"), phone.give("Disagree")
    place.close(late)
    phone.page.context.set_offline(False)
    refused = phone.page.get_by_role("listitem").filter(has_text="Not taken")
    expect(refused).to_contain_text(f"“{late}” Agree")
    expect(refused).to_contain_text("This round is closed: it takes no more answers")
    expect(phone.page.get_by_text("1 of 3 answered")).to_be_visible()
    assert place.answers() == {other: -1}
    phone.page.reload()
    phone.ready()
    refused.get_by_role("button", name="Put this away").click()
    expect(refused).to_have_count(0)
    phone.page.reload()
    phone.ready()
    expect(refused).to_have_count(0)


def test_another_device_of_the_same_person_is_not_overwritten_unseen(
    phone: Phone, new_phone: Callable[..., Phone], place: Place
):
    other = new_phone().open()
    text = phone.give("Agree")
    phone.is_sent()
    other.give("Disagree")
    refused = other.page.get_by_role("listitem").filter(has_text="Not taken")
    expect(refused).to_contain_text("from another device")
    assert place.answers() == {text: 1}
    other.page.get_by_role("link", name="Back").click()
    expect(other.page.get_by_role("button", pressed=True)).to_contain_text("Agree")
    other.give("Disagree")
    other.is_sent()
    assert place.answers() == {text: -1}


def test_the_page_opens_without_a_network_and_goes_on(
    new_phone: Callable[..., Phone], place: Place
):
    phone = new_phone(service_workers="allow").open()
    phone.page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    expect_soon(phone.page, lambda: f"/w/{place.slug}/respond/" in copies(phone.page))
    saved = phone.give("Agree")
    phone.is_sent()
    phone.page.context.set_offline(True)
    kept = phone.give("Disagree")
    phone.page.reload()
    phone.ready()
    expect(phone.page.get_by_text("The server can’t be reached")).to_be_visible()
    expect(phone.page.get_by_text("2 of 4 answered")).to_be_visible()
    order = [saved, kept, phone.give("Unsure"), phone.give("Unsure")]
    expect(phone.heading).to_have_text("You have answered everything")
    assert place.answers() == {saved: 1}
    phone.page.context.set_offline(False)
    phone.is_sent()
    assert sorted(order) == sorted(TEXTS)
    assert place.answers() == dict(zip(order, (1, -1, 0, 0), strict=True))


def test_what_waits_can_be_read_on_the_page_of_the_device(phone: Phone, place: Place):
    phone.page.context.route(SENDING, lambda route: route.abort())
    text = phone.give("Disagree")
    phone.page.goto(f"{place.running.address}/device/")
    expect(phone.page.get_by_role("listitem")).to_contain_text(f"“{text}” Disagree")
    expect(phone.page.get_by_role("listitem")).to_contain_text("answer · not sent yet")
