"""How people are shown: the field table, rule by rule, viewer by viewer."""

from datetime import UTC, datetime

import pytest

from apps.participants.models import Listing, Naming
from apps.participants.selectors import groups_of
from apps.participants.selectors.attribution import (
    Attribution,
    Everybody,
    Quotation,
    ShownTime,
    group_labels,
    group_to_keep,
    groups_shown_to,
    names_to_choose,
    printed_roster,
    signature,
)
from apps.participants.services import change_oneself
from apps.workshops.attribution import keeps_speakers, rule_in_force, speakers_kept_until
from apps.workshops.models import AttributionRule, Role
from tests.factories import (
    GroupFactory,
    ParticipantFactory,
    SessionFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db

ON_RECORD, CHATHAM_HOUSE, ANONYMOUS = AttributionRule
AT = datetime(2026, 5, 13, 9, 41, tzinfo=UTC)


@pytest.fixture
def workshop():
    return WorkshopFactory(attribution_rule=ON_RECORD)


@pytest.fixture
def large(workshop):
    """A group of five who joined, and one who reads."""
    group = GroupFactory(workshop=workshop, singular="officer")
    joined(6, group)
    return group


@pytest.fixture
def small(workshop):
    """A group of four who joined, and many who can't be behind its name: the team, which is shown
    by its roles, and who was removed, waits, reads what is published, or never came.
    """
    group = GroupFactory(workshop=workshop, singular="admiral")
    joined(4, group)
    joined(2, group, role=Role.FACILITATOR)
    joined(2, group, role=Role.OBSERVER)
    joined(1, group, removed_at=AT)
    joined(1, group, admitted_at=None)
    ParticipantFactory.create_batch(3, workshop=workshop, group=group)
    return group


def joined(number, group, **more):
    """So many participants of a group who agreed to the rule."""
    more = {"consented_at": AT} | more
    return ParticipantFactory.create_batch(number, workshop=group.workshop, group=group, **more)


def under(workshop, rule, session_rule=""):
    """A session with a rule of its own, in a workshop whose rule was tightened after that."""
    session = SessionFactory(workshop=workshop, attribution_rule=session_rule)
    workshop.attribution_rule = rule
    workshop.save()
    return session


@pytest.mark.parametrize(
    ("rule", "session_rule", "in_force"),
    [
        (ON_RECORD, "", ON_RECORD),
        (ON_RECORD, CHATHAM_HOUSE, CHATHAM_HOUSE),
        (CHATHAM_HOUSE, "", CHATHAM_HOUSE),
        # The workshop's was tightened after the session's.
        (ANONYMOUS, CHATHAM_HOUSE, ANONYMOUS),
        (CHATHAM_HOUSE, ANONYMOUS, ANONYMOUS),
        (ANONYMOUS, ON_RECORD, ANONYMOUS),
    ],
)
def test_the_stricter_rule_wins(workshop, rule, session_rule, in_force):
    workshop.attribution_rule = rule
    session = SessionFactory.build(workshop=workshop, attribution_rule=session_rule)
    assert rule_in_force(workshop, session) == in_force


@pytest.mark.parametrize(
    ("rule", "session_rule", "to_team", "to_others"),
    [
        (ON_RECORD, "", ["an officer", "an admiral"], ["an officer", "an admiral"]),
        (CHATHAM_HOUSE, "", ["an officer", "an admiral"], ["an officer", "a participant"]),
        (ON_RECORD, CHATHAM_HOUSE, ["an officer", "an admiral"], ["an officer", "a participant"]),
        (ANONYMOUS, "", ["", ""], ["", ""]),
        (CHATHAM_HOUSE, ANONYMOUS, ["", ""], ["", ""]),
    ],
)
def test_the_group_of_a_note(  # noqa: PLR0917 - cells of the table
    workshop, large, small, rule, session_rule, to_team, to_others
):
    reader = large.members.last()
    session = under(workshop, rule, session_rule)
    team = ParticipantFactory(workshop=workshop, role=Role.FACILITATOR)
    for viewer, labels in (
        (team, to_team), (reader, to_others), (Everybody(workshop), to_others)
    ):  # fmt: skip
        shown = Attribution(viewer)
        assert [shown.group(group.pk, session) for group in (large, small)] == labels
        assert shown.group(None, session) == ""
        named = [label not in {"", "a participant"} for label in labels]
        ids = [shown.group_id(group.pk, session) is not None for group in (large, small)]
        assert ids == named


def test_labels_follow_the_rule_of_the_workshop(workshop, large, small):
    labels = {rule: set(group_labels(under(workshop, rule).workshop).values())
              for rule in AttributionRule}  # fmt: skip
    assert labels == {
        ON_RECORD: {"an officer", "an admiral"},
        CHATHAM_HOUSE: {"an officer"},
        ANONYMOUS: set(),
    }


@pytest.mark.parametrize(
    ("rule", "in_large", "in_small"),
    [
        (ON_RECORD, "Ana Ruiz", "Ana Ruiz"),
        (CHATHAM_HOUSE, "an officer", "a participant"),
        (ANONYMOUS, "a participant", "a participant"),
    ],
)
def test_the_author_of_a_comment(  # noqa: PLR0917 - cells of the table
    workshop, large, small, rule, in_large, in_small
):
    authors = [group.members.filter(role=Role.PARTICIPANT).first() for group in (large, small)]
    under(workshop, rule)
    team = ParticipantFactory(workshop=workshop, role=Role.RAPPORTEUR)
    for group, author, label in zip((large, small), authors, (in_large, in_small), strict=True):
        author.display_name = "Ana Ruiz"
        for viewer in (team, ParticipantFactory(workshop=workshop)):
            assert by(viewer, author, group) == label
        assert by(author, author, group) == "You"
        assert by(author, None) == "a participant"
        assert by(author, team, written_as=Role.RAPPORTEUR) == "The rapporteur"
        assert by(author, None, written_as=Role.OWNER) == "The owner"


def by(viewer, author, group=None, written_as=Role.PARTICIPANT):
    """How a comment of `author`, written as that, is shown to `viewer`."""
    group_id = group.pk if group else None
    return Attribution(viewer).author(author, written_as=written_as, group_id=group_id)


@pytest.mark.parametrize("others", [4, 5])
def test_nobody_brings_a_name_to_light_by_changing_their_own_group(workshop, others):
    group, elsewhere = GroupFactory.create_batch(2, workshop=workshop)
    joined(others, group)
    [viewer] = joined(1, elsewhere)
    session = under(workshop, CHATHAM_HOUSE)
    viewer.workshop = workshop
    label = f"a {group.singular}" if others == 5 else "a participant"
    for there in (group, None, elsewhere, group):
        change_oneself(actor=viewer, group=there)
        assert by(viewer, None, group) == label
        assert Attribution(viewer).group(group.pk, session) == label
        assert groups_shown_to(viewer).contains(group) == (others == 5)


def test_what_is_kept_of_a_group_is_what_may_stand_for_its_author(workshop, large, small):
    in_large, in_small = (group.members.filter(role="participant")[0] for group in (large, small))
    team = ParticipantFactory(workshop=workshop, role=Role.FACILITATOR, group=large)
    people = (in_large, in_small, team)
    kept = {}
    for rule in AttributionRule:
        under(workshop, rule)
        for person in people:
            person.workshop = workshop
        kept[rule] = [group_to_keep(person) for person in people]
        shown = [signature(person) for person in people]
        if rule == CHATHAM_HOUSE:
            assert shown == ["an officer", "a participant", "The facilitator"]
    assert kept == {
        ON_RECORD: [large, small, None],
        CHATHAM_HOUSE: [large, None, None],
        ANONYMOUS: [None, None, None],
    }


def test_in_print_only_those_are_named_who_agreed_to_it(workshop, large):
    under(workshop, ON_RECORD)
    author = large.members.first()
    for choice, shown in (
        (Naming.NO, "an officer"), (Naming.YES, author.display_name)
    ):  # fmt: skip
        author.attribution = choice
        assert by(Everybody(workshop), author, large) == shown
    under(workshop, CHATHAM_HOUSE)
    assert by(Everybody(workshop), author, large) == "an officer"
    assert by(Everybody(workshop), None, written_as=Role.OWNER) == "the owner"


@pytest.mark.parametrize("rule", AttributionRule)
@pytest.mark.parametrize("session_rule", ["", *AttributionRule])
def test_the_name_of_a_speaker_stands_beside_a_note_on_the_record_alone(
    workshop, rule, session_rule
):
    session = under(workshop, rule, session_rule)
    on_record = rule_in_force(workshop, session) == ON_RECORD
    team = Attribution(ParticipantFactory(workshop=workshop, role=Role.OWNER))
    reader = Attribution(ParticipantFactory(workshop=workshop))
    for choice in Naming:
        speaker = ParticipantFactory(workshop=workshop, display_name="Ana", attribution=choice)
        agreed = choice == Naming.YES
        assert team.speaker(speaker, session) == ("Ana" if on_record else "")
        assert reader.speaker(speaker, session) == ("Ana" if on_record and agreed else "")
        assert Attribution(Everybody(workshop)).speaker(speaker, session) == ""


@pytest.mark.parametrize(
    ("rule", "to_others"),
    [
        (ON_RECORD, ShownTime(AT, to_the_minute=True)),
        (CHATHAM_HOUSE, ShownTime(AT, to_the_minute=False)),
        (ANONYMOUS, None),
    ],
)
def test_times_are_no_names(workshop, rule, to_others):
    under(workshop, rule)
    minute = ShownTime(AT, to_the_minute=True)
    to_the_team = ShownTime(AT, to_the_minute=rule == ON_RECORD)
    for role, of_others, of_the_team in (
        (Role.OWNER, to_the_team, minute),
        (Role.RAPPORTEUR, to_the_team, minute),
        (Role.PARTICIPANT, to_others, to_others),
        (Role.OBSERVER, to_others, to_others),
    ):
        attribution = Attribution(ParticipantFactory(workshop=workshop, role=role))
        assert attribution.time(AT, written_as=Role.PARTICIPANT) == of_others
        assert attribution.time(AT, written_as=Role.FACILITATOR) == of_the_team


@pytest.mark.parametrize(
    ("rule", "session_rule", "unasked", "agreed"),
    [
        (ON_RECORD, "", Quotation.PRINTED, Quotation.PRINTED),
        (CHATHAM_HOUSE, "", Quotation.NEEDS_CONSENT, Quotation.PRINTED),
        (ON_RECORD, CHATHAM_HOUSE, Quotation.NEEDS_CONSENT, Quotation.PRINTED),
        (ANONYMOUS, "", Quotation.NEVER, Quotation.NEVER),
        (CHATHAM_HOUSE, ANONYMOUS, Quotation.NEVER, Quotation.NEVER),
    ],
)
def test_a_quotation_in_print(workshop, rule, session_rule, unasked, agreed):
    session = under(workshop, rule, session_rule)
    printed = Attribution(Everybody(workshop))
    assert printed.quotation(session, agreed=False) == unasked
    assert printed.quotation(session, agreed=True) == agreed


def test_the_printed_list_is_as_each_chose(workshop):
    group = GroupFactory(workshop=workshop)

    def somebody(name, **more):
        more = {"consented_at": AT, "affiliation": f"House of {name}"} | more
        return ParticipantFactory(workshop=workshop, display_name=name, group=group, **more)

    somebody("Zoe Adler", listing=Listing.FULL)
    somebody("Ana Ruiz", listing=Listing.NAME)
    somebody("Olu Abe", listing=Listing.FULL, role=Role.OWNER)
    somebody("", listing=Listing.FULL)
    somebody("Only Label", listing=Listing.ROLE_LABEL)
    somebody("Not At All", listing=Listing.NONE)
    somebody("Never Asked", listing=Listing.FULL, consented_at=None)
    somebody("Gone Away", listing=Listing.FULL, removed_at=AT)
    somebody("Still Waiting", listing=Listing.FULL, admitted_at=None)
    roster = printed_roster(workshop, groups_of(workshop))
    assert [(each.name, each.affiliation, each.role) for each in roster.named] == [
        ("Olu Abe", "House of Olu Abe", Role.OWNER),
        ("Zoe Adler", "House of Zoe Adler", Role.PARTICIPANT),
        ("Ana Ruiz", "", Role.PARTICIPANT),
    ]
    assert (roster.by_group, roster.others) == ([(group, 1)], 0)
    assert printed_roster(workshop, []).others == 1
    workshop.attribution_rule = ANONYMOUS
    nobody = printed_roster(workshop, groups_of(workshop))
    assert (nobody.named, nobody.by_group, nobody.others) == ([], [], 0)


def test_names_to_choose_are_told_apart(workshop):
    for name, house in (("Ana Ruiz", "Navy"), ("Ana Ruiz", "University"), ("Bo Li", "Bank")):
        ParticipantFactory(workshop=workshop, display_name=name, affiliation=house)
    for elsewhere in ({"display_name": ""}, {"removed_at": AT}, {"admitted_at": None}):
        ParticipantFactory(workshop=workshop, **elsewhere)
    ParticipantFactory()
    assert [name for _, name in names_to_choose(workshop)] == [
        "Ana Ruiz (Navy)", "Ana Ruiz (University)", "Bo Li",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "session_rule", "opted_in", "kept"),
    [
        (ON_RECORD, "", False, True),
        (CHATHAM_HOUSE, "", False, False),
        (CHATHAM_HOUSE, "", True, True),
        (ON_RECORD, CHATHAM_HOUSE, False, False),
        (ANONYMOUS, "", True, False),
        (ON_RECORD, ANONYMOUS, True, False),
    ],
)
def test_where_speakers_are_kept(  # noqa: PLR0917 - cells of the table
    time_machine, workshop, rule, session_rule, opted_in, kept
):
    time_machine.move_to("2026-05-13")
    workshop.keep_speakers = opted_in
    session = under(workshop, rule, session_rule)
    assert keeps_speakers(workshop, session) == kept


def test_how_long_speakers_are_kept(time_machine, workshop):
    workshop.time_zone = "America/New_York"
    workshop.attribution_rule = ON_RECORD
    assert speakers_kept_until(workshop) == datetime(2026, 8, 12, 4, tzinfo=UTC)
    workshop.purge_on = datetime(2026, 6, 1, tzinfo=UTC).date()
    assert speakers_kept_until(workshop) == datetime(2026, 6, 1, 4, tzinfo=UTC)
    time_machine.move_to(datetime(2026, 6, 1, 3, 59, tzinfo=UTC))
    assert keeps_speakers(workshop)
    time_machine.move_to(datetime(2026, 6, 1, 4, tzinfo=UTC))
    assert not keeps_speakers(workshop)
