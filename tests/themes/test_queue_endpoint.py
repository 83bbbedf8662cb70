"""What devices send of what they kept: each once, in order, and the words in any case."""

import json
import uuid
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.notes.models import Mark, Note
from apps.notes.models.speakers import SpeakerLink
from apps.notes.services import correct_note
from apps.themes.models import Theme
from apps.themes.services import taking
from apps.themes.services.taking import kinds
from apps.themes.views.capturing.queue import AT_ONCE, LARGEST
from apps.workshops.devices import Kind
from apps.workshops.models import AttributionRule, Phase, Role
from tests.factories import (
    GroupFactory,
    NoteFactory,
    ParticipantFactory,
    SessionFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def facilitator(db):
    # Speakers are kept until the day of deletion.
    return ParticipantFactory(
        role=Role.FACILITATOR,
        workshop__attribution_rule=AttributionRule.ON_RECORD,
        workshop__purge_on=timezone.localdate() + timedelta(days=30),
    )


@pytest.fixture
def session(facilitator):
    return SessionFactory(workshop=facilitator.workshop)


@pytest.fixture
def post(facilitator, browser_of):
    """Return a function that sends entries, for the facilitator if nobody else is named."""
    browser = browser_of(facilitator)

    def send(*entries, actor=facilitator.pk, by=browser, workshop=facilitator.workshop):
        body = json.dumps({"actor": actor, "entries": entries}, default=str)
        url = reverse("themes:queue", args=[workshop.slug])
        return by.post(url, body, content_type="application/json")

    return send


@pytest.fixture
def send(post):
    """Return a function that sends entries, and gives what became of them."""

    def sent(*entries, **more):
        answer = post(*entries, **more)
        assert answer.status_code == 200, answer.content
        return answer.json()["results"]

    return sent


def written(session, text="Said", **fields):
    note = str(uuid.uuid4())
    return {
        "id": note, "kind": "note", "note": note, "session": str(session.pk),
        "fields": {"text": text, **fields}, "written_at": "2026-05-13T10:00:00Z",
    }  # fmt: skip


def corrected(note, **fields):
    return {"id": str(uuid.uuid4()), "kind": "correction", "note": str(note), "fields": fields}


def tighten(session, rule):
    session.workshop.attribution_rule = rule
    session.workshop.save()


def test_notes_are_recorded_in_the_order_sent_with_all_that_belongs_to_them(
    send, session, facilitator
):
    group = GroupFactory(workshop=session.workshop)
    themes = [ThemeFactory(workshop=session.workshop) for _ in range(2)]
    speaker = ParticipantFactory(workshop=session.workshop, group=group)
    first = written(session, "who decides?", mark="question", speaker=speaker.pk,
                    themes=[each.pk for each in themes])  # fmt: skip
    second = written(session, "the harbour master", reply_to=first["note"])
    results = send(first, second)
    assert [each["state"] for each in results] == ["saved", "saved"]
    assert [each["id"] for each in results] == [first["id"], second["id"]]
    question, answer = Note.objects.all()
    assert [each["sequence"] for each in results] == [question.sequence, answer.sequence]
    assert [each["change"] for each in results] == [question.change, answer.change]
    assert (question.text, question.mark, question.group) == ("who decides?", "question", group)
    assert set(question.themes.all()) == set(themes)
    assert (answer.reply_to, answer.recorded_by) == (question, facilitator)
    assert SpeakerLink.objects.get().participant_id == speaker.pk


def test_what_was_taken_is_answered_again_and_changes_nothing(send, session):
    theme = ThemeFactory(workshop=session.workshop)
    batch = [written(session, f"note {n}", themes=[theme.pk]) for n in range(3)]
    before = send(*batch)
    assert send(*batch) == before
    assert send(batch[1]) == [before[1]]
    assert [note.text for note in Note.objects.all()] == ["note 0", "note 1", "note 2"]


def test_a_note_corrected_or_redacted_meanwhile_was_saved_all_the_same(send, session, facilitator):
    entry, other = written(session, "as typed"), written(session, "to be taken off")
    send(entry, other)
    correct_note(actor=facilitator, note=Note.objects.get(pk=entry["note"]), text="as meant")
    Note.objects.filter(pk=other["note"]).update(text="", redacted_at=timezone.now())
    assert [each["state"] for each in send(entry, other)] == ["saved", "saved"]
    assert [note.text for note in Note.objects.all()] == ["as meant", ""]


def test_other_words_under_the_same_id_are_a_conflict_and_not_dropped(send, session):
    entry = written(session, "first")
    send(entry)
    [result] = send({**entry, "fields": {"text": "second"}})
    assert (result["state"], result["current"]) == ("conflict", "first")


@pytest.mark.parametrize("text", ["", " \n ", "\u200b", "x" * 10_001, None, 7, ["a"]])
def test_one_that_cannot_be_a_note_is_refused_and_those_behind_it_are_saved(send, session, text):
    results = send(written(session, text), written(session, "behind it"))
    assert [each["state"] for each in results] == ["refused", "saved"]
    assert results[0]["why"]
    assert Note.objects.get().text == "behind it"


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"])
def test_characters_that_no_database_holds_cost_no_note(send, session, text):
    assert send(written(session, text))[0]["state"] == "saved"
    assert Note.objects.get().text == "ab"


def test_what_is_no_entry_is_refused_by_itself(send, session):
    entry = written(session)
    broken = [None, 7, "x", {}, {**entry, "id": "no id"}, {**written(session), "fields": []},
              {**written(session), "kind": "decree"}]  # fmt: skip
    results = send(*broken, entry)
    by_id = {each["id"]: each["state"] for each in results}
    assert len(results) == len(broken) + 1
    assert by_id[entry["id"]] == "saved"
    assert [each["state"] for each in results].count("refused") == len(broken)


def test_an_error_that_nobody_foresaw_stops_one_entry_alone(send, session, monkeypatch):
    def fails(*, actor, entry):
        if entry.text() == "cursed":
            raise ZeroDivisionError
        return taking.notes.take_note(actor=actor, entry=entry)

    monkeypatch.setitem(kinds.KINDS, "note", Kind("note", "notes.record", fails))
    results = send(written(session, "cursed"), written(session, "fine"))
    assert [each["state"] for each in results] == ["refused", "saved"]


def test_a_database_that_is_away_is_no_refusal(post, session, monkeypatch):
    def away(*, actor, entry):
        raise OperationalError

    monkeypatch.setitem(kinds.KINDS, "note", Kind("note", "notes.record", away))
    with pytest.raises(OperationalError):
        post(written(session))


@pytest.mark.parametrize("rule", [AttributionRule.CHATHAM_HOUSE, AttributionRule.ANONYMOUS])
def test_after_the_rule_was_tightened_the_words_are_kept_and_the_rest_is_told(send, session, rule):
    group = GroupFactory(workshop=session.workshop)
    speaker = ParticipantFactory(workshop=session.workshop, group=group)
    entries = [
        written(session, "by name", speaker=speaker.pk),
        written(session, "b", group=group.pk),
    ]
    tighten(session, rule)
    named, labelled = send(*entries)
    assert named["state"] == labelled["state"] == "saved"
    assert "who said it" in named["why"]
    kept = None if rule == AttributionRule.ANONYMOUS else group
    assert [note.group for note in Note.objects.all()] == [kept, kept]
    assert bool(labelled["why"]) == (kept is None)
    assert not SpeakerLink.objects.exists()
    # Told again when the first answer was lost.
    assert send(*entries) == [named, labelled]


def test_what_was_removed_meanwhile_costs_no_note(send, session):
    gone = str(uuid.uuid4())
    [result] = send(
        written(session, "Said", themes=[gone], group=gone, speaker=gone, reply_to=gone)
    )
    assert result["state"] == "saved"
    for missing in ("who said it", "the group", "a theme", "the note that it answers"):
        assert missing in result["why"]


def test_a_theme_named_for_the_first_time_is_made_once(send, session):
    there = ThemeFactory(workshop=session.workshop, title="Influence")
    send(
        written(session, "one", new_themes=["Harbours"]),
        written(session, "two", new_themes=["harbours", "influence"]),
    )
    one, two = Note.objects.all()
    made = Theme.objects.exclude(pk=there.pk).get()
    assert made.title == "Harbours"
    assert list(one.themes.all()) == [made]
    assert set(two.themes.all()) == {made, there}


def test_of_another_workshop_nothing_is_reached(send, session):
    elsewhere = SessionFactory()
    theirs = NoteFactory(session=elsewhere, text="secret")
    foreign = {
        "themes": [ThemeFactory(workshop=elsewhere.workshop).pk],
        "group": GroupFactory(workshop=elsewhere.workshop).pk,
        "speaker": ParticipantFactory(workshop=elsewhere.workshop).pk,
        "reply_to": theirs.pk,
    }
    sent = send(
        written(session, "mine", **foreign),
        written(elsewhere, "into theirs"),
        {**written(session, "over theirs"), "note": str(theirs.pk)},
        corrected(theirs.pk, text="mine", **{"from": "secret"}),
    )
    # The last is about the same note as the one before.
    assert [each["state"] for each in sent] == ["saved", "refused", "refused", "held"]
    assert send(corrected(theirs.pk, text="mine", **{"from": "secret"}))[0]["state"] == "refused"
    assert "secret" not in json.dumps(sent)
    [mine] = Note.objects.filter(workshop=session.workshop)
    assert (mine.group, mine.reply_to, mine.themes.count()) == (None, None, 0)
    theirs.refresh_from_db()
    assert theirs.text == "secret"


def test_elsewhere_and_nowhere_are_the_same_in_each_field_that_names_something(send, session):
    elsewhere = SessionFactory()
    note = NoteFactory(session=session, text="said")
    theirs = {
        "group": GroupFactory(workshop=elsewhere.workshop).pk,
        "speaker": ParticipantFactory(workshop=elsewhere.workshop).pk,
        "reply_to": NoteFactory(session=elsewhere).pk,
        "themes": [ThemeFactory(workshop=elsewhere.workshop).pk],
        "not_themes": [ThemeFactory(workshop=elsewhere.workshop).pk],
    }
    for name, there in theirs.items():
        nowhere = [uuid.uuid4()] if isinstance(there, list) else uuid.uuid4()
        one, other, *corrections = send(
            *(written(session, "said", **{name: value}) for value in (there, nowhere)),
            *(corrected(note.pk, **{name: value}) for value in (there, nowhere)),
        )
        assert (one["state"], one["why"]) == (other["state"], other["why"]), name
        assert len({(each["state"], each["why"]) for each in corrections}) == 1, name
    notes = Note.objects.filter(workshop=session.workshop)
    assert not notes.filter(group__isnull=False).exists()
    assert not notes.filter(themes__isnull=False).exists()
    assert not notes.filter(reply_to__isnull=False).exists()


def test_a_session_that_is_gone_is_said_and_the_note_can_be_sent_to_another(send, session):
    gone = SessionFactory(workshop=session.workshop)
    entry = written(gone)
    gone.delete()
    [result] = send(entry)
    assert (result["state"], "session" in result["why"]) == ("refused", True)
    assert send({**entry, "session": str(session.pk)})[0]["state"] == "saved"


def test_a_wrong_clock_costs_no_note(send, session):
    for clock in ("9999-12-31T23:59:59+14:00", "0001-01-01T00:00:00Z", "noon", "", None, 7,
                  "2026-13-45T99:99:99Z", "2026-05-13T10:00:00"):  # fmt: skip
        assert send({**written(session, f"at {clock}"), "written_at": clock})[0]["state"] == "saved"
    lag = timezone.now() - timedelta(hours=1)
    send({**written(session, "an hour ago"), "written_at": lag.isoformat()})
    assert Note.objects.get(text="an hour ago").written_at == lag
    assert all(note.written_at <= timezone.now() for note in Note.objects.all())


def test_a_correction_is_made_of_what_its_writer_saw(send, session):
    note = NoteFactory(session=session, text="ten ships")
    [result] = send(corrected(note.pk, text="two ships", **{"from": "ten ships"}))
    note.refresh_from_db()
    assert (result["state"], result["change"]) == ("saved", note.change)
    assert (note.text, note.revisions.get().text) == ("two ships", "ten ships")
    # Somebody else did the same meanwhile.
    assert (
        send(corrected(note.pk, text="two ships", **{"from": "ten ships"}))[0]["state"] == "saved"
    )
    [late] = send(corrected(note.pk, text="six ships", **{"from": "ten ships"}))
    assert (late["state"], late["current"]) == ("conflict", "two ships")
    note.refresh_from_db()
    assert note.text == "two ships"


def test_a_correction_sent_again_does_not_undo_what_came_after(send, session, facilitator):
    note = NoteFactory(session=session, text="ten ships")
    entry = corrected(note.pk, text="two ships", mark="quote", **{"from": "ten ships"})
    send(entry)
    correct_note(actor=facilitator, note=note, text="ten ships", mark=Mark.REMARK)
    assert send(entry)[0]["state"] == "saved"
    note.refresh_from_db()
    assert (note.text, note.mark) == ("ten ships", Mark.REMARK)


def test_a_correction_files_and_marks_a_note(send, session):
    before, after = (ThemeFactory(workshop=session.workshop) for _ in range(2))
    group = GroupFactory(workshop=session.workshop)
    note = NoteFactory(session=session)
    send(corrected(note.pk, themes=[before.pk]))
    send(
        corrected(note.pk, themes=[after.pk], not_themes=[before.pk], mark="quote", group=group.pk)
    )
    note.refresh_from_db()
    assert (list(note.themes.all()), note.mark, note.group) == ([after], "quote", group)
    tighten(session, AttributionRule.ANONYMOUS)
    [result] = send(corrected(note.pk, group=GroupFactory(workshop=session.workshop).pk))
    assert (result["state"], "group" in result["why"]) == ("saved", True)


def test_a_correction_says_that_its_group_is_gone(send, session):
    note = NoteFactory(session=session, group=GroupFactory(workshop=session.workshop))
    [result] = send(corrected(note.pk, mark="quote", group=uuid.uuid4()))
    note.refresh_from_db()
    assert (result["state"], note.mark, note.group) == ("saved", "quote", None)
    assert result["why"] == "Saved without the group, which isn’t there any more."


def test_what_follows_a_refused_note_about_it_waits(send, session):
    entry = written(session, "")
    results = send(entry, corrected(entry["note"], text="more", **{"from": ""}), written(session))
    assert [each["state"] for each in results] == ["refused", "held", "saved"]


def test_a_redacted_note_is_not_corrected(send, session):
    note = NoteFactory(session=session)
    Note.objects.filter(pk=note.pk).update(text="", redacted_at=timezone.now())
    [result] = send(corrected(note.pk, text="back again", **{"from": ""}))
    assert (result["state"], "off the record" in result["why"]) == ("refused", True)


def test_nobody_known_is_told_to_sign_in_and_others_that_it_is_not_theirs(
    post, session, client, browser_of
):
    cases = {401: client, 404: browser_of(ParticipantFactory(role=Role.OWNER))}
    for status, browser in cases.items():
        answer = post(written(session), by=browser)
        assert (answer.status_code, bool(answer.json()["why"])) == (status, True)
    assert not Note.objects.exists()


def test_whoever_wrote_it_sends_it_and_nobody_else_signed_in_here(post, session, facilitator):
    other = ParticipantFactory(workshop=session.workshop, role=Role.RAPPORTEUR)
    answer = post(written(session), actor=other.pk)
    assert (answer.status_code, "else" in answer.json()["why"]) == (409, True)
    assert post(written(session), actor=None).status_code == 409
    assert not Note.objects.exists()


@pytest.mark.parametrize("change", ["role", "removed", "published", "deleted"])
def test_a_permission_withdrawn_meanwhile_takes_nothing_and_says_so(
    post, session, facilitator, change
):
    workshop = facilitator.workshop
    if change == "role":
        facilitator.role = Role.PARTICIPANT
    elif change == "removed":
        facilitator.removed_at = timezone.now()
    elif change == "published":
        workshop.phase = Phase.PUBLISHED
    else:
        facilitator.user.is_active = False
        facilitator.user.save()
    facilitator.save()
    workshop.save()
    answer = post(written(session))
    assert answer.status_code == {"removed": 404, "deleted": 401}.get(change, 403)
    assert answer["Content-Type"] == "application/json"
    assert answer.json()["why"]
    assert not Note.objects.exists()


def test_too_much_at_once_is_told_apart_so_that_the_device_sends_less(post, session):
    assert post(*[written(session) for _ in range(AT_ONCE + 1)]).status_code == 413
    assert post(written(session, "x" * LARGEST)).status_code == 413
    assert post(written(session, "x" * 3 * LARGEST)).status_code == 413
    assert not Note.objects.exists()
    assert post(*[written(session, str(n)) for n in range(AT_ONCE)]).status_code == 200
    assert Note.objects.count() == AT_ONCE


@pytest.mark.parametrize("body", ["", "{", "[]", "7", '{"entries": 7}', '{"actor": "x"}', "\xff"])
def test_what_no_device_sends_is_refused(facilitator, browser_of, body):
    url = reverse("themes:queue", args=[facilitator.workshop.slug])
    answer = browser_of(facilitator).post(url, body, content_type="application/json")
    assert (answer.status_code, bool(answer.json()["why"])) == (400, True)


def test_each_further_entry_costs_the_same(post, session):
    def queries(count):
        batch = [written(session, f"{count} {n}") for n in range(count)]
        with CaptureQueriesContext(connection) as captured:
            assert post(*batch).status_code == 200
        return len(captured)

    queries(1)
    one, two, thirty = queries(1), queries(2), queries(30)
    assert thirty - one == 29 * (two - one)
    assert two - one <= 30
