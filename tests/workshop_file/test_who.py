"""A file says no more of anybody than others may know, whoever takes it along."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.annotations.models import AnnotationComment
from apps.core.exceptions import NotPermitted
from apps.memos.models import Remainder
from apps.memos.workshop_file import as_bytes, file_of
from apps.memos.workshop_file.example import load_example
from apps.participants.models import Listing, Participant
from apps.participants.services import forget_person
from apps.themes.models import CommentSupport
from apps.workshops.models import AttributionRule, Role
from tests.factories import (
    AnnotationFactory,
    CommentFactory,
    GroupFactory,
    NoteFactory,
    ParticipantFactory,
    PositionFactory,
    SessionFactory,
    ThemeFactory,
    WorkshopFactory,
)
from tests.workshop_file.conftest import again, loaded

pytestmark = pytest.mark.django_db


def day(rule, size=1):
    """A workshop in which members of a group of `size` said, found and commented something."""
    workshop = WorkshopFactory(attribution_rule=rule)
    group = GroupFactory(workshop=workshop, singular="envoy", plural="envoys")
    people = [
        ParticipantFactory(
            workshop=workshop,
            display_name=f"Canary {number}",
            affiliation=f"House {number}",
            email=f"canary{number}@example.org",
            listing=listing,
            group=group,
            consented_at=timezone.now(),
        )
        for number, listing in zip(range(size), [*Listing, Listing.NONE], strict=False)
    ]
    session = SessionFactory(workshop=workshop)
    note = NoteFactory(session=session, group=group, recorded_by=people[0])
    theme = ThemeFactory(workshop=workshop, notes=[note])
    annotation = AnnotationFactory(theme=theme)
    annotation.holders.add(group)
    PositionFactory(annotation=annotation, counted=1, counted_of=9)
    CommentFactory(theme=theme, author=people[0])
    return ParticipantFactory(workshop=workshop, role=Role.OWNER, display_name="Owner")


def file_for(owner):
    return file_of(Participant.objects.select_related("workshop").get(pk=owner.pk))


def test_people_stand_in_it_as_they_chose():
    content = file_for(day(AttributionRule.CHATHAM_HOUSE, size=5))
    assert content["people"] == [
        {"id": "n1", "name": "Canary 0", "affiliation": "House 0", "role": "participant",
         "listing": "full", "agreed": True},
        {"id": "n2", "name": "Canary 1", "role": "participant", "listing": "name", "agreed": True},
    ]  # fmt: skip
    told = json.dumps(content)
    assert "Canary 2" not in told
    assert "Canary 3" not in told
    assert "House 1" not in told
    assert "example.org" not in told


def test_whoever_has_not_agreed_is_not_in_it():
    owner = day(AttributionRule.CHATHAM_HOUSE)
    ParticipantFactory(workshop=owner.workshop, display_name="On the list", listing=Listing.FULL)
    assert "On the list" not in json.dumps(file_for(owner))


@pytest.mark.parametrize(
    ("rule", "size", "beside_notes", "beside_findings"),
    [
        (AttributionRule.ON_RECORD, 1, True, True),
        (AttributionRule.CHATHAM_HOUSE, 4, False, False),
        (AttributionRule.CHATHAM_HOUSE, 5, True, True),
    ],
)
def test_groups_are_named_where_they_give_nobody_away(rule, size, beside_notes, beside_findings):
    content = file_for(day(rule, size))
    (note,), (annotation,) = content["notes"], content["annotations"]
    assert ("group" in note) == beside_notes
    assert ("groups" in annotation) == beside_findings
    assert ("counted" in annotation["positions"][0]) == (rule == AttributionRule.ON_RECORD)


def test_anonymously_nobody_is_in_it():
    owner = day(AttributionRule.CHATHAM_HOUSE, size=5)
    workshop = owner.workshop
    workshop.attribution_rule = AttributionRule.ANONYMOUS
    workshop.save()
    content = file_for(owner)
    assert "people" not in content
    assert "Canary" not in json.dumps(content)
    assert "group" not in content["notes"][0]


@pytest.mark.parametrize("rule", [AttributionRule.ON_RECORD, AttributionRule.CHATHAM_HOUSE])
def test_it_is_the_same_whoever_said_and_wrote_it(rule):
    owner = day(rule, size=5)
    first = as_bytes(file_for(owner))
    other = owner.workshop.participants.get(display_name="Canary 4")
    comment = owner.workshop.comments.get()
    comment.delete()
    CommentFactory(theme=comment.theme, author=other, text=comment.text)
    owner.workshop.notes.update(recorded_by=other, recorded_at=timezone.now())
    assert as_bytes(file_for(owner)) == first


@pytest.mark.parametrize(
    ("rule", "closed", "told"),
    [
        (AttributionRule.ON_RECORD, "", [2, 2]),
        # What is said of a finding of a closed session is no less closed.
        (AttributionRule.ON_RECORD, AttributionRule.CHATHAM_HOUSE, [2, None]),
        (AttributionRule.CHATHAM_HOUSE, "", [None, None]),
        (AttributionRule.ANONYMOUS, "", [None, None]),
    ],
)
def test_how_many_support_a_comment_is_told_where_no_number_is_a_name(rule, closed, told):
    owner = day(AttributionRule.ON_RECORD)
    workshop = owner.workshop
    annotation = workshop.annotations.get()
    annotation.session = SessionFactory(workshop=workshop, attribution_rule=closed)
    annotation.save()
    on_theme = workshop.comments.get()
    on_finding = CommentFactory(theme=annotation.theme)
    AnnotationComment.objects.create(
        comment=on_finding, annotation=annotation, theme=annotation.theme
    )
    for comment in (on_theme, on_finding):
        for person in ParticipantFactory.create_batch(2, workshop=workshop):
            CommentSupport.objects.create(workshop=workshop, comment=comment, participant=person)
    workshop.attribution_rule = rule
    workshop.save()
    assert [comment.get("supports") for comment in file_for(owner)["comments"]] == told


def test_supports_that_a_file_counts_are_nobodys():
    content = file_for(day(AttributionRule.ON_RECORD))
    content["comments"][0]["supports"] = 2
    owner = loaded(content)
    supports = CommentSupport.objects.filter(workshop=owner.workshop)
    assert list(supports.values_list("participant", flat=True)) == [None, None]


def test_neither_redacted_notes_nor_unreported_sessions_are_in_it():
    owner = day(AttributionRule.ON_RECORD)
    hidden = SessionFactory(workshop=owner.workshop, reported=False)
    NoteFactory(session=hidden, text="Behind closed doors")
    NoteFactory(session=owner.workshop.sessions.first(), text="", redacted_at=timezone.now())
    assert [note["id"] for note in file_for(owner)["notes"]] == ["m1"]
    assert "closed doors" not in json.dumps(file_for(owner))


def test_no_times_come_back_from_a_file_that_told_them():
    content = again(load_example().participants.get(role=Role.OWNER))
    content["notes"][0]["at"] = "2022-05-13T09:17"
    assert "09:17" not in json.dumps(again(loaded(content)))


def test_the_loader_gives_nobody_a_role_or_an_account():
    content = file_for(day(AttributionRule.ON_RECORD, size=2))
    content["people"][0]["role"] = "owner"
    owner = loaded(content)
    people = owner.workshop.participants.exclude(pk=owner.pk)
    assert set(people.values_list("role", "user", "consented_at")) == {("participant", None, None)}


def test_whoever_is_erased_leaves_no_words_of_the_file():
    content = file_for(day(AttributionRule.ON_RECORD, size=2))
    owner = loaded(content)
    person = owner.workshop.participants.exclude(pk=owner.pk).first()
    assert Remainder.objects.filter(subject=person.pk).exists()
    forget_person(actor=owner, participant=person)
    assert not Remainder.objects.filter(subject=person.pk).exists()


def test_only_owners_take_it_along(client):
    owner = day(AttributionRule.ON_RECORD)
    rapporteur = ParticipantFactory(workshop=owner.workshop, role=Role.RAPPORTEUR)
    with pytest.raises(NotPermitted):
        file_of(rapporteur)
    client.force_login(owner.user)
    overview = client.get(reverse("workshops:overview", args=[owner.workshop.slug]))
    page = client.get(reverse("memos:workshop_file", args=[owner.workshop.slug]))
    file = client.get(reverse("memos:take_workshop", args=[owner.workshop.slug]))
    assert "Take the workshop along" in overview.content.decode()
    assert "Who said a note, who wrote it down, and when." in page.content.decode()
    assert json.loads(file.content) == file_for(owner)
    assert file["Content-Disposition"] == f'attachment; filename="{owner.workshop.slug}.json"'
