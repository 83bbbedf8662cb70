"""The list of people: adding, changing, removing, bringing back; and never without an owner."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection

from apps.core.exceptions import Conflict, NotPermitted, RuleViolation
from apps.core.models import AuditEntry
from apps.participants.models import Listing, Naming, Participant, RosterDraft
from apps.participants.selectors import Filters, Roster, State, owners_in, people_listed
from apps.participants.services import (
    add_person,
    bring_back,
    change_person,
    change_several,
    remove_person,
)
from apps.workshops.models import AttributionRule, Phase, Role
from tests.factories import GroupFactory, ParticipantFactory, UserFactory, WorkshopFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 13, 12, tzinfo=UTC)


@pytest.fixture
def owner():
    return ParticipantFactory(role=Role.OWNER, display_name="Imke Vos")


def person(owner, **values):
    """Somebody without an account, on the list of the owner's workshop."""
    return ParticipantFactory(workshop=owner.workshop, user=None, **values)


def test_somebody_is_put_on_the_list_and_is_expected(owner):
    scholars = GroupFactory(workshop=owner.workshop)
    added = add_person(
        actor=owner,
        display_name="  Zoë Müller ",
        affiliation="Uni Wien",
        email="zoe@example.org",
        listing=Listing.NAME,
        groups=[scholars],
    )
    assert (added.display_name, added.role, added.user) == ("Zoë Müller", Role.PARTICIPANT, None)
    assert (added.listing, added.attribution) == (Listing.NAME, Naming.NO)
    assert list(added.groups.all()) == [scholars]
    assert added.consented_at is None
    (line,) = Roster(owner).lines([added.pk])
    assert (line.state, line.reached) == (State.EXPECTED, "has no link yet")


def test_somebody_needs_a_name_or_an_address_and_an_address_of_their_own(owner):
    with pytest.raises(RuleViolation, match="Give a name"):
        add_person(actor=owner, display_name=" \u200b ", affiliation="Uni Wien")
    add_person(actor=owner, email="zoe@example.org")
    with pytest.raises(RuleViolation, match="already") as refusal:
        add_person(actor=owner, display_name="Zoë", email="ZOE@example.org")
    assert set(refusal.value.fields) == {"email"}
    # In another workshop they are somebody else.
    other = ParticipantFactory(role=Role.OWNER)
    assert add_person(actor=other, email="zoe@example.org").workshop == other.workshop


def test_one_person_takes_part_in_many_workshops_by_account_or_without(owner):
    user = UserFactory()
    for _ in range(2):
        ParticipantFactory(user=user)
        add_person(
            actor=ParticipantFactory(role=Role.OWNER), display_name="Anna", email="anna@example.org"
        )
    assert user.participations.count() == 2
    assert Participant.objects.filter(email="anna@example.org").count() == 2


def test_what_the_list_says_is_changed_and_the_log_holds_nothing_personal(owner):
    region = GroupFactory(workshop=owner.workshop, axis="region", singular="European")
    scholar = GroupFactory(workshop=owner.workshop, singular="scholar")
    official = GroupFactory(workshop=owner.workshop, singular="official")
    someone = person(owner, display_name="Canary Name", group=scholar)
    changed = change_person(
        actor=owner,
        participant=someone,
        version=1,
        display_name="Canary Other",
        affiliation="Canary Institute",
        email="canary@example.org",
        role=Role.RAPPORTEUR,
        listing=Listing.FULL,
        groups=[official, region],
    )
    assert changed.version == 3
    assert set(changed.groups.all()) == {official, region}
    told = str(list(AuditEntry.objects.values("before", "after", "reason"))).lower()
    assert "rapporteur" in told
    assert "canary" not in told
    assert str(official.pk) not in told
    assert AuditEntry.objects.filter(verb="participant.regrouped").count() == 1
    # Nothing new: nothing is written.
    assert change_person(actor=owner, participant=someone, groups=[region, official]).version == 3


def test_a_stale_change_is_a_conflict(owner):
    someone = person(owner)
    change_person(actor=owner, participant=someone, version=1, affiliation="ETH")
    with pytest.raises(Conflict):
        change_person(actor=owner, participant=someone, version=1, affiliation="MIT")


def test_groups_are_of_the_workshop_and_one_an_axis(owner):
    someone = person(owner)
    with pytest.raises(RuleViolation, match="one of this workshop"):
        change_person(actor=owner, participant=someone, groups=[GroupFactory()])
    two = GroupFactory.create_batch(2, workshop=owner.workshop)
    with pytest.raises(RuleViolation, match="at most"):
        change_person(actor=owner, participant=someone, groups=two)


def test_under_the_anonymous_rule_the_list_keeps_no_groups(owner):
    owner.workshop.attribution_rule = AttributionRule.ANONYMOUS
    owner.workshop.save()
    group = GroupFactory(workshop=owner.workshop)
    with pytest.raises(RuleViolation, match="no group is kept"):
        add_person(actor=owner, display_name="A", groups=[group])
    assert not add_person(actor=owner, display_name="A").groups.exists()


