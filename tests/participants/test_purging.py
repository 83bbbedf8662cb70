"""The day of deletion: what goes, the proof of it, and that it happens once."""

from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from apps.core.contributions import contributed
from apps.core.exceptions import Conflict, NotPermitted, RuleViolation
from apps.core.holdings import Removal
from apps.core.models import AuditEntry, OutgoingMail
from apps.memos.models import Remainder
from apps.notes.models import Note, NoteRevision
from apps.notes.models.speakers import SpeakerLink
from apps.participants.models import (
    GroupMembership,
    JoinCode,
    Participant,
    PersonalLink,
    PurgeReport,
    RosterDraft,
    WrongCode,
)
from apps.participants.services import purge_due, purge_now, purging, sweep
from apps.statements.measures.counts import Counts
from apps.statements.models import Answered, AnswersFile, OpinionMap, Response
from apps.themes.models import (
    Comment,
    CommentSupport,
    Filing,
    Rearrangement,
    RearrangementKind,
)
from apps.workshops.models import Phase, Role, Workshop
from apps.workshops.services import change_deletion_date, move_phase
from tests.factories import (
    AnnotationFactory,
    JoinCodeFactory,
    NoteFactory,
    ParticipantFactory,
    ProposalFactory,
    ThoughtFactory,
    WorkshopFactory,
)
from tests.factories.asking import asked_again, revealed
from tests.participants.peopled import DAY, Peopled, everything_stored

pytestmark = pytest.mark.django_db
EVE = datetime(2026, 6, 2, 23, 30, tzinfo=UTC)
CANARIES = ("Canary Name", "canary@example.org", "Canary Institute", "Uncited canary", "Earlier c")


@pytest.fixture
def peopled():
    return Peopled()


@pytest.fixture
def due(peopled):
    """The same, on the day of deletion."""
    with time_machine.travel(datetime(2026, 6, 3, 0, 5, tzinfo=UTC), tick=False):
        yield peopled


def test_on_the_day_what_is_personal_goes_and_what_the_day_came_to_stays(due):
    assert all(canary in everything_stored() for canary in CANARIES)
    assert purge_due() == 1
    assert [canary for canary in CANARIES if canary in everything_stored()] == []

    for model in (PersonalLink, JoinCode, RosterDraft, OutgoingMail, NoteRevision, SpeakerLink):
        assert not model._default_manager.exists()
    assert not GroupMembership.objects.exists()
    due.person.refresh_from_db()
    assert (due.person.user, due.person.display_name, due.person.email) == (None, "", "")
    assert due.person.removed_at
    due.owner.refresh_from_db()
    assert due.owner.user
    assert due.owner.removed_at is None

    assert list(Note.objects.values_list("pk", "group", "recorded_by")) == [
        (due.cited.pk, None, due.rapporteur.pk)
    ]
    authors = dict(Comment.objects.values_list("pk", "author"))
    assert authors == {due.comment.pk: None, due.answer.pk: due.rapporteur.pk}
    due.theme.refresh_from_db()
    due.file.refresh_from_db()
    due.workshop.refresh_from_db()
    assert (due.workshop.phase, due.workshop.purged_at) == (Phase.ARCHIVED, timezone.now())


def test_the_report_counts_what_went_looks_again_and_says_what_stays(due):
    purge_due()
    report = PurgeReport.objects.get()
    deleted = {line["what"]: line["count"] for line in report.deleted}
    assert deleted["people’s names, addresses, affiliations and accounts"] == 2
    assert deleted["notes that no finding cites"] == 1
    assert deleted["earlier texts of notes"] == 1
    assert deleted["authors of comments"] == 1
    assert {line["what"] for line in report.remaining} == set(deleted)
    assert {line["count"] for line in report.remaining} == {0}
    kept = {line["what"]: line["count"] for line in report.kept}
    assert (kept["memo versions"], kept["members of the team"], kept["other people"]) == (1, 2, 2)
    assert all(line["why"] for line in report.kept)


