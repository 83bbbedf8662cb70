"""Answering on a phone: at once, by keys, read out, and changed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.responding.conftest import SENDING, TEXTS, Phone, Place
from tests.e2e.test_access import findings, sideways

LOOKS = [("light", 390), ("dark", 390), ("light", 320), ("dark", 320), ("light", 1360)]


def test_one_after_another_and_a_summary_from_which_to_change(phone: Phone, place: Place):
    order = [phone.give(answer) for answer in ("Agree", "Disagree", "Unsure", "Agree")]
    expect(phone.heading).to_have_text("You have answered everything")
    phone.is_sent()
    expected = dict(zip(order, (1, -1, 0, 1), strict=True))
    assert sorted(order) == sorted(TEXTS)
    assert place.answers() == expected
    phone.page.get_by_role("listitem").filter(has_text=order[1]).get_by_role("link").click()
    expect(phone.heading).to_have_text(order[1])
    pressed = phone.page.get_by_role("button", pressed=True)
    expect(pressed).to_contain_text("Disagree")
    phone.give("Agree")
    expect(phone.heading).to_have_text("You have answered everything")
    phone.is_sent()
    assert place.answers() == expected | {order[1]: 1}
    # The same from the server.
    phone.page.reload()
    rows = phone.page.get_by_role("listitem").filter(has_text=order[1])
    expect(rows).to_contain_text("Agree")


def test_it_does_not_wait_for_the_network(phone: Phone, place: Place):
    """No answer of the server ever comes: all are answered all the same, and kept."""
    phone.page.route(SENDING, lambda _: None)
    for _ in TEXTS:
        phone.give("Agree")
    expect(phone.heading).to_have_text("You have answered everything")
    expect(phone.state).to_have_text("4 answers on this device, sending…")
    assert place.answers() == {}


def test_a_second_tap_of_the_same_finger_answers_nothing(phone: Phone, place: Place):
    button = phone.page.get_by_role("button", name="Agree", exact=True)
    first = phone.sees()
    expect(button).to_be_visible()
    box = button.bounding_box()
    assert box
    phone.page.mouse.dblclick(box["x"] + 20, box["y"] + 20)
    phone.sees(other_than=first)
    phone.is_sent()
    expect(phone.page.get_by_text("1 of 4 answered")).to_be_visible()
    assert place.answers() == {first: 1}


def test_back_skip_and_what_is_left(phone: Phone):
    first = phone.sees()
    phone.page.get_by_role("link", name="Skip", exact=True).click()
    second = phone.sees(other_than=first)
    phone.page.get_by_role("link", name="Back").click()
    expect(phone.heading).to_have_text(first)
    phone.page.get_by_role("link", name="Skip", exact=True).click()
    expect(phone.heading).to_have_text(second)
    for _ in range(3):
        phone.give("Unsure")
    expect(phone.heading).to_have_text("3 of 4 answered")
    phone.page.get_by_role("link", name="Answer the one that is left").click()
    expect(phone.heading).to_have_text(first)


def test_a_reason_goes_with_the_answer_and_survives_a_reload(phone: Phone, place: Place):
    text = phone.sees()
    phone.page.get_by_text("Add a reason").click()
    reason = phone.page.get_by_role("textbox")
    reason.fill("Half a thou")
    phone.page.reload()
    phone.ready()
    expect(reason).to_have_value("Half a thou")
    reason.fill("It depends on whom one asks.")
    phone.give("Unsure")
    phone.is_sent()
    query = "SELECT reason FROM statements_response WHERE workshop_id = %s"
    assert place.sql(query, place.workshop) == [("It depends on whom one asks.",)]
    phone.page.get_by_role("link", name="Back").click()
    expect(phone.heading).to_have_text(text)
    expect(reason).to_have_value("It depends on whom one asks.")
    reason.fill("It does not.")
    phone.page.get_by_role("button", name="Keep the reason").click()
    expect(phone.heading).not_to_have_text(text)
    phone.is_sent()
    assert place.sql(query, place.workshop) == [("It does not.",)]
    assert place.answers() == {text: 0}


def test_by_keys_alone_and_read_out(new_phone: Callable[..., Phone], place: Place):
    phone = new_phone(viewport={"width": 1360, "height": 900}).open()
    page = phone.page
    said = page.locator("[data-part=said]")
    given = {}
    for key, label, value in (("1", "Agree", 1), ("d", "Disagree", -1)):
        text = phone.sees()
        page.keyboard.press(key)
        phone.sees(other_than=text)
        expect(phone.heading).to_be_focused()
        place_now = len(given) + 2
        expect(said).to_have_text(f"Answered: {label}. Next statement: {place_now} of 4")
        given[text] = value
    third = phone.sees()
    page.keyboard.press("ArrowRight")
    fourth = phone.sees(other_than=third)
    page.keyboard.press("ArrowLeft")
    expect(phone.heading).to_have_text(third)
    expect(phone.heading).to_be_focused()
    # What is written isn't an answer.
    page.get_by_text("Add a reason").press("Enter")
    page.get_by_role("textbox").press_sequentially("add 1, 2, 3")
    expect(phone.heading).to_have_text(third)
    # Nor is a key for whoever switched them off.
    page.get_by_text("Keys", exact=True).press("Enter")
    page.get_by_label("Single keys do something").uncheck()
    page.get_by_label("Single keys do something").press("1")
    phone.awake()
    page.get_by_role("button", name="Unsure", exact=True).press("Enter")
    phone.sees(other_than=third)
    phone.awake()
    page.get_by_role("button", name="Agree", exact=True).press("Enter")
    expect(said).to_have_text("Answered: Agree. That was the last.")
    phone.is_sent()
    assert place.answers() == given | {third: 0, fourth: 1}


def test_what_is_opened_meanwhile_is_offered_and_what_is_closed_goes(phone: Phone, place: Place):
    first = phone.sees()
    place.do(
        "new = put_statement(actor=owner, text='One more is asked.')\n"
        "open_rounds(actor=owner, rounds=new.rounds.all())"
    )
    expect(phone.page.get_by_text("1 more statement can be answered now.").first).to_be_visible()
    expect(phone.page.get_by_text("0 of 5 answered")).to_be_visible()
    expect(phone.heading).to_have_text(first)
    place.close(first)
    phone.sees(other_than=first)
    expect(phone.page.locator("[data-part=news]")).to_contain_text("Closed meanwhile")
    for _ in range(4):
        phone.give("Agree")
    expect(phone.heading).to_have_text("You have answered everything")
    place.do(
        "new = put_statement(actor=owner, text='And another.')\n"
        "open_rounds(actor=owner, rounds=new.rounds.all())"
    )
    phone.page.get_by_role("link", name="Answer the one that is left").click()
    expect(phone.heading).to_have_text("And another.")


def test_without_javascript_it_is_a_form(new_phone: Callable[..., Phone], place: Place):
    phone = new_phone(java_script_enabled=False)
    phone.page.goto(place.address)
    order = [phone.give(answer) for answer in ("Agree", "Unsure")]
    phone.page.get_by_role("link", name="Back").click()
    expect(phone.page.get_by_role("button", pressed=True)).to_contain_text("Unsure")
    phone.page.get_by_role("link", name="2 of 4 answered").click()
    expect(phone.heading).to_have_text("2 of 4 answered")
    assert place.answers() == dict(zip(order, (1, 0), strict=True))


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_it_is_for_everybody(
    new_phone: Callable[..., Phone], place: Place, scheme: str, width: int
):
    phone = new_phone(viewport={"width": width, "height": 844}, color_scheme=scheme).open()
    page = phone.page

    def good() -> None:
        assert findings(page) == []
        assert sideways(page) == []

    good()
    page.get_by_text("Add a reason").click()
    page.route(SENDING, lambda route: route.abort())
    closed = phone.give("Disagree")
    place.close(closed)
    page.unroute(SENDING)
    page.reload()
    expect(page.get_by_text("This round is closed")).to_be_visible()
    good()
    phone.give("Agree")
    page.get_by_role("link", name="Back").click()
    page.get_by_role("link", name="1 of 3 answered").click()
    expect(phone.heading).to_have_text("1 of 3 answered")
    good()
    small = page.evaluate(
        """() => [...document.querySelectorAll("main :is(a, button, summary)")]
          .filter((each) => each.checkVisibility() && !each.closest("p.hint, .band"))
          .map((each) => [each.outerHTML.slice(0, 80), each.getBoundingClientRect().height])
          .filter(([, height]) => height < 44)"""
    )
    assert small == []