@pytest.mark.parametrize(
    "role", [Role.FACILITATOR, Role.RAPPORTEUR, Role.PARTICIPANT, Role.OBSERVER]
)
def test_only_owners_keep_the_list(owner, role):
    other = ParticipantFactory(workshop=owner.workshop, role=role)
    someone = person(owner)
    removed = person(owner, removed_at=NOW)
    for attempt in (
        lambda: add_person(actor=other, display_name="A"),
        lambda: change_person(actor=other, participant=someone, role=Role.OWNER),
        lambda: change_several(actor=other, people=[someone, other], role=Role.OWNER),
        lambda: change_person(actor=other, participant=other, role=Role.OWNER),
        lambda: remove_person(actor=other, participant=someone),
        lambda: bring_back(actor=other, participant=removed),
    ):
        with pytest.raises(NotPermitted):
            attempt()


def test_the_list_is_kept_until_the_workshop_is_archived_and_removing_never_waits(owner):
    someone = person(owner)
    owner.workshop.phase = Phase.ARCHIVED
    owner.workshop.save()
    with pytest.raises(NotPermitted):
        add_person(actor=owner, display_name="A")
    with pytest.raises(NotPermitted):
        change_person(actor=owner, participant=someone, affiliation="ETH")
    assert remove_person(actor=owner, participant=someone).removed_at


def test_people_of_another_workshop_arent_reached(owner):
    other = ParticipantFactory(user=None)
    for service in (change_person, remove_person, bring_back):
        with pytest.raises(Exception, match="isn’t there any more"):
            service(actor=owner, participant=other)
    assert change_several(actor=owner, people=[other], role=Role.OBSERVER) == 0


def test_several_get_a_role_or_a_group_and_keep_what_isnt_named(owner):
    scholar = GroupFactory(workshop=owner.workshop)
    region = GroupFactory(workshop=owner.workshop, axis="region")
    people = [person(owner), person(owner, group=region), person(owner, removed_at=NOW)]
    assert change_several(actor=owner, people=people, groups={"role": scholar}) == 2
    assert set(people[1].groups.all()) == {scholar, region}
    assert change_several(actor=owner, people=people, role=Role.OBSERVER) == 2
    assert change_several(actor=owner, people=people, groups={"role": None}) == 2
    assert set(people[1].groups.all()) == {region}
    assert not people[2].groups.exists()


def test_whoever_is_removed_is_nobody_at_once_and_can_be_brought_back(owner, browser_of):
    someone = ParticipantFactory(workshop=owner.workshop, role=Role.RAPPORTEUR)
    browser = browser_of(someone)
    url = f"/w/{owner.workshop.slug}/"
    assert browser.get(url).status_code == 200
    RosterDraft.objects.create(workshop=owner.workshop, made_by=someone, rows=[])
    remove_person(actor=owner, participant=someone)
    assert browser.get(url).status_code == 404
    assert not RosterDraft.objects.exists()
    (line,) = Roster(owner).lines([someone.pk])
    assert line.state == State.REMOVED
    bring_back(actor=owner, participant=someone)
    assert browser.get(url).status_code == 200
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"participant.removed", "participant.brought_back"} <= verbs


def test_nobody_is_brought_back_beside_another_of_their_address(owner):
    gone = person(owner, email="a@example.org", removed_at=NOW)
    person(owner, email="A@example.org")
    with pytest.raises(RuleViolation, match="already"):
        bring_back(actor=owner, participant=gone)


def test_nobody_is_brought_back_who_was_erased(owner):
    erased = person(owner, display_name="", removed_at=NOW)
    assert Roster(owner).found(Filters(state=State.REMOVED)) == []
    with pytest.raises(RuleViolation, match="Nothing is known"):
        bring_back(actor=owner, participant=erased)


# -- an owner is there at all times ------------------------------------------------------------


@pytest.fixture
def not_quite_owners(owner):
    """Others who are called owners, and can't act: expected, removed, waiting, locked out."""
    workshop = owner.workshop
    ParticipantFactory(workshop=workshop, role=Role.OWNER, user=None)
    ParticipantFactory(workshop=workshop, role=Role.OWNER, removed_at=NOW)
    ParticipantFactory(workshop=workshop, role=Role.OWNER, admitted_at=None)
    ParticipantFactory(workshop=workshop, role=Role.OWNER, user__is_active=False)


@pytest.mark.usefixtures("not_quite_owners")
def test_the_last_owner_stays_one(owner):
    for attempt in (
        lambda: change_person(actor=owner, participant=owner, role=Role.FACILITATOR),
        lambda: change_several(actor=owner, people=[owner], role=Role.PARTICIPANT),
        lambda: remove_person(actor=owner, participant=owner),
    ):
        with pytest.raises(RuleViolation, match="needs an owner"):
            attempt()
        owner.refresh_from_db()
    assert list(owners_in(owner.workshop_id)) == [owner]


def test_an_owner_leaves_who_isnt_the_last(owner):
    second = ParticipantFactory(
        workshop=owner.workshop, role=Role.OWNER, user=None, consented_at=NOW
    )
    assert remove_person(actor=owner, participant=owner).removed_at
    assert list(owners_in(owner.workshop_id)) == [second]
    # Whoever was removed does nothing more, whatever their request still believes.
    with pytest.raises(NotPermitted):
        change_person(actor=owner, participant=second, role=Role.OBSERVER)


