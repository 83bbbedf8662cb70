"""A workshop from a file: what is loaded, and what is refused, in words that help."""

import copy
import json
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from apps.accounts.models import User
from apps.agendas.models import Outcome, ResearchQuestion
from apps.annotations.models import Annotation, Evidence, Kind, Position, Term
from apps.memos.bundle import BundleInvalid, load_bundle
from apps.memos.bundle.loading import example
from apps.memos.models import Memo
from apps.notes.models import Note
from apps.notes.services import record_note
from apps.participants.models import Participant
from apps.themes.models import Comment, Theme
from apps.workshops.models import GuidingQuestion, Role, Session, Workshop
from tests.factories import MemoVersionFactory, NoteFactory, ThemeFactory

pytestmark = pytest.mark.django_db

REFERENCE = Path(settings.BASE_DIR).parent / "shared" / "reference" / "security-partnerships.json"


@pytest.fixture
def workshop():
    return load_bundle(example())


def test_the_example_is_a_whole_day(workshop):
    roster = workshop.participants.filter(role=Role.PARTICIPANT)
    groups = Counter(roster.values_list("groups__plural", flat=True))
    assert groups == {"scholars": 14, "practitioners": 13}
    assert workshop.number_present == 27
    counted = {
        model: model._default_manager.filter(workshop=workshop).count()
        for model in (Session, Theme, Note, Annotation, Term, ResearchQuestion, Outcome, Comment)
    }
    assert counted == {
        Session: 8, Theme: 8, Note: 124, Annotation: 19, Term: 5, ResearchQuestion: 8,
        Outcome: 5, Comment: 9,
    }  # fmt: skip
    questions = GuidingQuestion.objects.filter(workshop=workshop, parent=None)
    assert Counter(questions.values_list("origin", flat=True)) == {"framing": 2, "emergent": 3}
    assert workshop.themes.filter(parent__isnull=False).count() == 2
    assert workshop.research_questions.filter(parent=None).count() == 4


def test_the_example_is_labelled_and_its_team_has_no_password(workshop):
    assert "invented" in workshop.illustration
    team = workshop.participants.exclude(role=Role.PARTICIPANT)
    assert {person.user.email.partition("@")[2] for person in team} == {"example.org"}
    assert not any(user.has_usable_password() for user in User.objects.all())
    assert not workshop.participants.filter(role=Role.PARTICIPANT, user__isnull=False).exists()
    assert not Participant.objects.filter(consented_at=None).exists()


def test_hours_are_those_of_the_place(workshop):
    note = workshop.notes.get(sequence=1)
    assert note.recorded_at.astimezone(workshop.zone).strftime("%Y-%m-%d %H:%M %Z") == (
        "2022-05-13 09:04 EDT"
    )
    comment = workshop.comments.order_by("created_at").first()
    assert comment.created_at.astimezone(workshop.zone).strftime("%H:%M") == "09:30"


def test_every_divergence_has_its_sides_and_every_agreement_its_evidence(workshop):
    sided = workshop.annotations.filter(kind__in=[Kind.DIVERGENCE, Kind.GROUP_DIFFERENCE])
    assert {annotation.positions.count() for annotation in sided} == {2}
    agreed = workshop.annotations.filter(kind=Kind.CONSENSUS)
    assert all(annotation.evidence.exists() for annotation in agreed)
    assert Position.objects.filter(holders__plural="scholars").count() == 2


def test_the_next_note_gets_the_next_number(workshop):
    rapporteur = workshop.participants.get(role=Role.RAPPORTEUR)
    note = record_note(actor=rapporteur, session=workshop.sessions.first(), text="One more")
    assert note.sequence == 125


@pytest.mark.skipif(not REFERENCE.exists(), reason=f"the encoded memo isn’t at {REFERENCE}")
def test_the_example_says_what_the_encoded_memo_says(workshop):
    reference = json.loads(REFERENCE.read_text(encoding="utf-8"))
    titles = {theme["id"]: theme["title"] for theme in reference["themes"]}
    parents = {theme["title"]: titles.get(theme["parent"]) for theme in reference["themes"]}
    assert dict(workshop.themes.values_list("title", "parent__title")) == parents
    ours = workshop.annotations.values_list("theme__title", "kind", "modality", "strength", "basis")
    assert list(ours) == [
        (titles[a["theme"]], a["kind"], a["modality"], a["strength"] or "", a["basis"] or "")
        for a in reference["annotations"]
    ]


def test_loading_the_example_again_leaves_it_alone(workshop):
    workshop.themes.update(summary="Worked on")
    out = StringIO()
    call_command("load_example", stdout=out)
    assert "there already" in out.getvalue()
    assert workshop.themes.filter(summary="Worked on").count() == 8