def answered(due):
    """Let the room have answered, and somebody have looked at it."""
    statement = revealed({None: Counts(5)}, workshop=due.workshop)
    snapshot = due.workshop.snapshots.get()
    OpinionMap.objects.create(workshop=due.workshop, snapshot=snapshot)
    AnswersFile.objects.create(workshop=due.workshop, snapshot=snapshot, kind="table")
    Response.objects.create(
        workshop=due.workshop, round=asked_again(statement), participant=due.person, value=1
    )
    Answered.objects.create(
        workshop=due.workshop, round=statement.rounds.latest("number"), participant=due.person
    )
    statement.rounds.filter(number=1).update(counted_by=due.person)
    ProposalFactory(workshop=due.workshop)


def test_every_app_that_says_what_goes_counts_it_before(due, settings, tmp_path):
    """The counts of the second look see what is there: they aren't zero by being wrong."""
    session = due.workshop.sessions.first()
    ThoughtFactory(session=session)
    NoteFactory(session=session, text="", redacted_at=timezone.now())
    browser = Client().session
    browser["joined"] = {str(due.workshop.pk): str(due.person.pk)}
    browser.save()
    settings.MAIL_FOLDER = tmp_path
    letter = EmailMessage("An invitation", f"Come to “{due.workshop.title}”")
    (tmp_path / "1.eml").write_bytes(letter.message().as_bytes())
    CommentSupport.objects.create(
        workshop=due.workshop, comment=due.comment, participant=due.person
    )
    for supported in (due.theme, AnnotationFactory(theme=due.theme)):
        supported.supports.create(workshop=due.workshop, participant=due.person)
    Remainder.objects.create(
        workshop=due.workshop, section="people", subject=due.person.pk, key="n1"
    )
    Rearrangement.objects.create(workshop=due.workshop, kind=RearrangementKind.MERGED, said="…")
    text = due.cited.text
    Filing.objects.create(
        workshop=due.workshop, theme=due.theme, note=due.cited,
        start=0, end=len(text), passage=text,
    )  # fmt: skip
    Note.objects.filter(pk=due.cited.pk).update(text="Otherwise")
    answered(due)
    seen = {
        removal.what: removal.remaining() for removal in contributed("purge", workshop=due.workshop)
    }
    unseen = {what for what, count in seen.items() if count == 0}
    assert unseen == {"participants who wrote notes down"}


def test_another_workshop_is_left_as_it_is(due):
    other = Peopled(purge_on=None)
    purge_due()
    other.person.refresh_from_db()
    other.workshop.refresh_from_db()
    assert (other.person.display_name, other.workshop.purged_at) == ("Canary Name", None)
    assert PersonalLink.objects.filter(participant=other.person).exists()
    assert JoinCode.objects.filter(workshop=other.workshop).exists()
    assert Note.objects.filter(pk=other.uncited.pk).exists()
    assert Comment.objects.get(pk=other.comment.pk).author == other.person


@pytest.mark.parametrize(
    ("zone", "has_come"),
    [("UTC", False), ("Pacific/Auckland", True), ("America/New_York", False)],
)
def test_the_day_begins_where_the_workshop_is(zone, has_come):
    workshop = WorkshopFactory(purge_on=DAY, time_zone=zone)
    with time_machine.travel(EVE, tick=False):
        assert purge_due() == int(has_come)
    workshop.refresh_from_db()
    assert bool(workshop.purged_at) is has_come


def test_it_happens_once(due):
    assert (purge_due(), purge_due()) == (1, 0)
    assert PurgeReport.objects.count() == 1
    assert AuditEntry.objects.filter(verb="workshop.purged").count() == 1


@pytest.fixture
def something_stays(monkeypatch):
    """Let an app find something left after it has removed it, as long as the list holds one."""
    stays = [True]

    def asked(place, **subject):
        found = contributed(place, **subject)
        if place == "purge" and stays:
            found.append(Removal("stubborn things", remove=lambda: 1, remaining=lambda: 1))
        return found

    monkeypatch.setattr(purging, "contributed", asked)
    return stays


def test_if_anything_is_left_nothing_is_deleted_and_it_is_tried_again(due, something_stays, caplog):
    before = everything_stored()
    assert purge_due() == 0
    assert everything_stored() == before
    assert "1 stubborn things" in caplog.text
    assert "Canary" not in caplog.text
    something_stays.clear()
    assert purge_due() == 1


