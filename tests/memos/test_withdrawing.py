"""A stricter rule withdraws what was published under a looser one; who is named is asked by id."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from apps.memos.models import MemoVersion
from apps.memos.services import make_memo
from apps.participants.models import Participant
from apps.participants.services import change_oneself, forget_person, purge_now
from apps.themes.services import comment_on_theme
from apps.workshops.models import AttributionRule, Phase, Role, Session, Workshop
from apps.workshops.services import change_session, edit_basics, move_phase
from tests.factories import (
    NoteFactory,
    ParticipantFactory,
    SessionFactory,
    ThemeFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db
ON_RECORD, CHATHAM_HOUSE, ANONYMOUS = AttributionRule
API = "/api/v1/workshops/harbours/memos/"
RULE_PAGE = reverse("workshops:attribution", args=["harbours"])


@pytest.fixture
def workshop():
    return WorkshopFactory(slug="harbours", attribution_rule=ON_RECORD, phase=Phase.REVIEW)


@pytest.fixture
def owner(workshop):
    return ParticipantFactory(workshop=workshop, role=Role.OWNER)


@pytest.fixture
def petra(workshop):
    """Somebody who is listed, and named with a comment."""
    person = ParticipantFactory(
        workshop=workshop, display_name="Petra Canary", consented_at=timezone.now()
    )
    theme = ThemeFactory(workshop=workshop, published=True)
    comment_on_theme(actor=person, theme=theme, text="Petra's words")
    return change_oneself(actor=person, listing="full", affiliation="Canary House")


@pytest.fixture
def reader(workshop):
    return ParticipantFactory(workshop=workshop, consented_at=timezone.now())


def publish(owner: Participant) -> MemoVersion:
    """Publish the memo, and go back to go on with it."""
    move_phase(actor=owner, workshop=owner.workshop, phase=Phase.PUBLISHED)
    move_phase(actor=owner, workshop=owner.workshop, phase=Phase.REVIEW, reason="To go on")
    return MemoVersion.objects.get(memo__workshop=owner.workshop)


def again(workshop: Workshop) -> None:
    """Publish without making anything, so that only what was made before could be read."""
    Workshop.objects.filter(pk=workshop.pk).update(phase=Phase.PUBLISHED)


def readable(api: Any) -> str:
    listed = api.get(API).json()["results"]
    return "".join(api.get(f"{API}{each['id']}/").content.decode() for each in listed)


@pytest.mark.parametrize("rule", [CHATHAM_HOUSE, ANONYMOUS])
def test_what_was_published_under_a_looser_rule_can_be_read_by_the_team_alone(  # noqa: PLR0917
    workshop, owner, petra, reader, api_of, browser_of, rule
):
    version = publish(owner)
    again(workshop)
    assert "Petra Canary" in readable(api_of(reader))
    Workshop.objects.update(phase=Phase.REVIEW)
    page = browser_of(owner).get(RULE_PAGE).content.decode()
    assert "Version 1 of the memo was published under this rule" in page
    form = {"attribution_rule": rule, "version": Workshop.objects.get().version}
    assert browser_of(owner).post(RULE_PAGE, form).status_code == 302
    again(workshop)
    assert readable(api_of(reader)) == ""
    assert api_of(reader).get(f"{API}{version.pk}/").status_code == 404
    file = version.files.get()
    assert (
        api_of(reader).get(f"/api/v1/workshops/harbours/memo-files/{file.pk}/").status_code == 404
    )
    assert "Petra" not in browser_of(reader).get("/w/harbours/memo/").content.decode()
    assert "Petra Canary" in readable(api_of(owner))
    assert "Withdrawn on" in browser_of(owner).get("/w/harbours/memo/").content.decode()


def test_publishing_again_makes_a_version_under_the_stricter_rule(
    workshop, owner, petra, reader, api_of
):
    publish(owner)
    edit_basics(actor=owner, attribution_rule=ANONYMOUS)
    move_phase(actor=owner, workshop=owner.workshop, phase=Phase.PUBLISHED)
    told = readable(api_of(reader))
    assert "Petra's words" in told
    assert "Petra Canary" not in told
    assert "Canary House" not in told


def test_a_version_that_was_withdrawn_is_not_taken_for_the_present_one(workshop, owner):
    publish(owner)
    MemoVersion.objects.update(withdrawn_at=timezone.now())
    move_phase(actor=owner, workshop=owner.workshop, phase=Phase.PUBLISHED)
    assert MemoVersion.objects.filter(withdrawn_at=None).count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        MemoVersion.objects.update(withdrawn_at=None)


@pytest.mark.parametrize("noted", [True, False])
def test_a_stricter_rule_of_a_session_withdraws_what_printed_its_notes(workshop, owner, noted):
    session = SessionFactory(workshop=workshop)
    if noted:
        NoteFactory(session=session)
    version = publish(owner)
    change_session(actor=owner, session=session, attribution_rule=ANONYMOUS)
    version.refresh_from_db()
    assert (version.withdrawn_at is not None) == noted


def test_what_changes_nothing_withdraws_nothing(workshop, owner):
    session = SessionFactory(workshop=workshop)
    NoteFactory(session=session)
    version = publish(owner)
    Session.objects.filter(pk=session.pk).update(attribution_rule=ON_RECORD)
    edit_basics(actor=owner, title="Another title")
    version.refresh_from_db()
    assert version.withdrawn_at is None


# -- whom versions name ------------------------------------------------------------------------


def versions_held(api: Any) -> list[str]:
    found = api.get("/api/v1/workshops/harbours/participants/me/held/").json()
    [memos] = [each for each in found if each["key"] == "memos"]
    return [item["text"] for item in memos["items"]]


def test_nobody_finds_out_by_taking_a_name_whether_a_version_prints_it(
    workshop, owner, petra, reader, api_of
):
    make_memo(actor=owner, workshop=workshop)
    publish_again = MemoVersion.objects.get()
    assert publish_again.naming == [petra.pk]
    for person in (reader, petra):
        change_oneself(actor=person, display_name="Petra Canary")
        assert versions_held(api_of(person)) == []
    move_phase(actor=owner, workshop=owner.workshop, phase=Phase.PUBLISHED)
    assert versions_held(api_of(reader)) == []
    # Also by another name: it is they who are named.
    change_oneself(actor=petra, display_name="Petra Otherwise")
    assert versions_held(api_of(petra)) == ["Version 2"]


def test_an_author_who_agreed_is_named_by_their_comment_alone(workshop, owner, petra):
    change_oneself(actor=petra, listing="none", attribution="yes")
    make_memo(actor=owner, workshop=workshop)
    assert MemoVersion.objects.get().naming == [petra.pk]
    change_oneself(actor=petra, attribution="no")
    make_memo(actor=owner, workshop=workshop)
    assert MemoVersion.objects.order_by("number").last().naming == []


@pytest.mark.parametrize("how", ["erased", "purged"])
def test_whom_a_version_names_is_forgotten_with_them(workshop, owner, petra, how):
    make_memo(actor=owner, workshop=workshop)
    if how == "erased":
        forget_person(actor=petra, participant=petra)
    else:
        purge_now(actor=owner, title=workshop.title)
    assert MemoVersion.objects.get().naming == []


def test_the_triggers_can_be_taken_back():
    from importlib import import_module

    migration = import_module("apps.memos.migrations.0003_withdrawn_and_naming")
    with transaction.get_connection().cursor() as cursor:
        cursor.execute(migration.BACKWARD)
        cursor.execute(migration.FORWARD)
