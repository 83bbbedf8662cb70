"""The composer, by keyboard and by finger: what is typed, what is understood, what is kept."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.e2e.capturing.conftest import Place

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
TOPICS = ["pay", "rank", "ports", "patrols", "lorries"]


def box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="New note")


def row(page: Page, words: str) -> Locator:
    return page.locator("#notes > li").filter(has=page.get_by_text(words, exact=True))


def say(page: Page, line: str) -> None:
    """Type a line and press Enter, with nothing but the keyboard."""
    page.keyboard.insert_text(line)
    page.keyboard.press("Enter")


def saved(page: Page) -> None:
    expect(page.locator("#capture-status")).to_have_text("All saved")
    expect(page.locator("#notes [data-pending]")).to_have_count(0)


def shows(page: Page, texts: list[str]) -> None:
    expect(page.locator("#notes .note-text")).to_have_text(texts)


def test_twenty_notes_are_entered_tagged_and_corrected_by_keyboard_alone(page: Page):
    for number in range(5):
        topic = TOPICS[number]
        say(page, f"? who decides on {topic} #legit @okafor")
        say(page, f"- not {topic} alone %schol")
        page.keyboard.type(f"first the {topic}, then the rest #infl")
        # Two themes begin so: the list is open, its second is meant.
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        say(page, f"eg the {topic} of 2013")
        if number % 2:
            say(page, "s/2013/2014/")
        else:
            page.keyboard.press("ArrowUp")
            expect(page.get_by_role("textbox", name="Edit your note")).to_be_focused()
            page.keyboard.press("End")
            page.keyboard.type(" and since")
            page.keyboard.press("Enter")
        expect(box(page)).to_be_focused()
    saved(page)
    expect(page.locator("#notes .note-text")).to_have_count(20)
    for number, topic in enumerate(TOPICS):
        asked = row(page, f"who decides on {topic}")
        for tag in ("question", "Legitimacy", "a practitioner"):
            expect(asked).to_contain_text(tag)
        expect(row(page, f"not {topic} alone")).to_contain_text("a scholar")
        filed = row(page, f"first the {topic}, then the rest")
        expect(filed).to_contain_text("Inflation and budgets")
        year = "2014" if number % 2 else "2013 and since"
        expect(row(page, f"the {topic} of {year}")).to_contain_text("example")
    assert "okafor" not in page.locator("#notes").inner_text().lower()


UNDERSTOOD = {
    "? who decides #legit": ["Legitimacy", "question"],
    "@ruiz nobody pays": ["scholar"],
    "“We ask.”": ["quote"],
    "legitimacy = being accepted": ["definition"],
    "it differs #infl": ["“#infl” could be “Influence” or “Inflation and budgets”."],
    "@kowalski nobody pays": ["“@kowalski” is nobody here, and was left out."],
    "s/a/b/": ["There is no note of yours to correct"],
    "/off": ["Enter: off the record, nothing is kept"],
    "just words": [],
}


def test_a_line_is_told_before_enter_as_it_will_be_understood(page: Page):
    for line, chips in UNDERSTOOD.items():
        box(page).fill(line)
        expect(page.locator("#composer-preview .tag")).to_have_text(chips)
    box(page).fill("the one before")
    box(page).press("Enter")
    before = row(page, "the one before").locator("time").inner_text()
    box(page).fill("- not at sea")
    expect(page.locator("#composer-preview .tag")).to_have_text(f"against {before}")
    box(page).fill("s/one/note/")
    expect(page.locator("#composer-preview")).to_contain_text("“one” becomes “note”")


def test_completion_leaves_alone_whoever_types_fast(page: Page):
    options = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    # Understood as it is: Enter saves.
    page.keyboard.type("it differs #legit")
    expect(options).to_have_text(["Legitimacy", "New theme “Legit”"])
    page.keyboard.press("Enter")
    expect(row(page, "it differs")).to_contain_text("Legitimacy")
    # Naming no theme: it stays as it was typed, and nothing is made.
    page.keyboard.type("it differs #piracy")
    page.keyboard.press("Enter")
    expect(row(page, "it differs #piracy")).to_be_visible()
    # Esc closes the list alone.
    page.keyboard.type("at the #fund")
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(box(page)).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    # A new theme is made by whoever chooses it.
    page.keyboard.type("not the coast #who-pays")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    saved(page)
    expect(row(page, "not the coast")).to_contain_text("Who pays")
    expect(page.get_by_role("complementary").get_by_role("link", name="Who pays")).to_be_visible()


def test_a_number_files_under_the_theme_beside_it(page: Page):
    page.keyboard.type("nobody pays")
    page.keyboard.press("Alt+4")
    page.keyboard.press("Enter")
    expect(row(page, "nobody pays")).to_contain_text("Funding authorities")


def test_the_palette_finds_themes_speakers_sessions_and_actions(page: Page, place: Place):
    page.keyboard.type("nobody pays")
    for words, taken in (("leg", "#Legitimacy"), ("okaf", "@Ruth-Okafor")):
        page.keyboard.press("Control+k")
        page.keyboard.type(words)
        page.keyboard.press("Enter")
        expect(box(page)).to_be_focused()
        assert taken in box(page).input_value()
    page.keyboard.press("Enter")
    expect(row(page, "nobody pays")).to_contain_text("practitioner")
    page.keyboard.press("Control+k")
    page.keyboard.type("after")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**session={place.sessions[1]}")


def test_every_sign_has_a_button_that_a_finger_can_press(browse: Callable[..., Page]):
    phone = browse(**PHONE)
    signs = phone.get_by_role("group", name="Signs").get_by_role("button")
    assert signs.count() >= 15
    small = [
        sign.inner_text()
        for sign in signs.all()
        if (size := sign.bounding_box()) is None or min(size["width"], size["height"]) < 44
    ]
    assert small == []
    box(phone).fill("who decides")
    signs.filter(has_text="question").first.tap()
    signs.filter(has_text="theme").tap()
    phone.get_by_role("option", name="Legitimacy").tap()
    phone.get_by_role("button", name="Save").tap()
    asked = row(phone, "who decides")
    for tag in ("question", "Legitimacy"):
        expect(asked).to_contain_text(tag)


def test_what_is_being_written_survives_a_reload(page: Page):
    page.keyboard.type("half a thou")
    page.reload()
    expect(box(page)).to_have_value("half a thou")
    box(page).press("Enter")
    saved(page)
    page.reload()
    expect(box(page)).to_have_value("")


def test_off_the_record_nothing_is_stored_or_sent(page: Page):
    say(page, "on the record")
    saved(page)
    say(page, "/off")
    bar = page.get_by_role("alert").filter(has_text="Off the record")
    expect(bar).to_be_visible()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    say(page, "a secret")
    expect(page.locator("#composer-error")).to_contain_text("kept nowhere")
    page.keyboard.press("ArrowUp")
    stored = page.evaluate(
        """async () => {
          const { entries } = await import("/static/js/queue/index.js");
          return JSON.stringify([await entries(), { ...localStorage }, { ...sessionStorage }]);
        }"""
    )
    assert "secret" not in stored
    assert [url for url in sent if "queue" in url and not url.endswith(".js")] == []
    page.reload()
    expect(bar).to_be_visible()
    expect(box(page)).to_have_value("")
    page.get_by_role("button", name="On the record again").click()
    expect(bar).to_be_hidden()
    say(page, "on the record again")
    saved(page)
    shows(page, ["on the record", "on the record again"])
