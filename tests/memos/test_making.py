"""Making memos: frozen versions, their files, and who may have them."""

import json

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from apps.annotations.models import Kind
from apps.core import jobs
from apps.core.exceptions import Conflict, NotPermitted, RuleViolation
from apps.core.models import AuditEntry, JobState
from apps.memos import selectors, services
from apps.memos.assembling import digest
from apps.memos.models import Memo, MemoFile, MemoVersion
from apps.memos.tasks import render
from apps.themes.models import Placement
from apps.workshops.models import Phase, Role, Workshop
from tests.factories import AnnotationFactory, MemoFileFactory, ParticipantFactory, PositionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(team, workshop):
    return services.make_memo(actor=team, workshop=workshop)


def ready(file, content=b"%PDF-1.7"):
    MemoFile.objects.filter(pk=file.pk).update(
        state=JobState.READY,
        content=content,
        size=len(content),
        pages=1,
        finished_at=timezone.now(),
    )
    file.refresh_from_db()
    return file


def test_making_freezes_a_version_and_queues_its_file(
    team, workshop, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as sent:
        file = services.make_memo(actor=team, workshop=workshop)
    assert (file.state, file.version.number) == (JobState.QUEUED, 1)
    assert file.version.made_by == team
    assert digest(file.version.content) == file.version.sha256
    assert len(sent) == 1
    entry = AuditEntry.objects.get(verb="memo.made")
    assert (entry.actor_id, entry.scope_id, entry.after) == (team.pk, workshop.pk, {"number": 1})


def test_rendering_ends_ready_once_with_a_pdf(made):
    render(str(made.pk))
    made.refresh_from_db()
    assert made.state == JobState.READY, made.reason
    assert bytes(made.content).startswith(b"%PDF-")
    assert made.size == len(made.content)
    assert made.pages > 8
    before = bytes(made.content)
    render(str(made.pk))
    made.refresh_from_db()
    assert (made.attempt, bytes(made.content)) == (1, before)


def test_the_same_content_is_not_made_again(team, workshop, made):
    ready(made)
    again = services.make_memo(actor=team, workshop=workshop)
    assert again == made
    assert again.state == JobState.READY
    assert MemoVersion.objects.count() == 1
    workshop.themes.update(summary="Now it says this.")
    other = services.make_memo(actor=team, workshop=workshop)
    assert other.version.number == 2
    assert MemoVersion.objects.get(number=1).content != other.version.content


def test_making_a_failed_memo_again_tries_again(team, workshop, made):
    job = jobs.claim(MemoFile, made.pk)
    jobs.fail(job, "Too long.")
    again = services.make_memo(actor=team, workshop=workshop)
    assert (again.pk, again.state, again.attempt, again.reason) == (made.pk, "queued", 0, "")


def test_a_failure_is_told_in_plain_words_and_can_be_tried_again(team, made):
    # A content that can't be typeset at all.
    version = MemoVersion.objects.create(
        memo=made.version.memo, number=2, sha256="0" * 64,
        content={**made.version.content, "schema": "other"},
    )  # fmt: skip
    file = MemoFileFactory(version=version)
    render(str(file.pk))
    file.refresh_from_db()
    assert file.state == JobState.FAILED
    assert "can’t be typeset" in file.reason
    assert file.content is None
    assert services.retry_file(actor=team, file=file).state == JobState.QUEUED
    with pytest.raises(RuleViolation):
        services.retry_file(actor=team, file=file)


@pytest.mark.parametrize("sides", [0, 1])
def test_a_divergence_with_fewer_than_two_sides_keeps_the_memo_from_being_made(
    team, workshop, sides
):
    theme = workshop.themes.first()
    divergence = AnnotationFactory(theme=theme, kind=Kind.DIVERGENCE, claim="Whether to stay")
    PositionFactory.create_batch(sides, annotation=divergence)
    with pytest.raises(RuleViolation, match="Whether to stay"):
        services.make_memo(actor=team, workshop=workshop)
    assert not MemoVersion.objects.exists()
    assert not MemoFile.objects.exists()
    theme.placement = Placement.OMITTED
    theme.save()
    assert services.make_memo(actor=team, workshop=workshop).state == JobState.QUEUED


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.OBSERVER])
def test_only_the_team_makes_memos(workshop, role):
    reader = ParticipantFactory(workshop=workshop, role=role)
    with pytest.raises(NotPermitted):
        services.make_memo(actor=reader, workshop=workshop)


def test_the_team_of_another_workshop_makes_no_memo_here(workshop):
    stranger = ParticipantFactory(role=Role.OWNER)
    with pytest.raises(NotPermitted):
        services.make_memo(actor=stranger, workshop=workshop)


@pytest.mark.parametrize(
    ("phase", "possible"), [(Phase.REVIEW, True), (Phase.PUBLISHED, True), (Phase.ARCHIVED, False)]
)
def test_the_final_version_is_made_once_published_and_none_in_the_archive(
    team, workshop, phase, possible
):
    team.workshop.phase = phase
    team.workshop.save()
    if possible:
        file = services.make_memo(actor=team, workshop=team.workshop)
        assert file.version.content["draft"] == (phase == Phase.REVIEW)
    else:
        with pytest.raises(NotPermitted):
            services.make_memo(actor=team, workshop=team.workshop)


