"""Taking what is suggested for a note: filed at once, and taken back by one button."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Running
from tests.e2e.sorting.conftest import Place, done

# As a worker would; one may have been quicker, and then it says the same.
SUGGEST = """
from apps.notes.models import Note
from apps.themes.models import Suggestion, SuggestionRun, Theme
note = Note.objects.get(workshop__slug="{slug}", sequence=2)
SuggestionRun.objects.filter(workshop=note.workshop).delete()
theme = Theme.objects.get(workshop=note.workshop, title="Budgets")
Suggestion.objects.get_or_create(
    workshop=note.workshop, note=note, theme=theme, twin=None,
    defaults={{"likeness": 0.5, "words": ["budgets"]}})
print("made")
"""


def test_a_suggestion_is_taken_by_keyboard_and_taken_back(
    browse: Callable[..., Page], place: Place, running: Running
):
    page = browse(place)
    slug = place.themes.split("/")[-3]
    assert running.manage("shell", "--no-imports", "-c", SUGGEST.format(slug=slug)).strip()
    page.reload()
    page.wait_for_function("document.querySelector('[data-chooser]:not([hidden])') !== null")
    rows = page.locator("#unfiled-list li")
    rows.nth(1).get_by_role("button", name="Budgets").focus()
    page.keyboard.press("Enter")
    expect(rows).to_have_count(5)
    expect(rows.nth(1).locator("input[name=notes]")).to_be_focused()
    done(page, "Filed 1 note under “Budgets”")
    page.locator("#sorting-done").get_by_role("button", name="Undo").click()
    done(page, "Undone: Filed 1 note under “Budgets”")
    expect(rows).to_have_count(6)
