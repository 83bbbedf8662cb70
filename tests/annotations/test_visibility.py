"""What participants see: findings on published themes, and no note."""

import pytest
from django.utils import timezone

from apps.annotations.contributions.around import steps, where_the_room_stands
from apps.annotations.contributions.on_themes import annotations_panel, comment_about, kinds
from apps.annotations.models import Basis, Kind, Position
from apps.annotations.selectors import (
    annotations_visible_to,
    cards_on,
    evidence_visible_to,
    findings_visible_to,
)
from apps.annotations.services import comment_on_annotation
from apps.core.contributions import contributed
from apps.core.navigation import navigation
from apps.participants.selectors.attribution import Attribution, Everybody
from apps.workshops.models import Role
from tests.factories import (
    AnnotationFactory,
    EvidenceFactory,
    GroupFactory,
    NoteFactory,
    ParticipantFactory,
    PositionFactory,
    SenseFactory,
    SessionFactory,
    TermFactory,
)

HIDDEN = "a claim that stays hidden"


@pytest.fixture
def hidden(theme):
    """A finding on an unpublished theme, with all that may give it away."""
    annotation = AnnotationFactory(theme=theme, claim=HIDDEN, kind=Kind.DIVERGENCE)
    PositionFactory(annotation=annotation, text=HIDDEN)
    TermFactory(workshop=theme.workshop, annotation=annotation, name=HIDDEN)
    return annotation


@pytest.fixture
def shown(published, note):
    annotation = AnnotationFactory(theme=published, claim="Seen by all")
    EvidenceFactory(annotation=annotation, note=note)
    return annotation


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.OBSERVER])
def test_people_outside_the_team_see_findings_on_published_themes(rapporteur, hidden, shown, role):
    outsider = ParticipantFactory(workshop=rapporteur.workshop, role=role)
    AnnotationFactory(theme__published=True)
    assert list(annotations_visible_to(outsider)) == [shown]
    assert [finding.annotation for finding in findings_visible_to(outsider)] == [shown]
    assert set(annotations_visible_to(rapporteur)) == {hidden, shown}
    assert cards_on(outsider, hidden.theme) == []


def test_participants_are_told_how_many_notes_and_not_which(reader, rapporteur, shown, published):
    assert not evidence_visible_to(reader).exists()
    [card] = cards_on(reader, published)
    assert (card.note_count, card.cited, card.reads_notes) == (1, [], False)
    [card] = cards_on(rapporteur, published, opened=True)
    assert card.cited[0].citations[0].evidence.note.text == "words said in the room"


@pytest.mark.parametrize("path", ["", "themes/", "terms/"])
def test_no_page_gives_a_hidden_finding_away(reader, hidden, shown, browser_of, path):
    page = browser_of(reader).get(f"/w/{reader.workshop.slug}/{path}")
    assert page.status_code == 200
    assert HIDDEN not in page.content.decode()


def test_the_page_of_a_theme_shows_participants_no_note(reader, shown, published, browser_of):
    page = browser_of(reader).get(f"/w/{reader.workshop.slug}/themes/{published.pk}/")
    text = page.content.decode()
    assert "Seen by all" in text
    assert "Rests on 1 note." in text
    assert "words said in the room" not in text


def test_hidden_findings_are_not_counted(reader, rapporteur, hidden, shown):
    [panel] = where_the_room_stands(actor=reader)
    assert (len(panel.context["findings"]), panel.context["theme_count"]) == (1, 1)
    for actor, count in ((reader, 0), (rapporteur, 1)):
        assert [each.count for each in navigation(actor) if each.section == "terms"] == [count]
    assert list(steps(actor=reader)) == []


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "annotations/{hidden}/edit/"),
        ("post", "annotations/{hidden}/edit/"),
        ("post", "annotations/{hidden}/move/"),
        ("get", "annotations/{hidden}/withdraw/"),
        ("post", "annotations/{hidden}/evidence/"),
        ("post", "annotations/{hidden}/comment/"),
        ("get", "annotations/new/{theme}/"),
        ("get", "terms/{term}/edit/"),
        ("post", "terms/{term}/remove/"),
    ],
)
def test_what_is_hidden_is_not_there(reader, hidden, browser_of, method, path):
    address = path.format(hidden=hidden.pk, theme=hidden.theme_id, term=hidden.terms.get().pk)
    client = browser_of(reader)
    assert getattr(client, method)(f"/w/{reader.workshop.slug}/{address}").status_code == 404
    stranger = browser_of(ParticipantFactory(role=Role.OWNER))
    assert getattr(stranger, method)(f"/w/{reader.workshop.slug}/{address}").status_code == 404


def test_what_is_shown_is_still_not_theirs_to_change(reader, shown, browser_of):
    client = browser_of(reader)
    slug = reader.workshop.slug
    for path in ("edit", "withdraw"):
        assert client.get(f"/w/{slug}/annotations/{shown.pk}/{path}/").status_code == 403
    for path in ("move", "evidence"):
        assert client.post(f"/w/{slug}/annotations/{shown.pk}/{path}/").status_code == 403
    assert client.get(f"/w/{slug}/annotations/new/{shown.theme_id}/").status_code == 403
    assert client.get(f"/w/{slug}/terms/new/").status_code == 403


