"""The pages on which findings are recorded, edited and commented on."""

import re

import pytest

from apps.annotations.models import Annotation, Evidence, Kind, Stance, Term
from apps.annotations.services import revise_annotation
from apps.themes.models import Comment
from tests.factories import (
    AnnotationFactory,
    EvidenceFactory,
    GroupFactory,
    NoteFactory,
    PositionFactory,
    SenseFactory,
    SessionFactory,
    TermFactory,
)

HTMX = {"HX-Request": "true"}
DIVERGENCE = {
    "kind": "divergence",
    "claim": "Whether influence is a means",
    "modality": "is",
    "rows": "2",
    "positions-0-label": "A means",
    "positions-0-text": "It is what one does",
    "positions-0-quantifier": "some",
    "positions-1-label": "An end",
    "positions-1-text": "It is what one has",
    "positions-1-quantifier": "some",
    "positions-1-minority": "on",
}


@pytest.fixture
def browser(rapporteur, browser_of):
    return browser_of(rapporteur)


@pytest.fixture
def base(rapporteur):
    return f"/w/{rapporteur.workshop.slug}"


@pytest.fixture
def new(base, theme):
    return f"{base}/annotations/new/{theme.pk}/"


def editing(annotation, **changes):
    """What the form of a finding that is there sends."""
    sent = {
        "version": annotation.version,
        "kind": annotation.kind,
        "claim": annotation.claim,
        "modality": annotation.modality,
        "basis": annotation.basis,
        "rows": "2",
    }
    for place, side in enumerate(annotation.positions.all()):
        sent |= {f"positions-{place}-id": side.pk, f"positions-{place}-text": side.text}
    return {**sent, **changes}


def test_one_save_writes_a_divergence_with_its_positions(browser, new, base, theme, rapporteur):
    scholars = GroupFactory(workshop=rapporteur.workshop)
    answer = browser.post(new, {**DIVERGENCE, "positions-0-holders": [scholars.pk]})
    annotation = Annotation.objects.get()
    assert answer.headers["Location"] == f"{base}/themes/{theme.pk}/#annotation-{annotation.pk}"
    means, end = annotation.positions.all()
    assert (means.label, list(means.holders.all()), means.minority) == (
        "A means",
        [scholars],
        False,
    )
    assert (end.label, end.minority) == ("An end", True)
    page = browser.get(answer.headers["Location"]).content.decode()
    assert f"Some {scholars.plural}" in page
    assert "Some participants</strong>, a minority view" in page


def test_a_second_position_of_the_same_kind_reads_others(browser, new, base, theme):
    browser.post(new, DIVERGENCE)
    page = browser.get(f"{base}/themes/{theme.pk}/").content.decode()
    assert "<strong>Some participants</strong>" in page
    assert "<strong>Others</strong>" in page


def test_a_divergence_with_one_position_is_kept_with_a_warning(browser, new, base, theme):
    one = {k: v for k, v in DIVERGENCE.items() if not k.startswith("positions-1")}
    page = browser.post(new, one, follow=True).content.decode()
    assert Annotation.objects.get().positions.count() == 1
    assert "Needs a second position before it can enter the memo" in page


def test_a_consensus_without_a_basis_is_refused_at_the_field(browser, new):
    sent = {"kind": "consensus", "claim": "Words matter, I think", "modality": "is"}
    answer = browser.post(new, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_basis"' in page
    assert "Say how the consensus is known" in page
    assert "Words matter, I think" in page
    assert not Annotation.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"positions-1-text": " "}, "id_positions-1-text"),
        ({"positions-0-text": "x" * 1_001}, "id_positions-0-text"),
        ({"kind": "observation"}, "id_kind"),
        ({"claim": ""}, "id_claim"),
        ({"claim": "x" * 501}, "id_claim"),
    ],
)
def test_what_is_refused_is_shown_with_all_that_was_typed(browser, new, changes, field):
    answer = browser.post(new, {**DIVERGENCE, **changes})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#{field}"' in page
    assert "An end" in page
    assert not Annotation.objects.exists()