def test_replacing_the_example_deletes_what_was_there_and_nothing_else(workshop):
    note = NoteFactory()
    decoy = ThemeFactory(workshop=note.workshop, notes=[note])
    MemoVersionFactory(memo=workshop.memos.get())
    accounts = User.objects.count()
    call_command("load_example", "--replace", stdout=StringIO())
    again = Workshop.objects.get(slug=workshop.slug)
    assert again.pk != workshop.pk
    assert (again.themes.count(), again.notes.count(), Memo.objects.count()) == (8, 124, 1)
    assert User.objects.count() == accounts
    decoy.refresh_from_db()
    assert decoy.notes.count() == 1


def test_a_file_is_loaded_or_refused_whole(tmp_path, workshop):
    data = example()
    data["workshop"]["slug"] = "another"
    path = tmp_path / "bundle.json"
    path.write_text(json.dumps(data))
    call_command("load_bundle", path, stdout=StringIO())
    assert Workshop.objects.get(slug="another").notes.count() == 124
    with pytest.raises(CommandError, match="already"):
        call_command("load_bundle", path)
    path.write_text("{")
    with pytest.raises(CommandError, match="can’t be read"):
        call_command("load_bundle", path)


def _set(path, value):
    def change(data):
        *steps, last = path
        for step in steps:
            data = data[step]
        data[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (_set(["format"], "other"), "format: should be “rapporteur/workshop-1”"),
        (_set(["annotations", 3, "theme"], "t99"), "annotations[3].theme: no theme “t99”"),
        (_set(["annotations", 3, "theme"], None), "annotations[3].theme: is needed"),
        (_set(["annotations", 0, "basis"], ""), "annotations[0]: Say how the consensus is known"),
        (_set(["annotations", 0, "kind"], "vote"), "annotations[0].kind: Value 'vote'"),
        (
            _set(["annotations", 5, "evidence", 0, "position"], "p10a"),
            "annotations[5].evidence[0].position: no position “p10a”",
        ),
        (_set(["notes", 1, "key"], "n001"), "notes[1].key: “n001” stands for something else"),
        (_set(["notes", 2, "at"], "25:00"), "notes[2].at: should be a time such as 14:05"),
        (_set(["notes", 0, "text"], ""), "notes[0].text: This field cannot be blank"),
        (_set(["notes", 0, "text"], "\x00"), "notes[0].text: holds a character that can’t"),
        (_set(["notes", 0, "text"], 7), "notes[0].text: should be a string"),
        (_set(["notes", 0, "themes"], ["t1", "x"]), "notes[0].themes[1]: no theme “x”"),
        (_set(["notes", 0, "color"], "red"), "notes[0].color: there is no such field"),
        (_set(["notes"], "none"), "notes: should be a list"),
        (_set(["notes", 0], "none"), "notes[0]: should be an object"),
        (_set(["surprise"], []), "surprise: there is no such field"),
        (_set(["themes", 0, "parent"], "t2"), "themes[0].parent: no theme “t2”"),
        (_set(["workshop", "time_zone"], "Here"), "workshop.time_zone: “Here” isn't a time zone"),
        (_set(["workshop", "ends_on"], "2022-05-12"), "workshop: The workshop can't end before"),
        (_set(["people", 0, "listing"], "maybe"), "people[0].listing: Value 'maybe'"),
        (_set(["people", 3, "group"], "judges"), "people[3].group: no group “judges”"),
        (
            _set(["research_questions", 0, "example"], True),
            "research_questions[0].example: an example needs",
        ),
        (
            _set(["outcomes", 0, "rests_on", "annotations"], ["p99"]),
            "outcomes[0].rests_on.annotations[0]: no annotation “p99”",
        ),
        (_set(["comments", 0, "annotation"], None), "comments[0].theme: is needed"),
    ],
)
def test_what_is_wrong_is_told_by_its_place_and_nothing_is_written(change, complaint):
    data = copy.deepcopy(example())
    change(data)
    with pytest.raises(BundleInvalid) as refusal:
        load_bundle(data)
    assert str(refusal.value).startswith(complaint)
    assert not Workshop.objects.exists()
    assert not User.objects.exists()


@pytest.mark.parametrize("data", [None, [], "text", {}])
def test_something_else_is_refused(data):
    with pytest.raises(BundleInvalid):
        load_bundle(data)


def test_evidence_is_attached_once(workshop):
    cited = Evidence.objects.filter(workshop=workshop)
    assert cited.count() == cited.values("annotation", "position", "note").distinct().count()