@pytest.mark.parametrize(
    "column", ["content = '{}'", "number = 7", "sha256 = 'other'", "created_at = now()"]
)
def test_the_database_lets_no_version_change(made, column):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE memos_memoversion SET {column}")


def test_the_database_keeps_content_and_state_together(made):
    for wrong in (
        {"state": "ready"},
        {"content": b"x"},
        {"state": "failed"},
        {"state": "running"},
        {"state": "lost"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            MemoFile.objects.filter(pk=made.pk).update(**wrong)


def test_a_version_survives_whoever_made_it(made, team):
    made.version.refresh_from_db()
    before = json.dumps(made.version.content)
    team.delete()
    version = MemoVersion.objects.get(pk=made.version_id)
    assert version.made_by is None
    assert json.dumps(version.content) == before


@pytest.mark.parametrize(
    ("role", "phase", "numbers"),
    [
        (Role.OWNER, Phase.SYNTHESIS, [2, 1]),
        (Role.FACILITATOR, Phase.PUBLISHED, [2, 1]),
        (Role.PARTICIPANT, Phase.SYNTHESIS, []),
        (Role.PARTICIPANT, Phase.REVIEW, []),
        (Role.PARTICIPANT, Phase.PUBLISHED, []),
        (Role.OBSERVER, Phase.ARCHIVED, []),
        (Role.OBSERVER, Phase.LIVE, []),
    ],
)
def test_versions_and_files_are_visible_by_role_and_phase(workshop, made, role, phase, numbers):
    ready(made)
    workshop.themes.update(summary="Now it says this.")
    ready(services.make_memo(actor=made.version.made_by, workshop=workshop))
    ready(MemoFileFactory(version__content={"version": "Draft 9"}))  # another workshop's
    workshop.phase = phase
    workshop.save()
    reader = ParticipantFactory(workshop=workshop, role=role)
    assert [v.number for v in selectors.versions_visible_to(reader)] == numbers
    assert [f.version.number for f in selectors.files_visible_to(reader)] == numbers


def test_readers_see_the_newest_version_made_since_publication(team, workshop, made):
    reader = ParticipantFactory(workshop=workshop)
    for phase, numbers in [
        (Phase.PUBLISHED, [2]),
        (Phase.REVIEW, []),
        (Phase.PUBLISHED, [4]),
    ]:
        workshop.phase = phase
        workshop.save()
        workshop.themes.update(summary=f"Now it says {made.version.number}.")
        made = services.make_memo(actor=team, workshop=Workshop.objects.get(pk=workshop.pk))
        reader.refresh_from_db()
        assert [v.number for v in selectors.versions_visible_to(reader)] == numbers


def test_readers_see_a_file_only_when_it_is_ready(team, workshop, made):
    workshop.phase = Phase.PUBLISHED
    workshop.save()
    reader = ParticipantFactory(workshop=workshop)
    ready(made)
    made = services.make_memo(actor=team, workshop=workshop)
    assert not selectors.files_visible_to(reader)
    ready(made)
    assert selectors.files_visible_to(reader).get() == made


def test_the_current_draft_bears_the_number_that_it_would_get(team, workshop, made):
    assert selectors.current_draft(workshop)["version"] == "Draft 1"
    assert selectors.current_draft(workshop) == made.version.content
    workshop.themes.update(summary="Now it says this.")
    assert selectors.current_draft(workshop)["version"] == "Draft 2"


def test_the_memo_is_outdated_after_a_change_in_the_workshop_alone(team, workshop, made):
    version = made.version
    assert not selectors.is_outdated(version, workshop)
    services.set_up_memo(actor=team, workshop=workshop, authors=["A"], with_record=True)
    AuditEntry.objects.create(verb="theme.edited", subject_type="x", subject_id=team.pk)
    assert not selectors.is_outdated(version, workshop)
    AuditEntry.objects.create(
        verb="theme.edited", subject_type="x", subject_id=team.pk, scope_id=workshop.pk
    )
    assert selectors.is_outdated(version, workshop)


def test_settings_are_cleaned_checked_and_versioned(team, workshop):
    memo = services.set_up_memo(
        actor=team,
        workshop=workshop,
        version=1,
        authors=["  Remi   Okafor ", ""],
        with_record=False,
    )
    assert (memo.authors, memo.with_record, memo.version) == (["Remi Okafor"], False, 2)
    with pytest.raises(Conflict):
        services.set_up_memo(actor=team, workshop=workshop, version=1, authors=[], with_record=True)
    for authors in (["x" * 121], ["x"] * 21):
        with pytest.raises(RuleViolation) as refusal:
            services.set_up_memo(actor=team, workshop=workshop, authors=authors, with_record=True)
        assert refusal.value.fields.keys() == {"authors"}
    assert Memo.objects.get(workshop=workshop).authors == ["Remi Okafor"]
