"""The table of who said what, under a database role of its own, with real roles."""

import re
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction

from apps.notes import speakers
from apps.notes.models.speakers import SpeakerLink
from apps.workshops.models import AttributionRule, Role, Workshop
from tests.factories import NoteFactory, ParticipantFactory, SessionFactory, WorkshopFactory

pytestmark = pytest.mark.django_db
LOGIN, OWNER = "rapporteur_under_test", "rapporteur_speakers_under_test"


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else None


@pytest.fixture(autouse=True)
def _the_day(time_machine):
    time_machine.move_to("2026-05-13T10:00:00Z", tick=True)


@pytest.fixture
def login():
    """An ordinary login role that owns the application's tables and functions, as in production.

    Made in the test's transaction, and gone with it.
    """
    run(f"CREATE ROLE {LOGIN} LOGIN")
    run(f"GRANT CREATE, USAGE ON SCHEMA public TO {LOGIN}")
    tables = run("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    for [table] in tables:
        run(f'ALTER TABLE "{table}" OWNER TO {LOGIN}')
    functions = run(
        "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
    )
    for [function] in functions:
        run(f"ALTER FUNCTION {function} OWNER TO {LOGIN}")
    return LOGIN


@pytest.fixture
def protected(login, settings):
    """The table protected as an administrator does it, and said to the application."""
    settings.SPEAKERS_ROLE = OWNER
    call_command("protect_speakers", login=login, stdout=StringIO())


@contextmanager
def signed_in_as(role):
    """Be `role` as if the connection had been opened by it: no superuser any more."""
    run(f"SET LOCAL SESSION AUTHORIZATION {role}")
    try:
        assert run("SELECT session_user, usesuper FROM pg_user WHERE usename = session_user") == [
            (role, False)
        ]
        yield
    finally:
        run("SET LOCAL SESSION AUTHORIZATION DEFAULT")


@pytest.fixture
def note():
    workshop = WorkshopFactory(keep_speakers=True)
    return NoteFactory(session=SessionFactory(workshop=workshop))


@pytest.fixture
def owner(note):
    return ParticipantFactory(workshop=note.workshop, role=Role.OWNER)


@pytest.fixture
def ana(note):
    return ParticipantFactory(workshop=note.workshop, display_name="Ana")


def refused(act):
    """Whether the database denies it for want of rights."""
    try:
        with transaction.atomic():
            act()
    except ProgrammingError as error:
        return "permission denied" in str(error)
    return False


def link(note, person):
    return SpeakerLink(
        note_id=note.pk,
        workshop_id=note.workshop_id,
        participant_id=person.pk,
        expires_at="2026-06-01T00:00:00Z",
    )


def test_the_ordinary_way_to_the_table_is_barred(protected, note, owner, ana):
    with signed_in_as(LOGIN):
        for act in (
            SpeakerLink.objects.count,
            SpeakerLink.objects.exists,
            lambda: list(SpeakerLink.objects.values("note_id")),
            lambda: link(note, ana).save(force_insert=True),
            lambda: SpeakerLink.objects.update(expires_at="2026-06-01T00:00:00Z"),
            lambda: SpeakerLink.objects.all().delete(),
            lambda: run("SELECT * FROM notes_speakerlink"),
            lambda: run("TABLE notes_speakerlink"),
            lambda: run("COPY notes_speakerlink TO STDOUT"),
            lambda: run(f"GRANT SELECT ON notes_speakerlink TO {LOGIN}"),
        ):
            with pytest.raises(ProgrammingError), transaction.atomic():
                act()


def test_the_check_finds_a_table_that_isnt_protected(login, note, ana):
    with signed_in_as(LOGIN):
        assert not refused(SpeakerLink.objects.count)


def test_the_service_reaches_it_and_leaves_the_role_behind(protected, note, owner, ana):
    with signed_in_as(LOGIN):
        speakers.keep(actor=owner, note=note, speaker=ana)
        assert run("SELECT current_user") == [(LOGIN,)]
        assert refused(SpeakerLink.objects.count)
        assert speakers.notes_of(ana) == [note.pk]
        assert speakers.tell(actor=owner, note=note, reason="To ask her.") == "Ana"
        assert speakers.beside(owner, [note]) == {note.pk: ("", True)}
        speakers.correct(actor=owner, note=note, speaker=owner)
        assert speakers.notes_of(ana) == []
        assert speakers.count(workshop_id=note.workshop_id) == 1
        assert speakers.forget_expired() == 0
        assert speakers.forget_person(owner) == 1
        assert run("SELECT current_user") == [(LOGIN,)]


def test_the_role_is_left_behind_when_something_goes_wrong(protected, note, owner, ana):
    Workshop.objects.update(keep_speakers=False)
    with signed_in_as(LOGIN):
        with pytest.raises(IntegrityError, match="rule in force"), speakers._table() as links:
            links.bulk_create([link(note, ana)])
        assert run("SELECT current_user") == [(LOGIN,)]


@pytest.mark.parametrize("gone", ["note", "person"])
def test_what_is_deleted_takes_its_links_along(protected, note, owner, ana, gone):
    with signed_in_as(LOGIN):
        speakers.keep(actor=owner, note=note, speaker=ana)
        (note if gone == "note" else ana).delete()
        assert speakers.count() == 0


def test_rules_and_dates_reach_the_links_without_the_rights_to_read_them(
    protected, note, owner, ana
):
    with signed_in_as(LOGIN):
        speakers.keep(actor=owner, note=note, speaker=ana)
        Workshop.objects.update(purge_on="2026-05-20")
        assert speakers.count(expires_at="2026-05-20T00:00:00Z") == 1
        Workshop.objects.update(attribution_rule=AttributionRule.ANONYMOUS)
        assert speakers.count() == 0


def test_nobody_else_has_rights_on_it(protected):
    run("CREATE ROLE somebody_else_under_test LOGIN")
    with signed_in_as("somebody_else_under_test"):
        assert refused(lambda: run("SELECT FROM notes_speakerlink"))
        assert refused(lambda: run("SELECT notes_forget_speakers(ARRAY[]::uuid[])"))
        assert refused(lambda: run(f"SET LOCAL ROLE {OWNER}"))


def test_it_can_be_run_again_and_only_be_looked_at(protected, login, settings):
    again = StringIO()
    call_command("protect_speakers", login=login, stdout=again)
    assert "ALTER TABLE" not in again.getvalue()
    settings.SPEAKERS_ROLE = "never_made_under_test"
    shown = StringIO()
    call_command("protect_speakers", "--print", login=login, stdout=shown)
    assert re.search(r'CREATE ROLE "never_made_under_test" NOLOGIN;', shown.getvalue())
    assert not run("SELECT FROM pg_roles WHERE rolname = 'never_made_under_test'")


def test_it_refuses_to_protect_from_a_superuser(settings):
    settings.SPEAKERS_ROLE = OWNER
    with pytest.raises(CommandError, match="is a superuser"):
        call_command("protect_speakers", stdout=StringIO())


def test_a_role_that_may_not_is_told_to_ask_the_administrator(login, settings):
    settings.SPEAKERS_ROLE = OWNER
    with signed_in_as(LOGIN), pytest.raises(CommandError, match="administrator"):
        call_command("protect_speakers", stdout=StringIO())


def warned(*databases):
    """Return what a check of the deployment says of the table."""
    found = run_checks(include_deployment_checks=True, databases=databases or None)
    return [each.id for each in found if str(each.id).startswith("notes.")]


def test_a_deployment_without_the_role_is_warned_of(settings):
    assert settings.SPEAKERS_ROLE == ""
    assert warned() == warned("default") == ["notes.W001"]
    assert "notes.W001" not in {each.id for each in run_checks()}


def test_a_deployment_whose_table_is_not_the_roles_is_warned_of(login, settings):
    settings.SPEAKERS_ROLE = OWNER
    with signed_in_as(LOGIN):
        assert warned("default") == ["notes.W003"]
        # What only the server knows isn't asked unless it is wanted.
        assert warned() == []


def test_a_protected_deployment_is_warned_of_nothing_but_a_superuser(protected):
    with signed_in_as(LOGIN):
        assert warned("default") == []
    assert warned("default") == ["notes.W002"]
