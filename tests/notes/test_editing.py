"""Correcting a note on its page, and in its place in a list."""

import pytest
from django.urls import reverse

from apps.core.models import AuditEntry
from apps.notes.services import correct_note
from apps.workshops.models import AttributionRule, Role
from tests.factories import GroupFactory, NoteFactory, ParticipantFactory, SessionFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def note(rapporteur):
    return NoteFactory(session=SessionFactory(workshop=rapporteur.workshop), text="As typed")


@pytest.fixture
def url(note):
    return reverse("notes:edit", args=[note.workshop.slug, note.pk])


@pytest.fixture
def notetaker(rapporteur, browser_of):
    return browser_of(rapporteur)


def correct(actor, note, text):
    correct_note(actor=actor, note=note, text=text, mark=note.mark, group=note.group)


def test_a_note_is_corrected_on_its_page(notetaker, note, url):
    assert "As typed" in notetaker.get(url).content.decode()
    answer = notetaker.post(url, {"text": "As meant", "mark": "quote", "version": 1})
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"#note-{note.pk}")
    note.refresh_from_db()
    assert (note.text, note.mark) == ("As meant", "quote")


def test_what_it_said_before_stands_with_it(notetaker, rapporteur, note, url):
    correct(rapporteur, note, "As meant")
    page = notetaker.get(url).content.decode()
    assert "It said before: “As typed”" in page


def test_htmx_swaps_the_row_for_the_form_and_back(notetaker, note, url):
    row = reverse("notes:detail", args=[note.workshop.slug, note.pk])
    for answer, holds in (
        (notetaker.get(url, headers=HTMX), "<form"),
        (notetaker.get(row, headers=HTMX), "Edit"),
        (
            notetaker.post(url, {"text": "Else", "mark": "remark", "version": 1}, headers=HTMX),
            "Else",
        ),
    ):
        html = answer.content.decode()
        assert answer.status_code == 200
        assert html.strip().startswith("<li")
        assert f'id="note-{note.pk}"' in html
        assert "<html" not in html
        assert holds in html
    assert notetaker.get(row).status_code == 302


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("text", ["", " ", "z" * 10_001])
def test_a_text_that_cannot_be_saved_is_kept_in_the_form(notetaker, note, url, text, headers):
    answer = notetaker.post(url, {"text": text, "mark": "remark", "version": 1}, headers=headers)
    assert answer.status_code == 422
    assert text in answer.content.decode()
    assert "Nothing has been lost" in answer.content.decode()
    note.refresh_from_db()
    assert note.text == "As typed"


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_conflict_shows_both_texts_and_saving_again_replaces_knowingly(
    notetaker, rapporteur, note, url, headers
):
    correct(rapporteur, note, "Theirs")
    answer = notetaker.post(url, {"text": "Mine", "mark": "quote", "version": 1}, headers=headers)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs" in page
    assert "Mine" in page
    assert 'name="version" value="2"' in page
    note.refresh_from_db()
    assert note.text == "Theirs"
    notetaker.post(url, {"text": "Mine", "mark": "quote", "version": 2}, headers=headers)
    note.refresh_from_db()
    assert note.text == "Mine"


def test_under_the_anonymous_rule_a_correction_asks_for_no_group(notetaker, note, url):
    note.group = GroupFactory(workshop=note.workshop)
    note.save()
    note.session.attribution_rule = AttributionRule.ANONYMOUS
    note.session.save()
    page = notetaker.get(url).content.decode()
    assert 'name="group"' not in page
    assert note.group.singular not in page
    notetaker.post(url, {"text": "Else", "mark": "remark", "version": 1})
    note.refresh_from_db()
    assert (note.text, note.group) == ("Else", None)


def test_a_group_of_another_workshop_is_refused(notetaker, note, url):
    foreign = {"text": "Else", "mark": "remark", "group": GroupFactory().pk, "version": 1}
    assert notetaker.post(url, foreign).status_code == 422


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.OBSERVER])
def test_others_than_the_team_find_no_note(browser_of, note, url, role):
    notetaker = browser_of(ParticipantFactory(workshop=note.workshop, role=role))
    row = reverse("notes:detail", args=[note.workshop.slug, note.pk])
    assert notetaker.get(url).status_code == notetaker.get(row).status_code == 404
    assert notetaker.post(url, {"text": "Mine", "mark": "remark"}).status_code == 404


