"""A comment is shown as what it was written as: who its author is now says nothing."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from apps.participants.models import Participant
from apps.participants.services import change_oneself, change_person, forget_person, purge_now
from apps.themes.models import Comment
from apps.themes.services import comment_on_theme
from apps.workshops.models import AttributionRule, Phase, Role
from apps.workshops.services import edit_basics
from tests.factories import GroupFactory, ParticipantFactory, ThemeFactory, WorkshopFactory

pytestmark = pytest.mark.django_db

NAMES = ("Ann", "Bob", "Cid")


@pytest.fixture
def workshop():
    return WorkshopFactory(slug="harbours", phase=Phase.LIVE)


@pytest.fixture
def theme(workshop):
    return ThemeFactory(workshop=workshop, published=True)


@pytest.fixture
def owner(workshop):
    return ParticipantFactory(workshop=workshop, role=Role.OWNER)


@pytest.fixture
def judges(workshop):
    """A group with as many as it takes to be named, and one more."""
    group = GroupFactory(workshop=workshop, singular="judge")
    some(6, workshop, group)
    return group


def some(number: int, workshop: Any, group: Any = None, **more: Any) -> list[Participant]:
    """Return so many participants who have joined."""
    return ParticipantFactory.create_batch(
        number, workshop=workshop, group=group, consented_at=timezone.now(), **more
    )


def labels(api: Any) -> dict[str, str]:
    found = api.get("/api/v1/workshops/harbours/comments/").json()["results"]
    return {each["text"]: each["by"] for each in found}


def said(theme: Any, **by: Participant) -> None:
    for text, author in by.items():
        comment_on_theme(actor=author, theme=theme, text=text)


def test_giving_people_roles_and_groups_one_by_one_tells_nothing(  # noqa: PLR0917 - fixtures
    workshop, theme, owner, judges, api_of, browser_of
):
    people = dict(zip(NAMES, some(3, workshop), strict=True))
    said(theme, **people)
    client: Client = browser_of(owner)
    before = labels(api_of(owner))
    assert before == dict.fromkeys(NAMES, "a participant")
    for person in people.values():
        for change in (
            {"role": "rapporteur"}, {"role": "observer"}, {"role": "participant"},
            {"group": str(judges.pk)}, {"group": "none"},
        ):  # fmt: skip
            body = {"people": str(person.pk), **change}
            assert client.post("/w/harbours/people/several/", body).status_code == 302
            assert labels(api_of(owner)) == before
            page = client.get(f"/w/harbours/themes/{theme.pk}/").content.decode()
            assert "The rapporteur" not in page


def test_what_somebody_wrote_stays_as_it_was_when_they_change_their_group_or_role(
    workshop, theme, owner, judges, api_of
):
    scholars = GroupFactory(workshop=workshop, singular="scholar")
    some(6, workshop, scholars)
    [person] = some(1, workshop, judges)
    [reader] = some(1, workshop)
    said(theme, first=person)
    change_oneself(actor=person, group=scholars)
    said(theme, second=person)
    change_person(actor=owner, participant=person, role=Role.FACILITATOR)
    person.refresh_from_db()
    said(theme, third=person)
    change_person(actor=owner, participant=person, role=Role.PARTICIPANT)
    shown = {"first": "a judge", "second": "a scholar", "third": "The facilitator"}
    for viewer in (owner, reader):
        assert labels(api_of(viewer)) == shown
    assert set(labels(api_of(person)).values()) == {"You"}


def test_what_was_written_while_few_had_joined_stays_hidden(workshop, theme, owner, api_of):
    group = GroupFactory(workshop=workshop, singular="admiral")
    first, *_ = some(4, workshop, group)
    said(theme, early=first)
    some(4, workshop, group)
    said(theme, late=first)
    assert labels(api_of(owner)) == {"early": "a participant", "late": "an admiral"}


def test_a_group_that_has_shrunk_hides_its_members_again(workshop, theme, owner, api_of):
    group = GroupFactory(workshop=workshop, singular="admiral")
    author, leaving, *_ = some(5, workshop, group)
    said(theme, word=author)
    assert labels(api_of(owner)) == {"word": "an admiral"}
    change_oneself(actor=leaving, group=None)
    assert labels(api_of(owner)) == {"word": "a participant"}


def test_on_the_record_the_name_is_todays(workshop, theme, owner, api_of):
    workshop.attribution_rule = AttributionRule.ON_RECORD
    workshop.save()
    [person] = some(1, workshop, display_name="Ana Ruis")
    said(theme, word=person)
    change_oneself(actor=person, display_name="Ana Ruiz")
    assert labels(api_of(owner)) == {"word": "Ana Ruiz"}


def test_the_rule_now_in_force_applies_to_what_was_written_under_a_looser_one(
    workshop, theme, owner, api_of
):
    workshop.attribution_rule = AttributionRule.ON_RECORD
    workshop.save()
    [person] = some(1, workshop, GroupFactory(workshop=workshop), display_name="Ana Ruiz")
    said(theme, word=person)
    edit_basics(actor=owner, attribution_rule=AttributionRule.CHATHAM_HOUSE)
    assert labels(api_of(owner)) == {"word": "a participant"}


def test_nothing_leads_to_who_was_a_participant_then_once_the_rule_is_anonymous(
    workshop, theme, owner, judges, api_of
):
    [person] = some(1, workshop, judges)
    said(theme, word=person)
    change_person(actor=owner, participant=person, role=Role.RAPPORTEUR)
    edit_basics(actor=owner, attribution_rule=AttributionRule.ANONYMOUS)
    comment = Comment.objects.get()
    assert (comment.author, comment.group, comment.written_as) == (None, None, Role.PARTICIPANT)
    assert labels(api_of(owner)) == {"word": "a participant"}


@pytest.mark.parametrize("how", ["erased", "purged"])
def test_whoever_goes_takes_themselves_off_what_they_wrote(workshop, theme, owner, judges, how):
    [person] = some(1, workshop, judges)
    said(theme, before=person)
    change_person(actor=owner, participant=person, role=Role.FACILITATOR)
    person.refresh_from_db()
    said(theme, after=person)
    if how == "erased":
        forget_person(actor=person, participant=person)
    else:
        purge_now(actor=owner, title=workshop.title)
    told = Comment.objects.order_by("created_at").values_list("author", "group", "written_as")
    # The team stays when what is personal goes; one who goes alone would be seen by their label.
    stays = person.pk if how == "purged" else None
    group = judges.pk if how == "erased" else None
    assert list(told) == [(None, group, "participant"), (stays, None, "facilitator")]


def test_nobody_can_tell_by_the_labels_who_of_a_group_erased_themselves(
    workshop, theme, owner, judges, api_of
):
    first, second = some(2, workshop, judges)
    said(theme, one=first, two=second)
    readers = [api_of(owner), api_of(some(1, workshop)[0]), api_of(some(1, workshop, judges)[0])]
    before = [labels(reader) for reader in readers]
    assert before == [{"one": "a judge", "two": "a judge"}] * 3
    forget_person(actor=first, participant=first)
    assert [labels(reader) for reader in readers] == before
    # And where the group becomes too small by it, all go together.
    for person in Participant.objects.filter(groups=judges, removed_at=None)[:3]:
        if person != second:
            forget_person(actor=person, participant=person)
    smaller = labels(api_of(owner))
    assert smaller["one"] == smaller["two"]


def test_on_the_record_no_group_tells_whose_name_it_was(workshop, theme, owner, api_of):
    workshop.attribution_rule = AttributionRule.ON_RECORD
    workshop.save()
    only = GroupFactory(workshop=workshop, singular="admiral")
    [person] = some(1, workshop, only, display_name="Ana Ruiz")
    said(theme, word=person)
    assert labels(api_of(owner)) == {"word": "Ana Ruiz"}
    forget_person(actor=person, participant=person)
    assert labels(api_of(owner)) == {"word": "a participant"}


def test_the_database_keeps_as_what_a_comment_was_written(workshop, theme, judges):
    [person, other] = some(2, workshop, judges)
    comment = comment_on_theme(actor=person, theme=theme, text="Said")
    assert comment.group == judges
    row = Comment.objects.filter(pk=comment.pk)
    for wrong in (
        {"written_as": Role.OWNER}, {"author": other}, {"group": GroupFactory(workshop=workshop)},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**wrong)
    row.update(author=None, group=None)
    for wrong in ({"author": person}, {"group": judges}):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**wrong)
    for wrong in (
        {"author": person, "written_as": Role.OWNER},
        {"author": None, "written_as": Role.OWNER, "group": judges},
        {"author": None, "written_as": Role.PARTICIPANT, "group": GroupFactory()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            forge(workshop, theme, **wrong)


def forge(workshop: Any, theme: Any, **fields: Any) -> None:
    Comment.objects.create(workshop=workshop, theme=theme, text="Forged", **fields)
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_triggers_can_be_taken_back():
    from importlib import import_module

    migration = import_module("apps.themes.migrations.0005_written_as")
    with transaction.get_connection().cursor() as cursor:
        cursor.execute(migration.BACKWARD)
        cursor.execute(migration.FORWARD)
