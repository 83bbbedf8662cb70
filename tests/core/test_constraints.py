"""What the database refuses, whatever a service forgets."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from apps.core import audit
from apps.core.constraints import SameParent
from apps.core.models import AuditEntry
from apps.notes.models import Note
from apps.participants.models import GroupMembership, Participant
from apps.workshops.models import GuidingQuestion, Workshop
from tests.factories import (
    GroupFactory,
    GuidingQuestionFactory,
    NoteFactory,
    ParticipantFactory,
    SessionFactory,
    UserFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db


def check_now() -> None:
    """Check what would be checked at commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@contextmanager
def refused(match: str | None = None) -> Iterator[None]:
    """Let the block fail, at the latest at its commit."""
    with pytest.raises(IntegrityError, match=match), transaction.atomic():  # noqa: PT012
        yield
        check_now()


def test_a_note_stays_within_its_workshop():
    note = NoteFactory()
    Note.objects.filter(pk=note.pk).update(session=SessionFactory(workshop=note.workshop))
    check_now()
    with refused("session"):
        Note.objects.filter(pk=note.pk).update(session=SessionFactory())


def test_it_is_checked_at_commit_so_that_both_sides_may_move():
    note = NoteFactory()
    elsewhere = SessionFactory()
    Note.objects.filter(pk=note.pk).update(session=elsewhere)
    Note.objects.filter(pk=note.pk).update(workshop=elsewhere.workshop)
    check_now()


def test_a_question_is_no_part_of_another_workshops():
    part = GuidingQuestionFactory()
    with refused("parent"):
        GuidingQuestion.objects.filter(pk=part.pk).update(parent=GuidingQuestionFactory())


@pytest.mark.parametrize("model", apps.get_models(), ids=lambda model: model._meta.label)
def test_every_declared_bond_is_in_the_database(model):
    declared = {c.name for c in model._meta.constraints if isinstance(c, SameParent)}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE contype = 'f' AND conrelid = %s::regclass",
            [model._meta.db_table],
        )
        assert declared <= {name for (name,) in cursor.fetchall()}


def test_one_is_in_one_group_an_axis():
    scholar = GroupFactory()
    member = ParticipantFactory(workshop=scholar.workshop, group=scholar)
    official = GroupFactory(workshop=scholar.workshop)
    region = GroupFactory(workshop=scholar.workshop, axis="region")
    bond = {"workshop": scholar.workshop, "participant": member}
    GroupMembership.objects.create(**bond, group=region, axis="region")
    check_now()
    with refused():
        GroupMembership.objects.create(**bond, group=official, axis="role")
    with refused():
        GroupMembership.objects.create(**bond, group=official, axis="sector")


def test_an_account_takes_part_once():
    member = ParticipantFactory()
    with refused():
        Participant.objects.create(workshop=member.workshop, user=member.user)


def test_an_address_is_one_account_however_it_is_written():
    UserFactory(email="remi@example.org")
    with refused():
        UserFactory(email="Remi@Example.org")


@pytest.mark.parametrize(
    "broken",
    [
        {"phase": "forgotten"},
        {"attribution_rule": "whispered"},
        {"ends_on": "2026-05-12"},
        {"purge_on": "2026-05-13"},
    ],
)
def test_a_workshop_cannot_be_what_the_domain_does_not_know(broken):
    workshop = WorkshopFactory()
    with refused():
        Workshop.objects.filter(pk=workshop.pk).update(**broken)


# -- the audit log ---------------------------------------------------------------------------


@pytest.fixture
def entry(rapporteur):
    return audit.record(
        "workshop.changed",
        rapporteur.workshop,
        actor=rapporteur,
        scope_id=rapporteur.workshop_id,
        before={"title": "Before"},
        after={"title": "After"},
    )


def test_the_log_is_append_only_in_the_database(entry):
    with refused("keeps what was written"):
        AuditEntry.objects.filter(pk=entry.pk).update(reason="Otherwise")
    with refused("keeps what was written"):
        entry.delete()
    with refused(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_auditentry")
    assert AuditEntry.objects.get().after == {"title": "After"}


def test_an_entry_outlives_what_it_tells_of(entry, rapporteur):
    workshop_id = rapporteur.workshop_id
    rapporteur.workshop.delete()
    assert AuditEntry.objects.get(subject_id=workshop_id).scope_id == workshop_id


def test_an_entry_is_undone_with_what_it_tells_of(rapporteur):
    with transaction.atomic():
        audit.record("workshop.changed", rapporteur.workshop, actor=None, scope_id=None)
        transaction.set_rollback(True)
    assert not AuditEntry.objects.exists()


def test_only_what_changes_is_logged(rapporteur):
    group = GroupFactory()
    before, after = audit.changes(
        rapporteur.workshop, {"title": "After", "phase": rapporteur.workshop.phase}
    )
    assert (before, after) == ({"title": rapporteur.workshop.title}, {"title": "After"})
    logged = audit.record("x", group, actor=None, scope_id=None, after={"group": group})
    logged.refresh_from_db()
    assert logged.after == {"group": str(group.pk)}
