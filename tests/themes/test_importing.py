"""Taking notes from elsewhere: looked at first, then all of it or nothing; and back again."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from apps.core.contributions import contributed
from apps.core.exceptions import NotPermitted, RuleViolation
from apps.core.models import AuditEntry
from apps.notes import speakers
from apps.notes.importing import Reading, read_text
from apps.notes.importing.planning import Wishes
from apps.notes.models import ImportDraft, Note, NoteImport
from apps.notes.selectors import undoing
from apps.notes.services import correct_note, draft_notes, undo_import
from apps.participants.services import sweep
from apps.themes.models import Filing, Theme
from apps.themes.selectors.importing import known_in, plan_for
from apps.themes.services.importing import take_notes
from apps.workshops.models import AttributionRule, Phase, Role, Workshop
from tests.factories import (
    EvidenceFactory,
    GroupFactory,
    NoteFactory,
    ParticipantFactory,
    SessionFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db
MINUTES = """Topic: Influence
scribe: ben
<zoe> Anna says hello
<ben> Anna Berg: influence is a verb
<ben> … and a noun
Topic: Keys
- who keeps them?
  - nobody does
ACTION: write it down
"""
# While speakers are kept.
KEPT_ON = {"purge_on": timezone.localdate() + timedelta(days=9)}


@pytest.fixture
def facilitator():
    person = ParticipantFactory(role=Role.FACILITATOR, display_name="Imke Vos")
    SessionFactory(workshop=person.workshop, title="Opening", order=0)
    return person


@pytest.fixture
def workshop(facilitator):
    return facilitator.workshop


@pytest.fixture
def client(browser_of, facilitator):
    return browser_of(facilitator)


@pytest.fixture
def url(workshop):
    return f"/w/{workshop.slug}/capture/import/"


@pytest.fixture
def scholars(workshop):
    group = GroupFactory(workshop=workshop, singular="scholar", plural="scholars")
    ParticipantFactory(workshop=workshop, display_name="Anna Berg", group=group)
    return group


def record_on(workshop, rule, **fields):
    Workshop.objects.filter(pk=workshop.pk).update(attribution_rule=rule, **fields)
    workshop.refresh_from_db()


def notes():
    return list(Note.objects.all())


def page(answer):
    return " ".join(answer.content.decode().split())


class Import:
    """A text on its way: sent, looked at, taken with what was chosen."""

    def __init__(self, client, url, text=MINUTES, **data):
        self.client = client
        answer = client.post(url, {"text": text, **data})
        assert answer.status_code == 302, page(answer)
        self.address = answer.headers["Location"]

    def look(self):
        self.shown = self.client.get(self.address)
        assert self.shown.status_code == 200
        self.form = self.shown.context["form"]
        return self

    @property
    def texts(self):
        """Return what the notes would say."""
        return [line.text for line in self.shown.context["plan"].taken]

    def field(self, words):
        """Return the name of the field about a heading or a name."""
        return next(name for name, field in self.form.fields.items() if field.label == words)

    def send(self, chosen: dict[str, Any] | None = None, **more):
        self.look()
        data = {name: self.form[name].value() for name in self.form.fields}
        data = {name: value for name, value in data.items() if value not in (None, [])}
        data |= {self.field(words): value for words, value in (chosen or {}).items()}
        return self.client.post(self.address, {**data, **more})


def take(actor, text, *, wishes=None, digest=None, **reading):
    """Take a text as it is guessed, by the services alone."""
    document = read_text(text)
    draft = draft_notes(actor=actor, kind=document.format, document=document.as_json())
    how = Reading(joined=document.wrapped, **reading)
    session = str(actor.workshop.sessions.first().pk)
    wishes = wishes or Wishes(session=session)
    return take_notes(
        actor=actor,
        draft=draft,
        reading=how,
        wishes=wishes,
        digest=digest or plan_for(actor, draft, how).digest,
    )


def test_minutes_become_notes_with_themes_groups_and_answers(client, url, workshop, scholars):
    theme = ThemeFactory(workshop=workshop, title="influence")
    answer = Import(client, url).send({"zoe": "nobody"})
    assert answer.status_code == 302, page(answer)
    found = notes()
    assert [(n.sequence, n.text, n.mark, n.source) for n in found] == [
        (1, "Anna says hello", "remark", "import"),
        (2, "influence is a verb and a noun", "remark", "import"),
        (3, "who keeps them?", "remark", "import"),
        (4, "nobody does", "remark", "import"),
        (5, "ACTION: write it down", "takeaway", "import"),
    ]
    assert [n.group for n in found] == [None, scholars, None, None, None]
    assert found[3].reply_to == found[2]
    assert set(theme.notes.all()) == set(found[:2])
    keys = Theme.objects.get(title="Keys")
    assert set(keys.notes.all()) == set(found[2:])
    assert not ImportDraft.objects.exists()
    assert {n.imported_in for n in found} == {NoteImport.objects.get()}


def test_nothing_is_taken_before_it_is_said_so(client, url, scholars):
    shown = page(Import(client, url).look().shown)
    assert "5 notes (Plain text), 2 new themes" in shown
    assert "a scholar" in shown
    assert "names “Anna Berg”" not in shown
    assert not Note.objects.exists()
    assert not Theme.objects.exists()


def test_what_signs_leave_out_of_a_line_is_said(client, url):
    sent = Import(client, url, "@Kwame Mensah: Ports matter\n\n@Kwame Patrols matter")
    sent.address += "?read=1&signs=on"
    assert sent.look().texts == ["Ports matter", "matter"]
    assert "“@Kwame Mensah” is nobody here, and was left out." in page(sent.shown)
    assert "“@Kwame Patrols” is nobody here, and was left out." in page(sent.shown)


def test_a_name_that_nobody_knows_has_to_be_decided(client, url):
    answer = Import(client, url, "Kwame Mensah: no").send()
    assert answer.status_code == 422
    assert "“Kwame Mensah”: say what becomes of it" in page(answer)
    assert not Note.objects.exists()
    assert Import(client, url, "Kwame Mensah: no").send({"Kwame Mensah": "text"}).status_code == 302
    assert Note.objects.get().text == "Kwame Mensah: no"


def test_no_text_carries_a_name_that_the_rule_doesnt_record(facilitator, workshop, scholars):
    opening = workshop.sessions.get()
    wishes = Wishes(session=str(opening.pk), labels={"anna berg": "text"})
    take(facilitator, "Anna Berg: no", wishes=wishes)
    assert Note.objects.get().text == "no"
    assert speakers.count() == 0


@pytest.mark.parametrize(
    ("rule", "kept", "has_group"),
    [
        (AttributionRule.ON_RECORD, 1, True),
        (AttributionRule.CHATHAM_HOUSE, 0, True),
        (AttributionRule.ANONYMOUS, 0, False),
    ],
)
def test_the_rule_says_what_is_kept_of_who_spoke(facilitator, scholars, rule, kept, has_group):
    workshop = facilitator.workshop
    record_on(workshop, rule, **KEPT_ON)
    take(facilitator, "Anna Berg: no")
    note = Note.objects.get()
    assert (note.text, speakers.count(), note.group == scholars) == ("no", kept, has_group)


def test_the_stricter_rule_of_a_session_counts(facilitator, workshop, scholars):
    record_on(workshop, AttributionRule.ON_RECORD, **KEPT_ON)
    SessionFactory(workshop=workshop, title="Behind doors", order=1, attribution_rule="anonymous")
    take(facilitator, "# Notes\n\n## Behind doors\n\n- Anna Berg: no\n")
    note = Note.objects.get()
    assert (note.session.title, note.group, note.text) == ("Behind doors", None, "no")
    assert speakers.count() == 0


def test_whoever_reads_no_list_of_people_is_offered_none(browser_of, workshop, url, scholars):
    rapporteur = ParticipantFactory(workshop=workshop, role=Role.RAPPORTEUR)
    shown = Import(browser_of(rapporteur), url, "Anna Berg: no").look()
    choices = str(shown.form.fields[shown.field("Anna Berg")].choices)
    assert "a scholar" in choices
    assert "person:" not in choices
    assert known_in(rapporteur).people == known_in(rapporteur).memberships == {}


def test_names_in_the_middle_of_a_text_are_pointed_out(client, url, workshop, scholars):
    text = "- as Anna Berg said\n- as Annabel said\n"
    shown = Import(client, url, text).look().shown
    assert page(shown).count("names “Anna Berg”") == 1
    record_on(
        workshop, AttributionRule.ON_RECORD, purge_on=timezone.localdate() + timedelta(days=9)
    )
    assert "names “Anna Berg”" not in page(Import(client, url, text).look().shown)


def test_what_is_chosen_is_what_becomes_of_headings_and_lines(client, url, workshop):
    later = SessionFactory(workshop=workshop, title="Later", order=2)
    theme = ThemeFactory(workshop=workshop, title="Doors")
    text = "# Day\n\n- zero\n\n## One\n\n- a\n- b\n\n### Two\n\n- c\n\n## Who was there\n\n- Anna\n"
    sent = Import(client, url, text).look()
    lines = {line.entry.text: line.entry.key for line in sent.shown.context["plan"].lines}
    chosen = {"One": f"session:{later.pk}", "Two": f"theme:{theme.pk}", "Who was there": "out"}
    looked = sent.send(chosen, left_out=[lines["b"]], look="1")
    assert looked.status_code == 200
    assert "You left it out." in page(looked)
    assert not Note.objects.exists()
    assert sent.send(chosen, left_out=[lines["b"]]).status_code == 302
    found = {
        n.text: (n.session.title, [t.title for t in n.themes.all()]) for n in Note.objects.all()
    }
    assert found == {"zero": ("Opening", []), "a": ("Later", []), "c": ("Later", ["Doors"])}


def test_new_themes_stand_as_their_headings_do(facilitator):
    take(facilitator, "# T\n\n## One\n\n### Two\n\n- a\n\n## One\n\n- b\n")
    one, two = Theme.objects.get(title="One"), Theme.objects.get(title="Two")
    assert two.parent == one
    assert [n.text for n in one.notes.all()] == ["b"]
    assert [n.text for n in two.notes.all()] == ["a"]


def test_columns_are_guessed_and_can_be_corrected(client, url):
    table = "Who;What;More\nA scholar;keys are kept by nobody at all;x\n"
    sent = Import(client, url, table, kind="table").look()
    assert [c.value() for c in sent.shown.context["reading"].columns()] == ["speaker", "text", ""]
    sent.address += "?read=1&heading=on&column_0=&column_1=&column_2=text"
    assert sent.send().status_code == 302
    assert Note.objects.get().text == "x"
    wrong = client.get(Import(client, url, table, kind="table").address + "?read=1&column_0=mark")
    assert "Say which column holds what was said" in page(wrong)


def test_lines_can_be_joined_or_not(client, url):
    sent = Import(client, url, "one\ntwo\n\nthree")
    assert [line.text for line in sent.look().shown.context["plan"].taken] == [
        "one",
        "two",
        "three",
    ]
    sent.address += "?read=1&joined=on"
    assert [line.text for line in sent.look().shown.context["plan"].taken] == ["one two", "three"]


def test_too_long_a_line_is_told_and_nothing_is_half_taken(client, url):
    text = f"- short\n- {'x' * 10_001}\n"
    answer = Import(client, url, text).send()
    assert answer.status_code == 422
    assert "Some lines can’t be taken" in page(answer)
    assert "longer than 10,000 characters" in page(answer)
    assert not Note.objects.exists()


def test_nothing_is_half_taken_when_something_goes_wrong_late(facilitator, monkeypatch):
    with pytest.raises(RuleViolation, match="at most 4 levels"):
        take(facilitator, "# a\n\n# b\n\n## c\n\n### d\n\n#### e\n\n##### f\n\n- x\n")
    assert not Note.objects.exists()
    assert not Theme.objects.exists()
    assert ImportDraft.objects.count() == 1


def test_what_was_looked_at_is_what_is_taken(facilitator, workshop, scholars):
    document = read_text("Anna Berg: no")
    draft = draft_notes(actor=facilitator, kind=document.format, document=document.as_json())
    seen = plan_for(facilitator, draft, Reading())
    record_on(workshop, AttributionRule.ANONYMOUS)
    with pytest.raises(RuleViolation, match="look again"):
        take_notes(
            actor=facilitator, draft=draft, reading=Reading(), digest=seen.digest,
            wishes=Wishes(session=str(workshop.sessions.get().pk)),
        )  # fmt: skip
    assert not Note.objects.exists()


def test_a_page_that_is_out_of_date_shows_what_is_and_can_be_sent_again(client, url, workshop):
    sent = Import(client, url, "- one\n").look()
    ThemeFactory(workshop=workshop)
    refused = client.post(sent.address, {"digest": sent.form["digest"].value(),
                                          "session": str(workshop.sessions.get().pk)})  # fmt: skip
    assert refused.status_code == 422
    assert "look again" in page(refused)
    assert sent.send().status_code == 302
    assert Note.objects.count() == 1


def test_a_draft_is_taken_once(facilitator, workshop):
    document = read_text("- one")
    draft = draft_notes(actor=facilitator, kind=document.format, document=document.as_json())
    about = {"reading": Reading(), "wishes": Wishes(session=str(workshop.sessions.get().pk))}
    digest = plan_for(facilitator, draft, Reading()).digest
    take_notes(actor=facilitator, draft=draft, digest=digest, **about)
    with pytest.raises(RuleViolation):
        take_notes(actor=facilitator, draft=draft, digest=digest, **about)
    assert Note.objects.count() == 1


def test_nobody_else_sees_a_draft(browser_of, client, url, workshop):
    sent = Import(client, url)
    owner = browser_of(ParticipantFactory(workshop=workshop, role=Role.OWNER))
    assert owner.get(sent.address).status_code == 404
    assert owner.post(f"{sent.address}drop/").status_code == 404


def test_a_draft_goes_when_it_is_thrown_away_replaced_or_a_day_old(client, url, facilitator):
    client.post(f"{Import(client, url).address}drop/")
    assert not ImportDraft.objects.exists()
    Import(client, url, "- one")
    Import(client, url, "- two")
    assert ImportDraft.objects.get().document["blocks"][0]["text"] == "two"
    ImportDraft.objects.update(created_at=timezone.now() - timedelta(days=1, minutes=1))
    assert sweep()["texts that were being looked at"] == 1
    assert not ImportDraft.objects.exists()


def test_a_file_that_cant_be_read_is_refused_in_words(client, url):
    file = SimpleUploadedFile("minutes.pdf", b"%PDF-1.7")
    answer = client.post(url, {"file": file})
    assert answer.status_code == 422
    assert "This is a PDF. Copy its text and paste it here." in page(answer)
    assert "Paste notes, or choose a file." in page(client.post(url, {}))
    assert client.post(url, {"file": SimpleUploadedFile("x", b"x" * (21 << 20))}).status_code == 413


def test_a_file_is_read_and_its_name_isnt_kept(client, url):
    file = SimpleUploadedFile("minutes of Canary Name.md", "# T\n\n- zwölf\n".encode("cp1252"))
    client.post(url, {"file": file})
    draft = ImportDraft.objects.get()
    assert "Canary" not in str(draft.document)
    assert "Windows-1252" in page(client.get(f"{url}{draft.pk}/"))


def test_only_the_team_imports_and_only_while_notes_are_taken(facilitator, workshop):
    participant = ParticipantFactory(workshop=workshop)
    with pytest.raises(NotPermitted):
        draft_notes(actor=participant, kind="text", document={})
    draft = draft_notes(actor=facilitator, kind="text", document=read_text("- x").as_json())
    digest = plan_for(facilitator, draft, Reading()).digest
    Workshop.objects.update(phase=Phase.PUBLISHED)
    with pytest.raises(NotPermitted):
        take_notes(
            actor=facilitator, draft=draft, reading=Reading(), wishes=Wishes(), digest=digest
        )


def test_an_import_is_told_in_the_history_without_its_words(facilitator):
    taken = take(facilitator, "- one\n- two\n")
    entry = AuditEntry.objects.get(verb="notes.imported")
    assert entry.after == {"notes": 2, "format": "text"}
    undo_import(actor=facilitator, imported=taken.imported, digest=undoing(taken.imported).digest)
    assert AuditEntry.objects.get(verb="notes.import_undone").after == {"removed": 2, "left": 0}


def test_an_import_is_undone_as_a_whole(client, url, workshop):
    before = NoteFactory(session=workshop.sessions.get())
    Import(client, url, "# T\n\n## A theme\n\n- one\n  - two\n").send()
    imported = NoteImport.objects.get()
    address = f"/w/{workshop.slug}/capture/imports/{imported.pk}/undo/"
    shown = client.get(address)
    assert "2 notes go for good" in page(shown)
    answer = client.post(address, {"digest": shown.context["undoing"].digest})
    assert answer.status_code == 302
    assert list(Note.objects.all()) == [before]
    assert not NoteImport.objects.exists()
    assert not Filing.objects.exists()


def test_what_somebody_built_on_stays_and_is_named(facilitator, workshop):
    taken = take(facilitator, "\n".join(f"- {word}" for word in "abcdef"))
    a, b, c, d, _, _ = Note.objects.all()
    correct_note(actor=facilitator, note=a, text="A")
    EvidenceFactory(note=b, annotation__theme=ThemeFactory(workshop=workshop))
    NoteFactory(session=workshop.sessions.get(), reply_to=c)
    Note.objects.filter(pk=d.pk).update(text="", redacted_at=timezone.now())
    found = undoing(taken.imported)
    assert {note.pk: why for note, why in found.stays} == {
        a.pk: "corrected since",
        b.pk: "cited by a finding",
        c.pk: "answered by another note",
        d.pk: "redacted since",
    }
    assert undo_import(actor=facilitator, imported=taken.imported, digest=found.digest) == (2, 4)
    assert NoteImport.objects.get().notes.count() == 4


def test_an_undoing_that_is_out_of_date_does_nothing(facilitator):
    taken = take(facilitator, "- a\n- b\n")
    seen = undoing(taken.imported).digest
    correct_note(actor=facilitator, note=Note.objects.first(), text="A")
    with pytest.raises(RuleViolation, match="look again"):
        undo_import(actor=facilitator, imported=taken.imported, digest=seen)
    assert Note.objects.count() == 2


def test_what_is_held_on_somebody_who_imports_is_told_and_goes(facilitator, workshop):
    take(facilitator, "- a\n")
    draft_notes(actor=facilitator, kind="text", document=read_text("- Canary").as_json())
    told = {held.key: held.items for held in contributed("people:held", participant=facilitator)}
    assert [item.text for item in told["notes_looked_at"]] == ["Plain text"]
    for removal in contributed("people:forget", participant=facilitator):
        removal.remove()
        assert removal.remaining() == 0, removal.what
    assert not ImportDraft.objects.exists()
    assert NoteImport.objects.get().made_by is None


def test_numbers_of_notes_and_of_changes_go_on(facilitator, workshop):
    take(facilitator, "- a\n- b\n")
    take(facilitator, "- c\n")
    assert [(n.sequence, n.change) for n in Note.objects.all()] == [(1, 1), (2, 1), (3, 2)]
