"""What findings rest on, and comments on them."""

import pytest

from apps.annotations.models import AnnotationComment, Evidence, Stance
from apps.annotations.services import attach_evidence, comment_on_annotation, detach_evidence
from apps.core.exceptions import NotPermitted, RuleViolation
from apps.core.models import AuditEntry
from apps.themes.models import Comment
from tests.factories import AnnotationFactory, NoteFactory, PositionFactory


@pytest.fixture
def annotation(theme):
    return AnnotationFactory(theme=theme)


def test_a_note_is_attached_with_a_stance(rapporteur, annotation, note):
    evidence = attach_evidence(
        actor=rapporteur, annotation=annotation, note=note, stance=Stance.AGAINST
    )
    evidence.refresh_from_db()
    assert (evidence.note, evidence.stance) == (note, Stance.AGAINST)
    assert evidence.attached_by == rapporteur
    assert AuditEntry.objects.get().verb == "evidence.attached"


def test_a_note_attached_again_takes_the_new_stance(rapporteur, annotation, note):
    attach_evidence(actor=rapporteur, annotation=annotation, note=note)
    attach_evidence(actor=rapporteur, annotation=annotation, note=note, stance=Stance.ILLUSTRATES)
    assert Evidence.objects.get().stance == Stance.ILLUSTRATES
    attach_evidence(actor=rapporteur, annotation=annotation, note=note, stance=Stance.ILLUSTRATES)
    assert AuditEntry.objects.count() == 2


def test_a_note_may_stand_for_the_claim_and_for_a_position(rapporteur, theme, note):
    side = PositionFactory(annotation__theme=theme)
    for position in (None, side):
        attach_evidence(actor=rapporteur, annotation=side.annotation, note=note, position=position)
    assert Evidence.objects.count() == 2


def test_what_belongs_elsewhere_is_refused(rapporteur, annotation, note):
    with pytest.raises(RuleViolation) as refusal:
        attach_evidence(actor=rapporteur, annotation=annotation, note=NoteFactory())
    assert refusal.value.fields.keys() == {"note"}
    with pytest.raises(RuleViolation) as refusal:
        attach_evidence(
            actor=rapporteur, annotation=annotation, note=note, position=PositionFactory()
        )
    assert refusal.value.fields.keys() == {"position"}
    assert not Evidence.objects.exists()


def test_a_detached_note_stays_a_note(rapporteur, annotation, note):
    evidence = attach_evidence(actor=rapporteur, annotation=annotation, note=note)
    detach_evidence(actor=rapporteur, evidence=evidence)
    assert not Evidence.objects.exists()
    note.refresh_from_db()
    assert AuditEntry.objects.filter(verb="evidence.detached").count() == 1


def test_participants_attach_and_detach_nothing(rapporteur, reader, published, note):
    annotation = AnnotationFactory(theme=published)
    evidence = attach_evidence(actor=rapporteur, annotation=annotation, note=note)
    with pytest.raises(NotPermitted):
        attach_evidence(actor=reader, annotation=annotation, note=note)
    with pytest.raises(NotPermitted):
        detach_evidence(actor=reader, evidence=evidence)
    assert Evidence.objects.get() == evidence


def test_a_participant_comments_on_a_finding_of_a_published_theme(reader, published):
    annotation = AnnotationFactory(theme=published)
    comment = comment_on_annotation(actor=reader, annotation=annotation, text="Not quite")
    assert (comment.theme, comment.author) == (published, reader)
    assert AnnotationComment.objects.get().annotation == annotation


def test_nobody_comments_on_what_is_not_published(reader, annotation):
    with pytest.raises(NotPermitted):
        comment_on_annotation(actor=reader, annotation=annotation, text="Not quite")
    assert not Comment.objects.exists()


def test_an_empty_comment_leaves_nothing(reader, published):
    annotation = AnnotationFactory(theme=published)
    with pytest.raises(RuleViolation):
        comment_on_annotation(actor=reader, annotation=annotation, text="  ")
    assert not Comment.objects.exists()
    assert not AnnotationComment.objects.exists()


@pytest.fixture
def choosing(rapporteur, theme, note, browser_of):
    """A divergence under whose theme a note is filed, and how one goes through its notes."""
    theme.filings.create(workshop=theme.workshop, note=note)
    position = PositionFactory(annotation__theme=theme, label="A means")
    url = f"/w/{rapporteur.workshop.slug}/annotations/{position.annotation_id}/choose/"
    return position, url, browser_of(rapporteur)


def test_going_through_the_notes_says_of_each_what_it_does(choosing, note):
    position, url, browser = choosing
    answer = browser.post(url, {"pick": f"{note.pk}:against", "position": str(position.pk)})
    evidence = position.evidence.get()
    assert (evidence.note, evidence.stance) == (note, "against")
    page = browser.get(answer.url).content.decode()
    assert page.count('aria-pressed="true"') == 1
    assert f'<option value="{position.pk}" selected>' in page
    browser.post(url, {"pick": f"{note.pk}:supports", "position": str(position.pk)})
    assert position.evidence.get().stance == "supports"
    assert browser.get(url).content.decode().count('aria-pressed="true"') == 0


@pytest.mark.parametrize("pick", ["", "x", "x:supports", "{note}:perhaps", "{other}:supports"])
def test_what_is_no_note_or_says_nothing_is_refused(choosing, note, pick):
    position, url, browser = choosing
    pick = pick.format(note=note.pk, other=NoteFactory().pk)
    assert browser.post(url, {"pick": pick}).status_code == 422
    assert not position.annotation.evidence.exists()