def test_the_group_of_a_note_is_told_only_where_it_names_nobody(rapporteur, published):
    small = GroupFactory(workshop=rapporteur.workshop, singular="admiral")
    note = NoteFactory(session=SessionFactory(workshop=rapporteur.workshop), group=small)
    EvidenceFactory(annotation__theme=published, note=note)
    [card] = cards_on(rapporteur, published, opened=True)
    # The team entered it and reads it as it did; the memo doesn't name it.
    assert card.cited[0].citations[0].said_by == "an admiral"
    everybody = Attribution(Everybody(rapporteur.workshop))
    assert everybody.group(note.group_id, note.session) == "a participant"


@pytest.fixture
def four(published):
    """A group of four, which holds whatever can be held."""
    group = GroupFactory(workshop=published.workshop, singular="admiral", plural="admirals")
    ParticipantFactory.create_batch(
        4, workshop=published.workshop, group=group, consented_at=timezone.now()
    )
    statement = AnnotationFactory(theme=published, basis=Basis.GROUP_STATEMENT)
    side = PositionFactory(annotation__theme=published)
    sense = SenseFactory(
        term__workshop=published.workshop, term__annotation=statement, term__name="burden"
    )
    for held in (statement, side.annotation, side, sense):
        held.holders.add(group)
    return group


@pytest.mark.parametrize("path", ["", "themes/{theme}/", "terms/"])
def test_no_page_names_a_group_so_small_that_it_gives_somebody_away(
    rapporteur, reader, four, browser_of, path
):
    theme = Position.objects.get().annotation.theme_id
    address = f"/w/{reader.workshop.slug}/{path.format(theme=theme)}"
    assert "admirals" not in browser_of(reader).get(address).content.decode().lower()
    assert "admirals" in browser_of(rapporteur).get(address).content.decode().lower()
    ParticipantFactory(workshop=reader.workshop, group=four, consented_at=timezone.now())
    assert "admirals" in browser_of(reader).get(address).content.decode().lower()


def test_the_api_tells_of_no_group_that_the_pages_leave_out(rapporteur, reader, four, api_of):
    base = f"/api/v1/workshops/{reader.workshop.slug}"
    side = Position.objects.get().annotation_id
    for path in ("annotations", "terms", f"annotations/{side}/positions"):
        for person, told in ((reader, False), (rapporteur, True)):
            answer = api_of(person).get(f"{base}/{path}/")
            assert answer.status_code == 200
            assert (str(four.pk) in answer.content.decode()) is told


def test_one_voice_is_not_given_a_group(rapporteur, published):
    small = GroupFactory(workshop=rapporteur.workshop, singular="admiral", plural="admirals")
    AnnotationFactory(
        theme=published, kind=Kind.EXAMPLE, basis=Basis.RAPPORTEUR, quantifier="one"
    ).holders.add(small)
    [card] = cards_on(rapporteur, published)
    assert card.who == "One participant"


def test_a_comment_says_what_it_is_about(reader, shown):
    comment = comment_on_annotation(actor=reader, annotation=shown, text="Not quite")
    [found] = comment_about(comments=[comment])
    text, url = found[comment.pk]
    assert text == "Seen by all"
    assert url.endswith(f"#annotation-{shown.pk}")


def test_the_outline_says_how_many_of_which_kind(reader, rapporteur, published):
    AnnotationFactory.create_batch(2, theme=published)
    AnnotationFactory.create_batch(2, theme=published, kind=Kind.GROUP_DIFFERENCE)
    AnnotationFactory(theme=published, kind=Kind.SINGLE_VOICE)
    [facts] = kinds(actor=reader, themes=[published])
    assert [(fact.text, fact.kind) for fact in facts[published.pk]] == [
        ("2 consensus", "consensus"),
        ("2 group differences", "group-difference"),
        ("1 single voice", "single-voice"),
    ]


def test_findings_go_from_agreement_to_divergence(rapporteur, published):
    made = [
        AnnotationFactory(theme=published, kind=kind, strength=strength)
        for kind, strength in [
            (Kind.DIVERGENCE, ""),
            (Kind.GROUP_DIFFERENCE, ""),
            (Kind.EXAMPLE, ""),
            (Kind.CONSENSUS, "partial"),
            (Kind.CONSENSUS, "general"),
            (Kind.CONSENSUS, "consensus"),
        ]
    ]
    found = [finding.annotation for finding in findings_visible_to(rapporteur)]
    assert found == made[::-1]


def test_the_next_steps_say_what_is_missing(rapporteur, published, note):
    one = PositionFactory(annotation__theme=published).annotation
    [second, loose] = steps(actor=rapporteur)
    assert (second.text, second.done) == ("1 divergence needs a second position", False)
    assert second.url.endswith(f"#annotation-{one.pk}")
    assert loose.text == "1 annotation rests on no note"
    PositionFactory(annotation=one)
    EvidenceFactory(annotation=one, note=note)
    assert [(step.text, step.done) for step in steps(actor=rapporteur)] == [
        ("Every divergence has two positions", True)
    ]


def test_the_panels_are_where_the_pages_look_for_them(rapporteur, published):
    found = contributed("themes:detail", actor=rapporteur, theme=published)
    templates = [panel.template for panel in found]
    assert templates[:2] == ["annotations/theme_panel.html", "annotations/terms_panel.html"]
    assert next(annotations_panel(actor=rapporteur, theme=published)).context["cards"] == []