def test_one_that_fails_doesnt_hold_up_the_others(due, something_stays, monkeypatch):
    other = Peopled()
    asked = purging.contributed

    def only_the_first(place, **subject):
        is_other = subject.get("workshop") == other.workshop
        return contributed(place, **subject) if is_other else asked(place, **subject)

    monkeypatch.setattr(purging, "contributed", only_the_first)
    assert purge_due() == 1
    assert list(Workshop.objects.filter(purged_at__isnull=False)) == [other.workshop]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_report(peopled):
    ready = Barrier(2)
    done: list[int] = []

    def run() -> None:
        ready.wait()
        done.append(purge_due())
        connection.close()

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [0, 1]
    assert PurgeReport.objects.count() == 1


def test_afterwards_the_database_takes_nothing_personal(due):
    purge_due()
    for attempt in (
        lambda: ParticipantFactory(workshop=due.workshop),
        lambda: JoinCodeFactory(workshop=due.workshop),
        lambda: Participant.objects.filter(pk=due.person.pk).update(display_name="Back"),
        lambda: Participant.objects.filter(pk=due.person.pk).update(user=due.owner.user),
        lambda: PersonalLink.objects.create(
            participant=due.owner, purpose="invitation", digest="1" * 64, expires_at=timezone.now()
        ),
        lambda: RosterDraft.objects.create(workshop=due.workshop, made_by=due.owner, rows=[]),
        lambda: GroupMembership.objects.create(
            workshop=due.workshop, participant=due.owner, group=due.group, axis=due.group.axis
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()


def test_afterwards_the_workshop_stays_archived(due):
    purge_due()
    owner = Participant.objects.get(pk=due.owner.pk)
    with pytest.raises(NotPermitted):
        move_phase(actor=owner, workshop=owner.workshop, phase=Phase.PUBLISHED, reason="Please")
    with pytest.raises(NotPermitted):
        change_deletion_date(actor=owner, purge_on=DAY + timedelta(days=9))
    for phase in set(Phase) - {Phase.ARCHIVED}:
        with pytest.raises(IntegrityError, match="archived_once_purged"), transaction.atomic():
            Workshop.objects.filter(pk=due.workshop.pk).update(phase=phase)


def test_participants_find_nothing_afterwards_and_the_team_the_report(due, browser_of):
    browser, overview = browser_of(due.person), f"/w/{due.workshop.slug}/"
    joined = Client()
    session = joined.session
    session["joined"] = {str(due.workshop.pk): str(due.without_account.pk)}
    session.save()
    assert browser.get(overview).status_code == joined.get(overview).status_code == 200
    purge_due()
    assert browser.get(overview).status_code == 404
    # Of whoever joined without an account not even their browser knows anything.
    assert joined.get(overview).headers["Location"].startswith("/accounts/login/")
    team = browser_of(due.rapporteur)
    assert "Read the report" in team.get(overview).content.decode()
    report = team.get(f"{overview}deletion/").content.decode()
    assert "Had anything been left" in report
    assert "Change the date" not in report


def test_the_owner_deletes_at_once_by_typing_the_title(peopled, browser_of):
    page = f"/w/{peopled.workshop.slug}/deletion/"
    owner = browser_of(peopled.owner)
    refused = owner.post(f"{page}now/", {"title": "Another"})
    assert refused.status_code == 422
    assert "Type the title" in refused.content.decode()
    assert not PurgeReport.objects.exists()
    title = f" {peopled.workshop.title.upper()}  "
    assert owner.post(f"{page}now/", {"title": title}).status_code == 302
    assert "The report is below" in owner.get(page).content.decode()
    assert AuditEntry.objects.get(verb="workshop.purged").actor_id == peopled.owner.pk


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.RAPPORTEUR, Role.PARTICIPANT])
def test_nobody_else_deletes(peopled, browser_of, role):
    other = ParticipantFactory(workshop=peopled.workshop, role=role)
    with pytest.raises(NotPermitted):
        purge_now(actor=other, title=peopled.workshop.title)
    with pytest.raises(NotPermitted):
        change_deletion_date(actor=other, purge_on=None)
    url = f"/w/{peopled.workshop.slug}/deletion/now/"
    assert browser_of(other).post(url, {"title": peopled.workshop.title}).status_code == 403
    assert not PurgeReport.objects.exists()


