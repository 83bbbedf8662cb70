"""The set-up as a list of tasks, and its rules."""

import html
import re
from datetime import date

import pytest

from apps.workshops.models import Phase
from tests.factories import (
    GroupFactory,
    GuidingQuestionFactory,
    OrganisationFactory,
    ParticipantFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db


def states(page: str) -> dict[str, str]:
    """Return the state of each task, as the page says it."""
    found = {}
    for part in page.split('<li class="task" id="task-')[1:]:
        name = part.partition('"')[0]
        found[name] = next(word for word in ("Done", "To do", "Optional") if f">{word}<" in part)
    return found


def test_a_new_workshop_says_what_is_to_do(owner, browser_of, setup):
    SessionFactory(workshop=owner.workshop, title="Plenary")
    page = browser_of(owner).get(setup).content.decode()
    found = states(page)
    assert list(found)[:5] == ["basics", "sessions", "questions", "organisations", "groups"]
    assert {name: found[name] for name in ("basics", "attribution", "consensus")} == {
        "basics": "Done",
        "attribution": "Done",
        "consensus": "Done",
    }
    assert {n for n, state in found.items() if state == "To do"} == {
        "sessions",
        "questions",
        "groups",
        "privacy",
    }
    assert found["organisations"] == "Optional"
    assert "Only “Plenary”, without a time" in page
    assert "75 % agree, and at most 15 % disagree: of 12, 9 and 1" in page
    assert "Start taking notes" in page


def test_each_task_sums_up_what_is_set(owner, browser_of, setup):
    SessionFactory(workshop=owner.workshop, title="Opening", order=0)
    SessionFactory(workshop=owner.workshop, title="Closing", order=1)
    whole = GuidingQuestionFactory(workshop=owner.workshop)
    GuidingQuestionFactory(workshop=owner.workshop, parent=whole)
    for name in "ABCD":
        OrganisationFactory(workshop=owner.workshop, name=name)
    GroupFactory(workshop=owner.workshop, plural="practitioners")
    GroupFactory(workshop=owner.workshop, plural="northerners", axis="region")
    GuidingQuestionFactory(text="Elsewhere?")
    page = browser_of(owner).get(setup).content.decode()
    for text in (
        "2, from “Opening” to “Closing”",
        "1 question, with 1 part<",
        "A, B, C and 1 more",
        "Practitioners<",
        "Chatham House Rule; who said a note isn’t kept",
    ):
        assert text in page


def test_what_is_to_do_comes_next_on_the_overview(owner, browser_of):
    owner.workshop.phase = Phase.SETTING_UP
    owner.workshop.save()
    SessionFactory(workshop=owner.workshop, title="Plenary")
    overview = f"/w/{owner.workshop.slug}/"
    page = browser_of(owner).get(overview).content.decode()
    for text in ("Guiding questions: none yet", "Groups: none yet", "Paste the programme"):
        assert text in page
    other = ParticipantFactory(workshop=owner.workshop)
    assert "none yet" not in browser_of(other).get(overview).content.decode()


# -- the rules -------------------------------------------------------------------------------


def test_the_attribution_rule_and_its_opt_in(owner, browser_of, setup):
    url, browser = f"{setup}attribution/", browser_of(owner)
    page = browser.get(url).content.decode()
    assert "Keep who said a note, apart, until 12 August 2026" in page
    assert "disabled" not in page
    form = {"attribution_rule": "chatham_house", "keep_speakers": "on", "version": "1"}
    assert browser.post(url, form).headers["Location"] == f"{setup}#task-attribution"
    owner.workshop.refresh_from_db()
    assert owner.workshop.keep_speakers
    assert "who said a note is kept apart" in browser.get(setup).content.decode()


CONSENSUS = {
    "consensus_at": 80,
    "opposed_at_most": 10,
    "divided_at": 30,
    "undecided_at": 33,
    "quorum": 50,
    "nearly_all_at": 90,
    "most_at": 65,
    "many_at": 33,
    "several_from": 5,
    "numbers_below": 12,
}


def test_the_consensus_rule_is_saved_and_says_what_it_means(owner, browser_of, setup):
    url, browser = f"{setup}consensus/", browser_of(owner)
    page = browser.get(url).content.decode()
    assert "Of 12 people who answer, 9 must agree and at most 1 disagree" in page
    assert '15&amp;divided_at=30&amp;undecided_at=33&amp;quorum=50" aria-current="true"' in page
    answer = browser.post(url, {**CONSENSUS, "version": 1})
    assert answer.headers["Location"] == f"{setup}#task-consensus"
    owner.workshop.refresh_from_db()
    assert (owner.workshop.consensus_at, owner.workshop.opposed_at_most) == (80, 10)
    assert "10 must agree and at most 1 disagree" in browser.get(url).content.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"opposed_at_most": 30}, "This has to stay below 30"),
        ({"consensus_at": 49}, "A consensus takes at least half"),
        ({"divided_at": 51}, "Two sides can’t both be over half"),
        ({"quorum": 101}, "less than or equal to 100"),
        ({"undecided_at": "many"}, "Enter a whole number."),
        ({"most_at": 92}, "This has to be above 92, where “most” begins."),
        ({"several_from": 3}, "greater than or equal to 4"),
    ],
)
def test_a_rule_that_contradicts_itself_is_refused(owner, browser_of, setup, change, said):
    url, sent = f"{setup}consensus/", {**CONSENSUS, "version": 1, **change}
    answer = browser_of(owner).post(url, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    owner.workshop.refresh_from_db()
    assert owner.workshop.consensus_at == 75
    live = browser_of(owner).get(url, sent, headers={"HX-Request": "true"}).content.decode()
    assert said in live


def test_the_sentence_follows_what_is_typed(owner, browser_of, setup):
    url, browser = f"{setup}consensus/", browser_of(owner)
    live = browser.get(url, CONSENSUS, headers={"HX-Request": "true"}).content.decode()
    assert "10 must agree" in live
    assert 'id="presets"' in live
    assert "aria-current" not in live
    assert "<html" not in live
    # Without JavaScript a preset is a link that fills in the form.
    preset = browser.get(url, {"consensus_at": "70"}).content.decode()
    assert 'name="consensus_at" value="70"' in preset
    assert "9 must agree" in preset
    nonsense = browser.get(url, {"consensus_at": "x"}).content.decode()
    assert 'name="consensus_at" value="75"' in nonsense
    owner.workshop.refresh_from_db()
    assert owner.workshop.consensus_at == 75
    owner.workshop.number_present = None
    owner.workshop.save()
    assert "An example with 20" in browser.get(url).content.decode()


def test_the_words_for_how_many_are_chosen_shown_and_given_back(owner, browser_of, setup):
    url, browser = f"{setup}consensus/", browser_of(owner)
    owner.workshop.number_present = 27
    owner.workshop.save()
    page = browser.get(url).content.decode()
    assert "These are the words of the house." in page
    assert '<td>65 in a hundred or more, counted</td><td class="number">18–24</td>' in page
    # Under the Chatham House Rule nobody reads how the one was told.
    assert "All but one</th>" not in page
    changed = {**CONSENSUS, "most_at": 80}
    live = browser.get(url, changed, headers={"HX-Request": "true"}).content.decode()
    assert '<td>eight in ten or more, counted</td><td class="number">22–24</td>' in live
    assert browser.post(url, {**changed, "version": 1}).status_code == 302
    owner.workshop.refresh_from_db()
    assert owner.workshop.most_at == 80
    assert "words for how many of its own" in browser.get(setup).content.decode()
    page = browser.get(url).content.decode()
    assert "These are the words of the house." not in page
    query = re.search(r'href="\?(nearly_all_at[^"]*)"', page)[1]
    house = browser.get(f"{url}?{html.unescape(query)}").content.decode()
    assert 'name="most_at" value="65"' in house
    assert "These are the words of the house." in house
    assert browser.post(url, {**CONSENSUS, "version": 2}).status_code == 302
    assert "words for how many of the house" in browser.get(setup).content.decode()


def test_of_few_present_the_words_are_shown_for_as_many_as_have_words(owner, browser_of, setup):
    owner.workshop.attribution_rule = "on_record"
    owner.workshop.number_present = 9
    owner.workshop.save()
    page = browser_of(owner).get(f"{setup}consensus/").content.decode()
    assert "of 12 who answer (an example: of fewer than 12 numbers are told)" in page
    assert "All but one</th>" in page


def test_two_people_changed_the_rule(owner, browser_of, setup):
    owner.workshop.version = 2
    owner.workshop.consensus_at = 70
    owner.workshop.save()
    answer = browser_of(owner).post(f"{setup}consensus/", {**CONSENSUS, "version": 1})
    assert answer.status_code == 409
    assert "<td>70</td>" in answer.content.decode()


def test_privacy_says_what_goes_and_who_waits(owner, browser_of, setup):
    owner.workshop.starts_on = owner.workshop.ends_on = date(2099, 8, 31)
    owner.workshop.save()
    url, browser = f"{setup}privacy/", browser_of(owner)
    assert "No day of deletion yet" in browser.get(setup).content.decode()
    assert 'name="purge_on" value="2100-02-28"' in browser.get(url).content.decode()
    early = browser.post(url, {"purge_on": "2099-08-31", "version": "1"})
    assert early.status_code == 422
    assert "This is before the workshop is over." in early.content.decode()
    sent = {"purge_on": "2100-02-28", "lobby": "on", "version": "1"}
    assert browser.post(url, sent).headers["Location"] == f"{setup}#task-privacy"
    owner.workshop.refresh_from_db()
    assert (owner.workshop.lobby, owner.workshop.purge_on) == (True, date(2100, 2, 28))
    page = browser.get(setup).content.decode()
    assert "Deletion on 28 February 2100; people wait to be let in" in page
    # From then on the day is moved where it says to whom it was told.
    assert 'name="purge_on"' not in browser.get(url).content.decode()
    later = {"purge_on": "2100-12-31", "version": "2"}
    assert browser.post(url, later).status_code == 302
    owner.workshop.refresh_from_db()
    assert (owner.workshop.lobby, owner.workshop.purge_on) == (False, date(2100, 2, 28))


def test_the_day_of_deletion_may_be_left_open(owner, browser_of, setup):
    sent = {"purge_on": "", "version": "1"}
    assert browser_of(owner).post(f"{setup}privacy/", sent).status_code == 302
    owner.workshop.refresh_from_db()
    assert owner.workshop.purge_on is None
