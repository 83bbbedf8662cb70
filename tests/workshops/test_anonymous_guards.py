"""Under the anonymous rule the database itself keeps nothing that leads to people."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.core import audit
from apps.core.exceptions import RuleViolation
from apps.participants.models import GroupMembership
from apps.participants.services import change_person
from apps.workshops.models import AttributionRule, Role
from apps.workshops.services import edit_basics
from tests.factories import (
    CommentFactory,
    GroupFactory,
    NoteFactory,
    ParticipantFactory,
    SessionFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db
ANONYMOUS = AttributionRule.ANONYMOUS


@pytest.fixture
def workshop():
    return WorkshopFactory()


@pytest.fixture
def owner(workshop):
    return ParticipantFactory(workshop=workshop, role=Role.OWNER)


def test_memberships_go_with_the_rule_and_none_are_kept_afterwards(workshop, owner):
    group = GroupFactory(workshop=workshop)
    person = ParticipantFactory(workshop=workshop, group=group, consented_at=timezone.now())
    edit_basics(actor=owner, attribution_rule=ANONYMOUS)
    assert not GroupMembership.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupMembership.objects.create(
            workshop=workshop, participant=person, group=group, axis=group.axis
        )
    with pytest.raises(RuleViolation):
        change_person(actor=owner, participant=person, groups=[group])


@pytest.mark.parametrize("whose", ["workshop", "session"])
def test_no_note_leads_to_a_participant_who_wrote_it_down(workshop, owner, whose):
    session = SessionFactory(workshop=workshop)
    row = workshop if whose == "workshop" else session
    type(row).objects.filter(pk=row.pk).update(attribution_rule=ANONYMOUS)
    assert NoteFactory(session=session, recorded_by=owner)
    with pytest.raises(IntegrityError), transaction.atomic():
        NoteFactory(session=session, recorded_by=ParticipantFactory(workshop=workshop))


@pytest.mark.parametrize("rule", AttributionRule)
def test_the_log_names_no_participant_who_wrote_a_comment(workshop, owner, rule):
    workshop.attribution_rule = rule
    workshop.save()
    person, comment = ParticipantFactory(workshop=workshop), CommentFactory(author=None)
    for verb in ("comment.written", "comment.answered", "comment.edited"):
        audit.record(verb, comment, actor=owner, scope_id=workshop.pk)
        with pytest.raises(IntegrityError), transaction.atomic():
            audit.record(verb, comment, actor=person, scope_id=workshop.pk)


@pytest.mark.parametrize(
    "name", ["participants.migrations.0010_no_groups_anonymously",
             "notes.migrations.0005_recorded_by_the_team"],
)  # fmt: skip
def test_the_triggers_can_be_taken_back(name):
    from importlib import import_module

    migration = import_module(f"apps.{name}")
    with transaction.get_connection().cursor() as cursor:
        cursor.execute(migration.BACKWARD)
        cursor.execute(migration.FORWARD)