@time_machine.travel(datetime(2026, 5, 20, 12, tzinfo=UTC), tick=False)
def test_the_owner_is_reminded_two_weeks_before(peopled, browser_of):
    overview = f"/w/{peopled.workshop.slug}/"
    assert "In 14 days" in browser_of(peopled.owner).get(overview).content.decode()
    assert "In 14 days" not in browser_of(peopled.rapporteur).get(overview).content.decode()
    Workshop.objects.update(purge_on=DAY + timedelta(days=1))
    assert "is deleted</h2>" not in browser_of(peopled.owner).get(overview).content.decode()


@time_machine.travel(datetime(2026, 5, 20, 12, tzinfo=UTC), tick=False)
def test_moving_the_day_later_takes_a_reason_that_everybody_reads(peopled, browser_of):
    page = f"/w/{peopled.workshop.slug}/deletion/date/"
    owner = browser_of(peopled.owner)
    later = {"purge_on": "2026-07-03", "version": peopled.workshop.version}
    refused = owner.post(page, later)
    assert refused.status_code == 422
    assert "they will read it" in refused.content.decode()
    assert owner.post(page, {**later, "reason": "The memo is late"}).status_code == 302
    told = browser_of(peopled.person).get(f"/w/{peopled.workshop.slug}/yourself/").content.decode()
    assert "On 3 July 2026 what is personal is deleted" in told
    assert "moved from 3 June 2026 to 3 July 2026" in told
    assert "The memo is late" in told
    earlier = {"purge_on": "2026-06-10", "version": peopled.workshop.version + 1}
    assert owner.post(page, earlier).status_code == 302
    assert owner.post(page, later).status_code == 409


@time_machine.travel(datetime(2026, 5, 20, 12, tzinfo=UTC), tick=False)
@pytest.mark.parametrize("day", ["2026-05-13", "2026-05-20", "1999-01-01"])
def test_the_day_lies_ahead(peopled, day):
    with pytest.raises(RuleViolation) as refusal:
        change_deletion_date(actor=peopled.owner, purge_on=date.fromisoformat(day), reason="x")
    assert refusal.value.fields.keys() == {"purge_on"}


@time_machine.travel(datetime(2026, 5, 20, 12, tzinfo=UTC), tick=False)
def test_before_anybody_was_told_the_day_moves_freely():
    owner = ParticipantFactory(role=Role.OWNER, workshop__purge_on=DAY)
    assert change_deletion_date(actor=owner, purge_on=None).purge_on is None
    with pytest.raises(Conflict):
        change_deletion_date(actor=owner, purge_on=DAY, version=1)


def test_the_sweep_deletes_what_ran_out_and_nothing_else(peopled, client):
    now = timezone.now()
    old = RosterDraft.objects.create(
        workshop=peopled.workshop,
        made_by=peopled.owner,
        rows=[],
        created_at=now - timedelta(hours=25),
    )
    person = ParticipantFactory(workshop=peopled.workshop, user=None)
    for number, fields in enumerate(
        [{"used_at": now, "expires_at": now + timedelta(days=9)}, {"expires_at": now}]
    ):
        PersonalLink.objects.create(
            participant=person, purpose="invitation", digest=str(number) * 64, **fields
        )
    kept = PersonalLink.objects.create(
        participant=peopled.without_account,
        purpose="invitation",
        digest="k" * 64,
        expires_at=now + timedelta(days=9),
    )
    WrongCode.objects.create(address="x", at=now - timedelta(hours=2))
    WrongCode.objects.create(address="y")
    session = client.session
    session.set_expiry(-1)
    session.save()
    swept = sweep()
    # With the one by which somebody came in.
    assert swept["personal links"] == 3
    assert swept["lists of people"] == swept["wrong codes"] == 1
    assert swept["sessions of browsers"] == swept["speaker links"] == 1
    assert PersonalLink.objects.get() == kept
    assert WrongCode.objects.get().address == "y"
    assert not RosterDraft.objects.filter(pk=old.pk).exists()
    assert RosterDraft.objects.count() == 1
    assert set(sweep().values()) == {0}


def test_the_scheduler_knows_both_tasks(settings):
    tasks = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert {"apps.participants.tasks.purge_due", "apps.participants.tasks.sweep"} <= tasks
