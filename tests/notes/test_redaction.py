"""A redacted note: its words are gone from everywhere, and it counts for nothing."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from apps.annotations.models import Evidence
from apps.annotations.selectors import cards_on, findings_visible_to, unsupported
from apps.annotations.services import attach_evidence
from apps.core.exceptions import NotPermitted, RuleViolation
from apps.core.models import AuditEntry
from apps.memos.assembling import assemble, gather
from apps.memos.selectors import memo_of
from apps.memos.services import make_memo
from apps.notes import speakers
from apps.notes.models import Note, NoteCounter, NoteRevision
from apps.notes.selectors import notes_visible_to, record_visible_to, shown_notes
from apps.notes.services import correct_note, record_note, redact_note
from apps.participants.services.purging import purge_now
from apps.themes.selectors import Outline, unfiled_notes
from apps.themes.services import file_notes
from apps.workshops.models import AttributionRule, Phase, Role
from apps.workshops.selectors import sessions_of, why_session_stays
from tests.factories import (
    AnnotationFactory,
    EvidenceFactory,
    GroupFactory,
    NoteFactory,
    ParticipantFactory,
    SessionFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db
CANARY, EARLIER, REASON = "zanzibar-canary", "earlier-canary", "It named a person"


@pytest.fixture
def note(rapporteur):
    """A note that is corrected, filed, has a group, and is what a finding rests on."""
    workshop = rapporteur.workshop
    session = SessionFactory(workshop=workshop)
    group = GroupFactory(workshop=workshop)
    note = record_note(actor=rapporteur, session=session, text=EARLIER, group=group)
    NoteFactory(session=session, text="Another, which stays")
    note = correct_note(actor=rapporteur, note=note, text=CANARY)
    theme = ThemeFactory(workshop=workshop, notes=[note], published=True)
    EvidenceFactory(annotation=AnnotationFactory(theme=theme), note=note)
    return note


@pytest.fixture
def theme(note):
    return note.themes.get()


def redact(actor, note, reason=REASON):
    return redact_note(actor=actor, note=note, reason=reason)


def memo_content(workshop):
    return assemble(gather(memo_of(workshop)), number=1, made_at=timezone.now())


def test_words_earlier_words_group_and_filing_are_gone_from_the_database(rapporteur, note):
    redact(rapporteur, note)
    note.refresh_from_db()
    assert (note.text, note.group, note.themes.count()) == ("", None, 0)
    assert note.redacted_at is not None
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            quoted = connection.ops.quote_name(table)
            cursor.execute(f"SELECT count(*) FROM {quoted} t WHERE t::text LIKE '%%canary%%'")
            assert cursor.fetchone() == (0,), table


def test_who_said_it_goes_too_and_is_not_kept_again(rapporteur):
    workshop = rapporteur.workshop
    workshop.attribution_rule = AttributionRule.ON_RECORD
    workshop.purge_on = timezone.localdate() + timedelta(days=30)
    workshop.save()
    owner = ParticipantFactory(workshop=workshop, role=Role.OWNER)
    note = NoteFactory(session=SessionFactory(workshop=workshop))
    speakers.keep(actor=owner, note=note, speaker=owner)
    assert speakers.count(workshop_id=workshop.pk) == 1
    redact(rapporteur, note)
    assert speakers.count(workshop_id=workshop.pk) == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        speakers.keep(actor=owner, note=note, speaker=owner)


def test_the_history_keeps_who_and_why_and_not_what(rapporteur, note):
    redact(rapporteur, note)
    entry = AuditEntry.objects.get(verb="note.redacted")
    assert (entry.actor_id, entry.reason) == (rapporteur.pk, REASON)
    assert "canary" not in str((entry.before, entry.after))


@pytest.mark.parametrize("reason", ["", "  ", "\u200b", "x" * 501])
def test_it_takes_a_reason(rapporteur, note, reason):
    with pytest.raises(RuleViolation) as refusal:
        redact(rapporteur, note, reason)
    assert refusal.value.fields.keys() == {"reason"}
    note.refresh_from_db()
    assert note.text == CANARY


def test_redacting_twice_keeps_the_first_reason(rapporteur, note):
    redact(rapporteur, note)
    redact(rapporteur, note, "Another reason")
    assert AuditEntry.objects.filter(verb="note.redacted").count() == 1


@pytest.mark.parametrize(
    ("role", "phase", "may"),
    [
        (Role.RAPPORTEUR, Phase.REVIEW, True),
        (Role.FACILITATOR, Phase.PUBLISHED, False),
        (Role.OWNER, Phase.PUBLISHED, True),
        (Role.OWNER, Phase.ARCHIVED, True),
        (Role.PARTICIPANT, Phase.LIVE, False),
    ],
)
def test_who_may_when(note, role, phase, may):
    actor = ParticipantFactory(workshop=note.workshop, role=role)
    note.workshop.phase = phase
    note.workshop.save()
    actor.refresh_from_db()
    if may:
        assert redact(actor, note).redacted_at
    else:
        with pytest.raises(NotPermitted):
            redact(actor, note)


# -- what the database refuses -----------------------------------------------------------------


@pytest.mark.parametrize(
    "write",
    [
        lambda note: NoteRevision.objects.create(note=note, text=EARLIER),
        lambda note: ThemeFactory(workshop=note.workshop, notes=[note]),
        lambda note: EvidenceFactory(
            annotation=AnnotationFactory(theme__workshop=note.workshop), note=note
        ),
        lambda note: Note.objects.filter(pk=note.pk).update(redacted_at=None, text="Back again"),
        lambda note: Note.objects.filter(pk=note.pk).update(text="Back again"),
        lambda note: Note.objects.filter(pk=note.pk).update(
            group=GroupFactory(workshop=note.workshop)
        ),
    ],
    ids=["revision", "filing", "evidence", "undone", "words", "group"],
)
def test_nothing_comes_back_whoever_writes(rapporteur, note, write):
    redact(rapporteur, note)
    with pytest.raises(IntegrityError), transaction.atomic():
        write(note)


def test_services_say_so_in_words(rapporteur, note, theme):
    stale = Note.objects.get(pk=note.pk)
    redact(rapporteur, note)
    note.refresh_from_db()
    for refused in (
        lambda: correct_note(actor=rapporteur, note=stale, text="Late"),
        lambda: file_notes(actor=rapporteur, theme=theme, notes=[note]),
        lambda: attach_evidence(
            actor=rapporteur, annotation=AnnotationFactory(theme=theme), note=note
        ),
    ):
        with pytest.raises(RuleViolation, match="redacted"):
            refused()


def test_sending_the_note_once_more_is_answered_and_brings_nothing_back(rapporteur, note):
    redact(rapporteur, note)
    again = record_note(actor=rapporteur, session=note.session, text=CANARY, id=note.pk)
    assert (again.pk, again.text) == (note.pk, "")


def test_open_pages_hear_of_it_by_its_number(rapporteur, note):
    before = NoteCounter.objects.get(workshop=note.workshop).changes
    assert redact(rapporteur, note).change == before + 1


# -- what counts, lists and files --------------------------------------------------------------


def test_lists_and_counts_know_it_no_more(rapporteur, note, theme):
    session = note.session

    def counts():
        outline = Outline(rapporteur)
        return [
            notes_visible_to(rapporteur).count(),
            sessions_of(note.workshop).get(pk=session.pk).note_count,
            outline.branches()[0].note_count,
            len(gather(memo_of(note.workshop)).notes),
        ]

    assert counts() == [2, 2, 1, 2]
    redact(rapporteur, note)
    assert counts() == [1, 1, 0, 1]
    # It isn't waiting for a theme either.
    assert note.pk not in unfiled_notes(rapporteur).values_list("pk", flat=True)
    assert [each.pk for each in record_visible_to(rapporteur)] == [
        note.pk, *notes_visible_to(rapporteur).values_list("pk", flat=True)
    ]  # fmt: skip


def test_a_session_of_which_all_is_redacted_stays_and_says_why(rapporteur):
    note = NoteFactory(session=SessionFactory(workshop=rapporteur.workshop))
    redact(rapporteur, note)
    assert "redacted" in why_session_stays(note.session)


# -- what rests on it --------------------------------------------------------------------------


def test_findings_count_it_no_more_and_say_that_it_was(rapporteur, note, theme):
    second = EvidenceFactory(annotation=theme.annotations.get(), note__session=note.session)
    redact(rapporteur, note)
    [card] = cards_on(rapporteur, theme, opened=True)
    assert card.note_count == 1
    assert [each.note_id for each in card.redacted] == [note.pk]
    assert [c.evidence.pk for cited in card.cited for c in cited.citations] == [second.pk]
    [finding] = findings_visible_to(rapporteur)
    assert finding.note_count == 1
    assert not unsupported(rapporteur).exists()
    second.delete()
    assert unsupported(rapporteur).exists()


def test_others_read_a_lower_count_and_nothing_of_the_redaction(rapporteur, note, theme):
    redact(rapporteur, note)
    reader = ParticipantFactory(workshop=note.workshop)
    [card] = cards_on(reader, theme)
    assert (card.note_count, card.redacted) == (0, [])


def test_the_finding_says_so_on_its_page_where_it_can_be_detached(
    rapporteur, note, theme, browser_of
):
    evidence = Evidence.objects.get(note=note)
    redact(rapporteur, note)
    browser = browser_of(rapporteur)
    page = browser.get(reverse("themes:detail", args=[note.workshop.slug, theme.pk]))
    assert "on which this rested, was redacted" in page.content.decode()
    assert "Rests on no note any more" in page.content.decode()
    assert "canary" not in page.content.decode()
    browser.post(reverse("annotations:detach", args=[note.workshop.slug, evidence.pk]))
    assert not Evidence.objects.filter(note=note).exists()


def test_the_memo_neither_prints_nor_cites_it(rapporteur, note):
    assert CANARY in str(memo_content(note.workshop))
    redact(rapporteur, note)
    content = memo_content(note.workshop)
    assert "canary" not in str(content)
    theme = next(block for block in content["blocks"] if block["type"] == "theme")
    assert theme["findings"][0]["evidence"] == []
    sources = next(block for block in content["blocks"] if block["id"] == "method-sources")
    assert "rests on one note" in str(sources)


def test_the_page_names_the_versions_that_print_it_still(rapporteur, note, browser_of):
    make_memo(actor=rapporteur, workshop=note.workshop)
    browser = browser_of(rapporteur)
    url = reverse("notes:redact", args=[note.workshop.slug, note.pk])
    assert "Draft 1" in browser.get(url).content.decode()
    answer = browser.post(url, {"reason": REASON}, follow=True)
    page = answer.content.decode()
    assert f"Redacted by the rapporteur</h2>\n        <p>{REASON}" in page
    assert "Draft 1" in page
    make_memo(actor=rapporteur, workshop=note.workshop)
    assert "Draft 2" not in browser.get(answer.request["PATH_INFO"]).content.decode()


def test_a_version_that_withheld_the_quotation_does_not_hold_it(rapporteur, note, browser_of):
    correct_note(actor=rapporteur, note=note, mark="quote")
    make_memo(actor=rapporteur, workshop=note.workshop)
    page = browser_of(rapporteur).get(
        reverse("notes:redact", args=[note.workshop.slug, note.pk])
    )  # fmt: skip
    assert "Draft 1" not in page.content.decode()


# -- pages and API -----------------------------------------------------------------------------


def test_the_stream_keeps_its_place_and_why(rapporteur, note, browser_of):
    redact(rapporteur, note)
    browser = browser_of(rapporteur)
    url = reverse("themes:capture", args=[note.workshop.slug])
    page = browser.get(f"{url}?session={note.session_id}").content.decode()
    assert f"Redacted by the rapporteur: {REASON}" in page
    assert "canary" not in page
    [shown] = shown_notes(rapporteur, [Note.objects.get(pk=note.pk)])
    assert (shown.said_by, shown.earlier, shown.tags) == ("", [], [])


def test_every_page_of_the_team_is_without_its_words(rapporteur, note, theme, browser_of):
    redact(rapporteur, note)
    browser = browser_of(rapporteur)
    slug = note.workshop.slug
    for url in [
        reverse("workshops:overview", args=[slug]),
        reverse("themes:outline", args=[slug]),
        reverse("themes:detail", args=[slug, theme.pk]),
        reverse("memos:memo", args=[slug]),
        reverse("participants:history", args=[slug]),
        reverse("notes:history", args=[slug, note.pk]),
    ]:
        answer = browser.get(url)
        assert answer.status_code == 200
        assert "canary" not in answer.content.decode(), url
    for name in ("notes:redact", "notes:edit"):
        assert browser.get(reverse(name, args=[slug, note.pk])).status_code == 404


def test_a_correction_typed_meanwhile_is_refused_with_its_text_in_sight(
    rapporteur, note, browser_of
):
    redact(rapporteur, note)
    url = reverse("notes:edit", args=[note.workshop.slug, note.pk])
    answer = browser_of(rapporteur).post(url, {"text": "Typed meanwhile", "mark": "remark"})
    assert answer.status_code == 422
    assert "Typed meanwhile" in answer.content.decode()
    assert "was redacted meanwhile" in answer.content.decode()


def test_over_the_api(rapporteur, note, theme, api_of):
    api, base = api_of(rapporteur), f"/api/v1/workshops/{note.workshop.slug}"
    assert api.post(f"{base}/notes/{note.pk}/redact/", {}).status_code == 400
    answer = api.post(f"{base}/notes/{note.pk}/redact/", {"reason": REASON})
    assert (answer.status_code, answer.json()["text"]) == (200, "")
    assert answer.json()["redacted_at"]
    assert api.get(f"{base}/notes/").json()["count"] == 1
    assert api.get(f"{base}/notes/{note.pk}/").status_code == 404
    assert api.get(f"{base}/notes/{note.pk}/history/").status_code == 404
    assert api.get(f"{base}/themes/{theme.pk}/notes/").json()["count"] == 0
    assert api.get(f"{base}/themes/{theme.pk}/").json()["note_count"] == 0
    [finding] = api.get(f"{base}/annotations/").json()["results"]
    assert (finding["note_count"], finding["evidence"]) == (0, [])
    assert api.get(f"{base}/annotations/{finding['id']}/evidence/").json()["count"] == 0
    sent = {"id": str(note.pk), "session": str(note.session_id), "text": CANARY}
    assert api.post(f"{base}/notes/", sent).status_code == 200


def test_the_deletion_leaves_its_place_only_where_a_finding_rested(rapporteur, note):
    loose = NoteFactory(session=note.session)
    owner = ParticipantFactory(workshop=note.workshop, role=Role.OWNER)
    redact(rapporteur, note)
    redact(rapporteur, loose)
    report = purge_now(actor=owner, title=owner.workshop.title)
    assert list(Note.objects.values_list("pk", flat=True)) == [note.pk]
    assert {"what": "notes that no finding cites", "count": 1} in report.deleted
    assert {"what": "places of redacted notes that no finding cites", "count": 1} in report.deleted
    assert next(k for k in report.kept if k["what"] == "notes that a finding cites")["count"] == 0