def test_another_position_is_asked_for_without_javascript(browser, new):
    answer = browser.post(new, {**DIVERGENCE, "claim": "", "more": "1"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Third position" in page
    assert "Add a fourth position" in page
    assert "It is what one has" in page
    assert "needs your attention" not in page
    assert not Annotation.objects.exists()


def test_htmx_gets_the_positions_alone(browser, new):
    answer = browser.post(new, {**DIVERGENCE, "rows": "3", "more": "1"}, headers=HTMX)
    page = answer.content.decode()
    assert "Fourth position" in page
    assert "<html" not in page


@pytest.mark.parametrize("rows", ["-1", "9999999999999999999999", "x", "٣", ""])
def test_no_number_of_rows_breaks_the_form(browser, new, rows):
    assert browser.post(new, {"rows": rows, "more": "1"}).status_code == 200


def test_a_third_position_is_kept(browser, new):
    third = {"rows": "3", "positions-2-text": "It is neither", "positions-2-quantifier": "one"}
    browser.post(new, {**DIVERGENCE, **third})
    assert Annotation.objects.get().positions.count() == 3


def test_editing_shows_and_keeps_what_is_there(browser, base, theme):
    annotation = AnnotationFactory(theme=theme, kind=Kind.DIVERGENCE, claim="Whether it is")
    means, end = PositionFactory.create_batch(2, annotation=annotation)
    edit = f"{base}/annotations/{annotation.pk}/edit/"
    page = browser.get(edit).content.decode()
    assert "Whether it is" in page
    assert means.text in page
    browser.post(edit, editing(annotation, **{"positions-0-text": "Changed"}))
    assert [side.text for side in annotation.positions.all()] == ["Changed", end.text]
    annotation.refresh_from_db()
    browser.post(edit, editing(annotation, **{"positions-1-remove": "on"}))
    assert list(annotation.positions.all()) == [means]


def test_what_changed_meanwhile_is_shown_beside_what_was_typed(browser, base, theme, rapporteur):
    annotation = AnnotationFactory(theme=theme)
    sent = editing(annotation, claim="What I typed")
    revise_annotation(actor=rapporteur, annotation=annotation, claim="What they saved")
    edit = f"{base}/annotations/{annotation.pk}/edit/"
    answer = browser.post(edit, sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "What I typed" in page
    assert "What they saved" in page
    assert 'name="version" value="2"' in page
    annotation.refresh_from_db()
    assert annotation.claim == "What they saved"
    browser.post(edit, {**sent, "version": 2})
    annotation.refresh_from_db()
    assert annotation.claim == "What I typed"


def test_a_position_removed_meanwhile_is_put_back_knowingly(browser, base, theme):
    annotation = AnnotationFactory(theme=theme, kind=Kind.DIVERGENCE)
    gone, _ = PositionFactory.create_batch(2, annotation=annotation)
    sent = editing(annotation)
    gone.delete()
    browser.post(f"{base}/annotations/{annotation.pk}/edit/", sent)
    assert gone.text in [side.text for side in annotation.positions.all()]


def test_removing_asks_first(browser, base, theme):
    annotation = AnnotationFactory(theme=theme)
    withdraw = f"{base}/annotations/{annotation.pk}/withdraw/"
    assert "Remove this annotation?" in browser.get(withdraw).content.decode()
    assert Annotation.objects.exists()
    page = browser.post(withdraw, follow=True).content.decode()
    assert "The annotation was removed." in page
    assert not Annotation.objects.exists()


def test_a_finding_moves_by_form_and_by_htmx(browser, base, theme):
    first, second = AnnotationFactory.create_batch(2, theme=theme)
    move = f"{base}/annotations/{second.pk}/move/"
    answer = browser.post(move, {"by": "-1"})
    assert answer.headers["Location"].endswith(f"#annotation-{second.pk}")
    assert list(theme.annotations.all()) == [second, first]
    part = browser.post(move, {"by": "1"}, headers=HTMX).content.decode()
    assert list(theme.annotations.all()) == [first, second]
    assert part.index(first.claim) < part.index(second.claim)
    assert "<html" not in part


@pytest.fixture
def cited(theme, rapporteur):
    annotation = AnnotationFactory(theme=theme)
    session = SessionFactory(workshop=rapporteur.workshop)
    theme.filings.create(
        workshop=theme.workshop, note=NoteFactory(session=session, text="filed here")
    )
    return annotation


def test_a_note_filed_under_the_theme_is_chosen(browser, base, cited, theme):
    page = browser.get(f"{base}/annotations/{cited.pk}/choose/").content.decode()
    note = theme.notes.get()
    assert f'<option value="{note.pk}">{note.sequence}: filed here</option>' in page
    answer = browser.post(
        f"{base}/annotations/{cited.pk}/evidence/", {"note": note.pk, "stance": "against"}
    )
    assert answer.status_code == 302
    evidence = Evidence.objects.get()
    assert (evidence.note, evidence.stance) == (note, Stance.AGAINST)


@pytest.mark.parametrize("written", ["{}", "note {}", "Note {}", " #{} "])
def test_any_note_is_named_by_its_number(browser, base, cited, note, written):
    number = written.format(note.sequence)
    sent = {"number": number, "stance": "supports"}
    part = browser.post(f"{base}/annotations/{cited.pk}/evidence/", sent, headers=HTMX)
    assert f"Note {note.sequence} attached" in part.content.decode()
    assert "<html" not in part.content.decode()
    assert Evidence.objects.get().note == note


@pytest.mark.parametrize("sent", [{}, {"number": "999"}, {"number": "the third"}, {"number": "0"}])
def test_no_such_note_is_said_in_words(browser, base, cited, sent):
    attach = f"{base}/annotations/{cited.pk}/evidence/"
    for headers in ({}, HTMX):
        answer = browser.post(attach, {"stance": "supports", **sent}, headers=headers)
        assert answer.status_code == 422
        assert 'class="error"' in answer.content.decode()
    assert not Evidence.objects.exists()


def test_a_note_of_another_workshop_has_no_number_here(browser, base, cited):
    foreign = NoteFactory(sequence=77)
    attach = f"{base}/annotations/{cited.pk}/evidence/"
    for sent in ({"number": "77"}, {"note": foreign.pk}):
        assert browser.post(attach, {"stance": "supports", **sent}).status_code == 422
    assert not Evidence.objects.exists()


def test_a_note_is_detached_by_form_and_by_htmx(browser, base, cited, note):
    for headers in ({}, HTMX):
        evidence = EvidenceFactory(annotation=cited, note=note)
        answer = browser.post(f"{base}/annotations/evidence/{evidence.pk}/detach/", headers=headers)
        assert answer.status_code == (200 if headers else 302)
        assert not Evidence.objects.exists()
    assert "Rests on no note yet" in answer.content.decode()


def test_a_participant_comments_on_a_finding(reader, published, browser_of, base):
    annotation = AnnotationFactory(theme=published, claim="Words matter")
    comment = f"{base}/annotations/{annotation.pk}/comment/"
    client = browser_of(reader)
    page = client.post(comment, {"text": "Not quite"}, follow=True).content.decode()
    assert "Not quite" in page
    assert f'#annotation-{annotation.pk}">Words matter</a>' in page
    part = client.post(comment, {"text": "Not at all"}, headers=HTMX).content.decode()
    assert "Not at all" in part
    assert "<html" not in part
    assert Comment.objects.count() == 2


def test_an_empty_comment_is_refused_in_place(reader, published, browser_of, base):
    annotation = AnnotationFactory(theme=published)
    comment = f"{base}/annotations/{annotation.pk}/comment/"
    client = browser_of(reader)
    part = client.post(comment, {"text": " "}, headers=HTMX)
    assert part.status_code == 422
    assert part.headers["HX-Retarget"] == f"#comment-on-{annotation.pk}"
    assert client.post(comment, {"text": " "}).status_code == 422
    assert not Comment.objects.exists()


def test_a_term_is_added_edited_and_removed(browser, base, theme):
    annotation = AnnotationFactory(theme=theme)
    sent = {
        "name": "influence",
        "status": "contested",
        "annotation": annotation.pk,
        "rows": "2",
        "senses-0-text": "A verb",
        "senses-1-text": "A noun",
        "senses-1-used_by": "mostly scholars",
    }
    page = browser.post(f"{base}/terms/new/", sent, follow=True).content.decode()
    assert "A verb" in page
    assert "Mostly scholars" in page
    term = Term.objects.get()
    assert "A noun" in browser.get(f"{base}/themes/{theme.pk}/").content.decode()
    edit = f"{base}/terms/{term.pk}/edit/"
    assert "A verb" in browser.get(edit).content.decode()
    answer = browser.post(
        f"{edit}?theme={theme.pk}",
        {**sent, "version": 1, "senses-1-text": "", "senses-1-used_by": ""},
    )
    assert answer.headers["Location"] == f"{base}/themes/{theme.pk}/#term-{term.pk}"
    assert [sense.text for sense in term.senses.all()] == ["A verb"]
    browser.post(f"{base}/terms/{term.pk}/remove/")
    assert not Term.objects.exists()


def test_a_term_is_refused_and_conflicts_with_all_that_was_typed(browser, base, rapporteur):
    answer = browser.post(f"{base}/terms/new/", {"name": "", "senses-0-text": "A verb"})
    assert answer.status_code == 422
    assert "A verb" in answer.content.decode()
    term = SenseFactory(term__workshop=rapporteur.workshop, text="Theirs", term__version=2).term
    sent = {"version": 1, "name": "mine", "status": "agreed", "senses-0-text": "Mine"}
    answer = browser.post(f"{base}/terms/{term.pk}/edit/", sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs" in page
    assert "Mine" in page
    more = browser.post(f"{base}/terms/{term.pk}/edit/", {**sent, "rows": "2", "more": "1"})
    assert "Third sense" in more.content.decode()


def fields_of(page):
    """What a browser would send of the one form with senses on `page`."""
    rows = re.search(r'name="rows" value="(\d+)"', page)[1]
    senses = re.findall(
        r'<textarea name="(senses-\d+-text)"[^>]*>\s*(.*?)</textarea>', page, re.DOTALL
    )
    return {"rows": rows, **{name: text.strip() for name, text in senses}}


def test_a_term_of_more_senses_than_can_be_asked_for_keeps_them_all(browser, base, rapporteur):
    term = TermFactory(workshop=rapporteur.workshop, name="power")
    words = [f"Meaning {number}" for number in range(1, 11)]
    for order, text in enumerate(words):
        SenseFactory(term=term, text=text, order=order)
    edit = f"{base}/terms/{term.pk}/edit/"
    page = browser.get(edit).content.decode()
    assert "Sense 10" in page
    assert 'name="more"' not in page
    sent = {**fields_of(page), "version": 1, "name": "might", "status": "contested"}
    assert browser.post(edit, sent).status_code == 302
    assert [sense.text for sense in term.senses.order_by("order")] == words
    # Those that were removed meanwhile are not lost to the one who wrote them either.
    term.senses.filter(order__gt=0).delete()
    page = browser.post(edit, {**sent, "version": 1}).content.decode()
    assert fields_of(page)["senses-9-text"] == "Meaning 10"


def test_a_term_begun_on_a_theme_belongs_to_its_first_finding(browser, base, theme):
    annotation = AnnotationFactory(theme=theme)
    page = browser.get(f"{base}/terms/new/?theme={theme.pk}").content.decode()
    assert f'<option value="{annotation.pk}" selected>' in page
    assert browser.get(f"{base}/terms/new/?theme=nonsense").status_code == 200


def test_the_empty_list_of_terms_says_how_to_begin(browser, base):
    page = browser.get(f"{base}/terms/").content.decode()
    assert "No terms yet" in page
    assert f'href="{base}/terms/new/"' in page


def test_hostile_text_is_shown_as_text(browser, new, base, theme):
    script = "<script>alert(1)</script>"
    browser.post(new, {**DIVERGENCE, "claim": script, "positions-0-text": script})
    page = browser.get(f"{base}/themes/{theme.pk}/").content.decode()
    assert script not in page
    assert "&lt;script&gt;" in page
