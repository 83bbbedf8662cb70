"""Rearranging themes on their pages and over the API, and undoing it from there."""

import re

import pytest
from django.urls import reverse

from apps.themes.models import Rearrangement, Theme
from apps.themes.services import merge_themes, sort_notes
from apps.workshops.models import Role
from tests.factories import (
    AnnotationFactory,
    CommentFactory,
    NoteFactory,
    ParticipantFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def note(rapporteur):
    return NoteFactory(session__workshop=rapporteur.workshop)


@pytest.fixture
def theme(rapporteur, note):
    return ThemeFactory(workshop=rapporteur.workshop, title="Standing", notes=[note])


@pytest.fixture
def other(rapporteur):
    return ThemeFactory(workshop=rapporteur.workshop, title="Influence", published=True)


@pytest.fixture
def visitor(rapporteur, browser_of):
    return browser_of(rapporteur)


def page(name, theme, *more):
    return reverse(f"themes:{name}", args=[theme.workshop.slug, theme.pk, *more])


def undo_in(answer):
    """Return the address of the button that undoes, from a page."""
    return re.search(r'action="([^"]+/undo/)"', answer.content.decode())[1]


def test_a_merge_says_what_it_did_and_can_be_undone_from_the_page(visitor, theme, other, note):
    answer = visitor.post(page("merge", theme), {"into": other.pk}, follow=True)
    assert answer.redirect_chain == [(page("detail", other), 302)]
    assert "Merged “Standing” into “Influence”." in answer.content.decode()
    assert "Merged from “Standing”" in answer.content.decode()
    undone = visitor.post(undo_in(answer), {"back": "outline"}, follow=True)
    assert "Undone: Merged “Standing” into “Influence”." in undone.content.decode()
    assert list(theme.notes.all()) == [note]


def test_the_address_of_a_merged_theme_leads_to_where_it_went(rapporteur, visitor, theme, other):
    merge_themes(actor=rapporteur, theme=theme, into=other)
    assert visitor.get(page("detail", theme)).url == page("detail", other)
    third = ThemeFactory(workshop=rapporteur.workshop)
    merge_themes(actor=rapporteur, theme=other, into=third)
    assert visitor.get(page("detail", theme)).url == page("detail", third)


def test_what_was_written_of_a_theme_that_was_merged_meanwhile_stands_beside_what_it_became(
    rapporteur, visitor, theme, other
):
    merge_themes(actor=rapporteur, theme=theme, into=other)
    typed = {"title": "Standing and rank", "summary": "Who counts.", "placement": "auto"}
    answer = visitor.post(page("edit", theme), typed)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "The theme was merged into “Influence” meanwhile" in shown
    assert "Who counts." in shown
    other.refresh_from_db()
    assert (other.title, other.summary) == ("Influence", "")
    kept = {**typed, "version": other.version}
    assert visitor.post(page("edit", other), kept).status_code == 302


def test_a_comment_on_a_theme_that_was_merged_meanwhile_goes_where_its_comments_went(
    rapporteur, visitor, theme, other
):
    merge_themes(actor=rapporteur, theme=theme, into=other)
    answer = visitor.post(page("comment", theme), {"text": "Whose standing?"})
    assert answer.status_code == 302
    assert other.comments.get().text == "Whose standing?"


def test_an_old_address_leads_nobody_to_a_draft_nor_into_another_workshop(
    rapporteur, browser_of, theme, other
):
    reader = ParticipantFactory(workshop=rapporteur.workshop)
    draft = ThemeFactory(workshop=rapporteur.workshop)
    merge_themes(actor=rapporteur, theme=other, into=draft)
    assert browser_of(reader).get(page("detail", other)).status_code == 404
    stranger = ParticipantFactory(role=Role.OWNER)
    there = reverse("themes:detail", args=[stranger.workshop.slug, other.pk])
    assert browser_of(stranger).get(there).status_code == 404


def test_participants_read_nothing_of_what_a_theme_was_merged_from(
    rapporteur, browser_of, theme, other
):
    merge_themes(actor=rapporteur, theme=theme, into=other)
    reader = browser_of(ParticipantFactory(workshop=rapporteur.workshop))
    assert "Standing" not in reader.get(page("detail", other)).content.decode()


def test_a_merge_that_cannot_be_says_why_on_the_page(visitor, theme):
    answer = visitor.post(page("merge", theme), {"into": theme.pk})
    assert answer.status_code == 422
    assert "Nothing has been changed." in answer.content.decode()
    assert Theme.objects.filter(pk=theme.pk).exists()


def test_notes_and_findings_are_split_off_with_what_is_said_of_them(visitor, theme, note):
    AnnotationFactory(theme=theme, claim="It holds")
    shown = visitor.get(page("split", theme)).content.decode()
    assert note.text in shown
    assert "It holds" in shown
    refused = visitor.post(page("split", theme), {"title": "New"})
    assert refused.status_code == 422
    chosen = {"title": "New", "notes": [note.pk], "parts": [theme.annotations.get().pk]}
    answer = visitor.post(page("split", theme), chosen, follow=True)
    new = Theme.objects.get(title="New")
    assert (new.notes.count(), new.annotations.count()) == (1, 1)
    assert "Split from" in answer.content.decode()
    assert "Split off it" in visitor.get(page("detail", theme)).content.decode()


def test_a_deleted_theme_leaves_what_it_holds_to_the_one_that_is_chosen(visitor, theme, other):
    CommentFactory(theme=theme)
    refused = visitor.post(page("delete", theme), {"to": ""})
    assert "still holds 1 note and 1 comment" in refused.content.decode()
    answer = visitor.post(page("delete", theme), {"to": other.pk}, follow=True)
    assert "what it held went to “Influence”" in answer.content.decode()
    assert (other.notes.count(), other.comments.count()) == (1, 1)
    visitor.post(undo_in(answer))
    assert theme.comments.count() == 1


def test_a_new_title_can_be_undone(visitor, theme):
    given = {"title": "Rank", "placement": "auto", "parent": "", "version": 1}
    answer = visitor.post(page("edit", theme), given, follow=True)
    assert "Renamed “Standing” to “Rank”." in answer.content.decode()
    visitor.post(undo_in(answer))
    assert Theme.objects.get(pk=theme.pk).title == "Standing"


def test_the_list_tells_who_rearranged_what_and_undoes_it(rapporteur, visitor, theme, other, note):
    colleague = ParticipantFactory(
        workshop=rapporteur.workshop, role=Role.FACILITATOR, display_name="Anna Berg"
    )
    sort_notes(actor=colleague, notes=[note], theme=other)
    url = reverse("themes:rearrangements", args=[theme.workshop.slug])
    shown = visitor.get(url).content.decode()
    assert "Filed 1 note under “Influence”" in shown
    assert "Anna Berg" not in shown
    answer = visitor.post(undo_in(visitor.get(url)), {"back": "rearrangements"}, follow=True)
    assert answer.redirect_chain == [(url, 302)]
    assert "Undone: You" in answer.content.decode()
    assert not other.notes.exists()


def test_what_came_later_is_named_as_the_reason_why_something_stays(rapporteur, visitor, theme):
    others = [ThemeFactory(workshop=rapporteur.workshop) for _ in range(2)]
    first = merge_themes(actor=rapporteur, theme=theme, into=others[0])
    merge_themes(actor=rapporteur, theme=others[0], into=others[1])
    url = reverse("themes:undo", args=[theme.workshop.slug, first.pk])
    assert "Undo first what came after it" in visitor.post(url, follow=True).content.decode()


def test_the_list_makes_the_same_number_of_queries_for_one_and_for_thirty(
    rapporteur, visitor, theme, queries_of
):
    url = reverse("themes:rearrangements", args=[theme.workshop.slug])

    def add():
        Rearrangement.objects.create(
            workshop=theme.workshop, kind="filed", said="Filed", made_by=rapporteur
        )

    add()
    one = queries_of(lambda: visitor.get(url))
    for _ in range(29):
        add()
    assert queries_of(lambda: visitor.get(url)) == one


def test_themes_are_merged_split_and_put_back_over_the_api(rapporteur, api_of, theme, other, note):
    api, root = api_of(rapporteur), f"/api/v1/workshops/{theme.workshop.slug}"
    merged = api.post(f"{root}/themes/{theme.pk}/merge/", {"into": other.pk}, format="json")
    assert (merged.status_code, merged.json()["note_count"]) == (200, 1)
    split = api.post(
        f"{root}/themes/{other.pk}/split/", {"title": "New", "notes": [note.pk]}, format="json"
    )
    assert (split.status_code, split.json()["note_count"]) == (201, 1)
    found = api.get(f"{root}/rearrangements/").json()["results"]
    assert [each["kind"] for each in found] == ["split", "merged"]
    for each in found:
        assert api.post(f"{root}/rearrangements/{each['id']}/undo/").json()["undone_at"]
    assert list(theme.notes.all()) == [note]
    reader = api_of(ParticipantFactory(workshop=rapporteur.workshop))
    assert reader.get(f"{root}/rearrangements/").json()["results"] == []
