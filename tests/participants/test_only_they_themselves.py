"""What only somebody themselves can do: come back to their place, let more be told of them."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from apps.core.exceptions import RuleViolation
from apps.notes import speakers
from apps.participants.models import Listing, Naming, Participant, PersonalLink
from apps.participants.selectors import people_listed, printed_roster
from apps.participants.services import (
    change_oneself,
    change_person,
    invite,
    keep_place,
    start_workshop,
)
from apps.workshops.models import AttributionRule, Phase, Role, Workshop
from tests.factories import (
    NoteFactory,
    ParticipantFactory,
    SessionFactory,
    ThemeFactory,
    UserFactory,
    WorkshopFactory,
)
from tests.participants.links.browsing import accept

pytestmark = pytest.mark.django_db
ON_RECORD = AttributionRule.ON_RECORD


@pytest.fixture
def workshop():
    today = timezone.localdate()
    return WorkshopFactory(
        slug="harbours", phase=Phase.LIVE, keep_speakers=True, starts_on=today, ends_on=today
    )


@pytest.fixture
def owner(workshop):
    return ParticipantFactory(workshop=workshop, role=Role.OWNER)


def person_form(person: Participant, **values: Any) -> dict[str, Any]:
    person.refresh_from_db()
    return {
        "display_name": person.display_name, "role": person.role, "listing": person.listing,
        "attribution": person.attribution, "version": person.version, **values,
    }  # fmt: skip


def test_the_owner_cant_come_in_as_somebody_to_read_what_they_said(
    client, browser_of, mailoutbox, deliver_mail
):
    start = start_workshop(
        user=UserFactory(), title="Ports", starts_on=timezone.localdate(), lobby=False
    )
    theme = ThemeFactory(workshop=start.workshop, published=True)
    code, slug = start.workshop.join_code.code, start.workshop.slug
    client.post(f"/join/{code}/", {"rule": "chatham_house", "display_name": "Zelda"})
    client.post(f"/w/{slug}/themes/{theme.pk}/comments/", {"text": "Zelda's critical comment"})
    zelda = Participant.objects.get(display_name="Zelda")
    page, boss = f"/w/{slug}/people/{zelda.pk}/", browser_of(start)
    boss.post(page, person_form(zelda, email="owner@example.org"))
    for how in ({}, {"send": "1"}):
        assert boss.post(f"{page}invitation/", how).status_code == 422
    assert deliver_mail() == []
    assert not PersonalLink.objects.exists()
    # Who lost their way back comes by the code again, and finds nothing of what was theirs.
    other = Client()
    other.post(f"/join/{code}/", {"rule": "chatham_house", "display_name": "Zelda"})
    held = other.get(f"/w/{slug}/yourself/held.json").content.decode()
    assert "critical comment" not in held
    assert "critical comment" in client.get(f"/w/{slug}/yourself/held.json").content.decode()


def test_a_new_device_is_told_of_to_oneself(client, workshop, owner):
    ada = ParticipantFactory(workshop=workshop, user=None)
    accept(client, invite(actor=owner, participant=ada))
    ada.refresh_from_db()
    assert accept(Client(), keep_place(actor=ada)).status_code == 302
    held = client.get("/w/harbours/yourself/held.json").json()["held"]
    assert len(held["devices"]["items"]) == 2
    assert (
        "Devices on which somebody came in as you"
        in client.get("/w/harbours/yourself/").content.decode()
    )


def test_what_the_list_proposes_is_asked_on_accepting_and_counts_only_then(client, workshop, owner):
    Workshop.objects.update(attribution_rule=ON_RECORD)
    wanted = {"listing": Listing.FULL, "attribution": Naming.YES, "affiliation": "Canary House"}
    silent, choosing = (
        ParticipantFactory(workshop=workshop, user=None, display_name=name, **wanted)
        for name in ("Lisa", "Nora")
    )
    page = client.get(invite(actor=owner, participant=silent), follow=True).content.decode()
    assert "The organisers propose this; your affiliation would be “Canary House”" in page
    client.post("/k/", {"rule": ON_RECORD})
    accept(
        Client(), invite(actor=owner, participant=choosing),
        rule=ON_RECORD, listing="name", attribution="yes",
    )  # fmt: skip
    found = {p.display_name: (p.listing, p.attribution) for p in (fresh(silent), fresh(choosing))}
    assert found == {"Lisa": ("none", "no"), "Nora": ("name", "yes")}
    assert [(each.name, each.affiliation) for each in printed_roster(workshop, []).named] == [
        ("Nora", "")
    ]


def test_where_the_list_proposes_nothing_nothing_is_asked(client, workshop, owner):
    plain = ParticipantFactory(workshop=workshop, user=None)
    page = client.get(invite(actor=owner, participant=plain), follow=True).content.decode()
    assert "The organisers propose" not in page


def fresh(person: Participant) -> Participant:
    return Participant.objects.get(pk=person.pk)


@pytest.mark.parametrize("door", ["page", "api", "service"])
def test_the_owner_lets_no_more_be_told_than_somebody_chose(
    workshop, owner, browser_of, api_of, door
):
    nora = ParticipantFactory(workshop=workshop, user=None, consented_at=timezone.now())
    change_oneself(actor=nora, listing=Listing.NAME, attribution=Naming.NO)
    more = {"listing": "full", "attribution": "yes"}
    if door == "page":
        sent = browser_of(owner).post(
            f"/w/harbours/people/{nora.pk}/", person_form(nora, affiliation="Canary House", **more)
        )
        assert sent.status_code == 422
        assert "Only they themselves can let more be told" in sent.content.decode()
    elif door == "api":
        url = f"/api/v1/workshops/harbours/people/{nora.pk}/"
        assert api_of(owner).patch(url, more).status_code == 422
    else:
        for name, value in more.items():
            with pytest.raises(RuleViolation) as refusal:
                change_person(actor=owner, participant=nora, **{name: value})
            assert refusal.value.fields.keys() == {name}
    assert (fresh(nora).listing, fresh(nora).attribution) == ("name", "no")
    change_person(actor=owner, participant=nora, listing=Listing.NONE)
    assert people_listed(workshop) == []
    change_oneself(actor=fresh(nora), listing=Listing.FULL)


def test_the_database_lets_nobody_else_say_more_of_somebody(workshop, owner):
    agreed = ParticipantFactory(workshop=workshop, consented_at=timezone.now(), listing="name")
    expected = ParticipantFactory(workshop=workshop, listing="full", attribution="yes")
    now = timezone.now()
    change_oneself(actor=agreed, listing="name")
    for person, wrong in (
        (agreed, {"listing": "full"}),
        (agreed, {"attribution": "yes"}),
        (agreed, {"consented_at": None}),
        (expected, {"consented_at": now}),
        (expected, {"consented_at": now, "listing": "none"}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Participant.objects.filter(pk=person.pk).update(**wrong)
    Participant.objects.filter(pk=agreed.pk).update(listing="none")
    Participant.objects.filter(pk=expected.pk).update(
        consented_at=now, listing="none", attribution="no"
    )


def test_the_database_lets_no_link_lead_to_the_place_of_somebody_who_is_in(workshop, owner):
    ada = ParticipantFactory(workshop=workshop, user=None)
    invite(actor=owner, participant=ada)
    Participant.objects.filter(pk=ada.pk).update(consented_at=timezone.now())
    assert not PersonalLink.objects.exists()
    until = timezone.now() + timedelta(days=1)
    for person, purpose in ((ada, "invitation"), (owner, "invitation"), (owner, "keep_place")):
        with pytest.raises(IntegrityError), transaction.atomic():
            PersonalLink.objects.create(
                participant=person, purpose=purpose, digest="d" * 64, expires_at=until
            )


def test_what_somebody_said_is_held_for_them_alone(client, workshop, owner):
    """The one who is kept as a speaker reads it; an owner finds no way to be them."""
    ada = ParticipantFactory(workshop=workshop, user=None)
    note = NoteFactory(session=SessionFactory(workshop=workshop))
    accept(client, invite(actor=owner, participant=ada))
    speakers.keep(actor=owner, note=note, speaker=ada)
    held = client.get("/w/harbours/yourself/held.json").json()["held"]
    assert [item["text"] for item in held["notes_said"]["items"]] == [f"Note {note.sequence}"]
    with pytest.raises(RuleViolation):
        invite(actor=owner, participant=ada)


def test_the_triggers_can_be_taken_back():
    from importlib import import_module

    for name in ("0008_erased_stay_erased", "0009_only_they_themselves"):
        migration = import_module(f"apps.participants.migrations.{name}")
        with transaction.get_connection().cursor() as cursor:
            cursor.execute(migration.BACKWARD)
            cursor.execute(migration.FORWARD)