def test_several_owners_are_changed_all_or_none(owner):
    second = ParticipantFactory(workshop=owner.workshop, role=Role.OWNER)
    with pytest.raises(RuleViolation, match="needs an owner"):
        change_several(actor=owner, people=[owner, second], role=Role.OBSERVER)
    assert owners_in(owner.workshop_id).count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("action", ["demote", "remove"])
def test_two_owners_who_oust_each_other_at_once_leave_one(owner, action):
    second = ParticipantFactory(workshop=owner.workshop, role=Role.OWNER)
    together, outcomes = threading.Barrier(2), []

    def oust(actor, other):
        actor, other = (Participant.objects.get(pk=each.pk) for each in (actor, other))
        together.wait()
        try:
            if action == "demote":
                change_person(actor=actor, participant=other, role=Role.PARTICIPANT)
            else:
                remove_person(actor=actor, participant=other)
            outcomes.append("done")
        except (NotPermitted, RuleViolation):
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=oust, args=pair) for pair in ((owner, second), (second, owner))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "refused"]
    assert owners_in(owner.workshop_id).count() == 1


# -- reading -----------------------------------------------------------------------------------


def test_people_are_found_by_name_role_group_and_state(owner):
    workshop = owner.workshop
    scholar = GroupFactory(workshop=workshop)
    zoe = person(owner, display_name="Zoë Müller", group=scholar, consented_at=NOW)
    asa = person(owner, display_name="Åsa Berg", role=Role.OBSERVER)
    waiting = person(owner, display_name="", admitted_at=None)
    gone = person(owner, display_name="Ben", removed_at=NOW)
    ParticipantFactory(display_name="Zoë elsewhere")
    roster = Roster(owner)
    # By name, accents aside; those without one come last.
    assert roster.found(Filters()) == [asa.pk, owner.pk, zoe.pk, waiting.pk]
    assert roster.found(Filters(q="MULLER zo")) == [zoe.pk]
    assert roster.found(Filters(role=Role.OBSERVER)) == [asa.pk]
    assert roster.found(Filters(group=str(scholar.pk))) == [zoe.pk]
    assert zoe.pk not in roster.found(Filters(group="none"))
    assert roster.found(Filters(state=State.REMOVED)) == [gone.pk]
    assert roster.found(Filters(state=State.WAITING)) == [waiting.pk]
    assert roster.found(Filters(state=State.EXPECTED)) == [asa.pk]
    counts = roster.counts()
    assert (counts.total, counts.removed, counts.without_group) == (4, 1, 3)
    assert counts.by_group == [(scholar, 1)]


def test_names_are_for_owners_and_facilitators_and_addresses_for_owners(owner):
    someone = person(owner, email="someone@example.org")
    shown = {}
    for role in Role:
        viewer = ParticipantFactory(workshop=owner.workshop, role=role)
        roster = Roster(viewer)
        lines = roster.lines(roster.found(Filters()))
        shown[role] = [line.email for line in lines if line.person == someone]
    assert shown == {
        Role.OWNER: ["someone@example.org"],
        Role.FACILITATOR: [""],
        Role.RAPPORTEUR: [],
        Role.PARTICIPANT: [],
        Role.OBSERVER: [],
    }


def test_the_export_holds_everybody_as_they_chose(owner):
    scholar = GroupFactory(workshop=owner.workshop, singular="scholar")

    def listed(listing, **values):
        values = {"consented_at": NOW, "affiliation": "ETH", **values}
        person(owner, listing=listing, display_name=f"Name of {listing}", **values)

    for listing in Listing:
        listed(listing, group=scholar)
    listed(Listing.FULL, consented_at=None)
    listed(Listing.FULL, removed_at=NOW)
    listed(Listing.FULL, admitted_at=None)
    rows = [("Name of full", "ETH", ""), ("Name of name", "", "")]
    assert people_listed(owner.workshop) == [*rows, ("", "", "a participant")]
    for _ in range(3):
        person(owner, group=scholar, consented_at=NOW)
    assert people_listed(owner.workshop) == [*rows, ("", "", "a scholar")]


def test_two_thousand_people_take_no_more_queries_than_two(owner, django_assert_num_queries):
    Participant.objects.bulk_create(
        Participant(workshop=owner.workshop, display_name=f"Person {n}") for n in range(2_000)
    )
    with django_assert_num_queries(3):
        roster = Roster(owner)
        found = roster.found(Filters(q="person 19"))
    assert len(found) == 139
    with django_assert_num_queries(2):
        assert len(roster.lines(found[:100])) == 100


def test_nothing_is_added_to_a_workshop_after_its_deletion(owner):
    workshop = WorkshopFactory(purged_at=NOW, phase=Phase.ARCHIVED)
    late = ParticipantFactory.build(workshop=workshop, role=Role.OWNER)
    with pytest.raises(NotPermitted):
        add_person(actor=late, display_name="A")