def test_a_note_of_another_workshop_is_not_there(notetaker, note):
    foreign = NoteFactory()
    for slug in (note.workshop.slug, foreign.workshop.slug):
        assert notetaker.get(reverse("notes:edit", args=[slug, foreign.pk])).status_code == 404


def agreed(note):
    note.refresh_from_db()
    return note.may_be_printed


def test_a_speaker_agrees_to_the_printing_of_a_quotation(notetaker, rapporteur, note, url):
    assert "agreed to this being printed" in notetaker.get(url).content.decode()
    body = {"text": note.text, "version": 1, "may_be_printed": "on"}
    refused = notetaker.post(url, {**body, "mark": "remark"})
    assert refused.status_code == 422
    assert "Mark the note as a quote first" in refused.content.decode()
    assert not agreed(note)
    assert notetaker.post(url, {**body, "mark": "quote"}).status_code == 302
    assert agreed(note)
    entry = AuditEntry.objects.get(verb="note.corrected")
    assert (entry.actor_id, entry.after["may_be_printed"]) == (rapporteur.pk, True)
    assert (
        "may be printed" in notetaker.get(url.replace("edit/", ""), headers=HTMX).content.decode()
    )


@pytest.mark.parametrize(
    ("change", "still"),
    [
        ({"group": None}, True),
        ({"text": "As typed"}, True),
        # Agreed to were the words, as a quotation.
        ({"text": "In other words"}, False),
        ({"text": "In other words", "may_be_printed": True}, False),
        ({"mark": "remark"}, False),
        ({"may_be_printed": False}, False),
    ],
)
def test_other_words_take_the_agreement_back(rapporteur, note, change, still):
    correct_note(actor=rapporteur, note=note, mark="quote", may_be_printed=True)
    correct_note(actor=rapporteur, note=note, **change)
    assert agreed(note) == still


@pytest.mark.parametrize("rule", [AttributionRule.ON_RECORD, AttributionRule.ANONYMOUS])
def test_where_the_rule_says_it_all_nobody_is_asked_to_agree(notetaker, note, url, rule):
    note.workshop.notes.all().delete()
    note.workshop.attribution_rule = rule
    note.workshop.save()
    note.save(force_insert=True)
    assert "agreed to this being printed" not in notetaker.get(url).content.decode()


def test_the_agreement_over_the_api(rapporteur, note, api_of):
    url = f"/api/v1/workshops/{note.workshop.slug}/notes/{note.pk}/"
    refused = api_of(rapporteur).patch(url, {"may_be_printed": True})
    assert (refused.status_code, refused.json()["errors"].keys()) == (422, {"may_be_printed"})
    patched = api_of(rapporteur).patch(url, {"mark": "quote", "may_be_printed": True})
    assert patched.json()["may_be_printed"] is True


def test_the_log_tells_neither_the_words_nor_the_group(rapporteur, note):
    group = GroupFactory(workshop=note.workshop)
    correct_note(actor=rapporteur, note=note, text="As meant", group=group)
    entry = AuditEntry.objects.get(verb="note.corrected")
    assert {"text", "group"} <= entry.after.keys()
    assert str(group.pk) not in str((entry.before, entry.after))
    assert "As meant" not in str((entry.before, entry.after))


def test_the_history_tells_who_made_it_say_what(notetaker, rapporteur, note, browser_of):
    facilitator = ParticipantFactory(workshop=note.workshop, role=Role.FACILITATOR)
    correct(facilitator, note, "As meant")
    correct(rapporteur, note, "As agreed")
    url = reverse("notes:history", args=[note.workshop.slug, note.pk])
    page = notetaker.get(url).content.decode()
    order = [page.index(text) for text in ("As agreed", "As meant", "As typed")]
    assert order == sorted(order)
    assert "Corrected: You" in page
    assert "Corrected: The facilitator" in page
    assert facilitator.display_name not in page
    row = notetaker.get(url.replace("history/", ""), headers=HTMX).content.decode()
    assert url in row
    assert "It said before: “As meant”" in row


def test_the_history_over_the_api(rapporteur, note, api_of):
    correct(rapporteur, note, "As meant")
    url = f"/api/v1/workshops/{note.workshop.slug}/notes/{note.pk}/history/"
    told = api_of(rapporteur).get(url).json()
    assert [(each["text"], each["by"]) for each in told] == [("As meant", "You"), ("As typed", "")]
    reader = ParticipantFactory(workshop=note.workshop)
    assert api_of(reader).get(url).status_code == 404
