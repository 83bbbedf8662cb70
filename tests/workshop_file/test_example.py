"""The example workshop, which is a file like others."""

import json
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from apps.accounts.models import User
from apps.agendas.models import Outcome, ResearchQuestion
from apps.annotations.models import Annotation, Evidence, Kind, Position, Term
from apps.memos.models import Memo
from apps.memos.workshop_file.example import load_example
from apps.notes.models import Note
from apps.notes.services import record_note
from apps.participants.models import Participant
from apps.statements.measures.claims import Outcome as Audited
from apps.statements.measures.groups import Finding
from apps.statements.models import Means, Response, Statement, Tally
from apps.statements.selectors import by_state, queue_of, revealed_in
from apps.statements.selectors.auditing import audits_of
from apps.statements.services import recount
from apps.themes.models import Comment, Theme
from apps.workshops.models import GuidingQuestion, Role, Session, Workshop
from tests.factories import MemoVersionFactory, NoteFactory, ThemeFactory

pytestmark = pytest.mark.django_db

REFERENCE = Path(settings.BASE_DIR).parent / "shared" / "reference" / "security-partnerships.json"


@pytest.fixture
def workshop():
    return load_example()


def test_the_example_is_a_whole_day(workshop):
    roster = workshop.participants.filter(role=Role.PARTICIPANT)
    groups = Counter(roster.values_list("groups__plural", flat=True))
    assert groups == {"scholars": 14, "practitioners": 13}
    assert workshop.number_present == 27
    counted = {
        model: model._default_manager.filter(workshop=workshop).count()
        for model in (
            Session, Theme, Note, Annotation, Term, ResearchQuestion, Outcome, Comment, Statement,
        )
    }  # fmt: skip
    assert counted == {
        Session: 8, Theme: 8, Note: 124, Annotation: 19, Term: 5, ResearchQuestion: 8,
        Outcome: 5, Comment: 9, Statement: 18,
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


def test_the_room_of_the_example_was_asked_and_25_answered(workshop):
    answers = Response.objects.filter(workshop=workshop)
    assert answers.values("participant").distinct().count() == 25
    assert Counter(workshop.statements.values_list("scale", flat=True)) == {"three": 17, "five": 1}
    for answer in answers.select_related("participant"):
        assert answer.group == answer.participant.groups.get()
    assert not any(recount(asked=asked).differing for asked in workshop.rounds.all())
    queue = by_state(queue_of(workshop.participants.get(role=Role.FACILITATOR)))
    assert {state: len(found) for state, found in queue.items() if found} == {
        "revealed": 16, "open": 1, "draft": 1,
    }  # fmt: skip
    assert queue["open"][0].progress == "14 of 27 answered"


def test_every_kind_of_result_is_there_to_see(workshop):
    rounds = revealed_in(workshop)
    found = [each[-1] for each in rounds.values()]
    assert {each.verdict for each in found} == {
        "consensus_for", "divided", "leans_for", "undecided",
    }  # fmt: skip
    assert any(each.is_shared for each in found)
    assert any(each.is_shared is False for each in found)
    assert {each.differs for each in found} == set(Finding)
    assert [each.text for each in found if each.by_hands] == [
        workshop.rounds.get(means=Means.HANDS).wording.text
    ]
    moved = [each for each in rounds.values() if len(each) > 1]
    assert {(each[0].verdict, each[-1].verdict) for each in moved} == {
        ("divided", "leans_for"), ("leans_for", "consensus_for"),
    }  # fmt: skip
    assert all("still moving" in each[-1].moved_says for each in moved)


def test_an_agreement_is_contradicted_by_the_answers_and_it_is_said_who_differs(workshop):
    annotations = list(workshop.annotations.all())
    audits = audits_of(workshop, annotations)
    outcomes = Counter(each.audit.outcome for each in audits.values() if each.audit)
    assert set(outcomes) == {Audited.SUPPORTED, Audited.PARTLY, Audited.CONTRADICTED}
    [contradicted] = [
        annotation
        for annotation in annotations
        if annotation.pk in audits
        and audits[annotation.pk].audit
        and audits[annotation.pk].audit.outcome == Audited.CONTRADICTED
    ]
    assert contradicted.kind == Kind.CONSENSUS
    assert contradicted.claim.startswith("The United States enters security partnerships")
    assert audits[contradicted.pk].audit.sentence == (
        "Written up as consensus, but 9 of 25 disagreed, 8 of them practitioners."
    )
    [(_, answered)] = audits[contradicted.pk].statements
    assert answered.differs == Finding.OPPOSED


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
    assert again.statements.count() == Statement.objects.count() == 18
    assert not Tally.objects.exclude(round__workshop=again).exists()
    assert User.objects.count() == accounts
    decoy.refresh_from_db()
    assert decoy.notes.count() == 1


def test_evidence_is_attached_once(workshop):
    cited = Evidence.objects.filter(workshop=workshop)
    assert cited.count() == cited.values("annotation", "position", "note").distinct().count()
