"""Hands that went up: entered by one of the team, confirmed by another, and marked as such."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from apps.core.exceptions import Conflict, NotPermitted, RuleViolation
from apps.core.models import AuditEntry
from apps.statements.measures.counts import Counts
from apps.statements.models import AskingPlan, HandCount, Means, Round, RoundState, Tally
from apps.statements.selectors import revealed_in
from apps.statements.services import (
    change_plan,
    choose_means,
    close_rounds,
    confirm_hands,
    count_hands,
    open_rounds,
    put_statement,
    recount,
    respond,
    reveal_rounds,
    show_on_screen,
)
from apps.workshops.models import AttributionRule, Role
from apps.workshops.services import edit_basics
from tests.factories import GroupFactory, ParticipantFactory, StatementFactory
from tests.statements.conftest import make_room

TEXT = "Influence is an end in itself."


def by_hands(room, *, opened=True, **given):
    """Put a statement that is asked by a show of hands; return its round."""
    statement = StatementFactory(workshop=room.workshop, text=TEXT, **given)
    asked = choose_means(actor=room.facilitator, asked=room.round_of(statement), means=Means.HANDS)
    if opened:
        open_rounds(actor=room.facilitator, rounds=[asked])
    asked.refresh_from_db()
    return asked


def in_groups(room, scholars, practitioners, none=None):
    found = {room.groups["scholars"].pk: scholars, room.groups["practitioners"].pk: practitioners}
    return found | ({None: none} if none else {})


def tallied(asked):
    return {
        (row.group.plural if row.group else None, row.value): row.count
        for row in Tally.objects.filter(round=asked)
    }


class TestCounting:
    def test_hands_count_once_another_of_the_team_confirmed_them(self, room):
        asked = by_hands(room)
        counts = in_groups(room, Counts(5, 1, 0), Counts(2, 3, 1), Counts(1, 0, 0))
        count_hands(actor=room.facilitator, asked=asked, counts=counts, members=14)
        assert tallied(asked) == {}
        with pytest.raises(RuleViolation, match="Somebody else confirms"):
            confirm_hands(actor=room.facilitator, asked=asked)
        with pytest.raises(RuleViolation, match="has to confirm"):
            reveal_rounds(actor=room.facilitator, rounds=[asked])
        confirm_hands(actor=room.owner, asked=asked)
        assert tallied(asked) == {
            ("scholars", 1): 5, ("scholars", -1): 1,
            ("practitioners", 1): 2, ("practitioners", -1): 3, ("practitioners", 0): 1,
            (None, 1): 1,
        }  # fmt: skip
        reveal_rounds(actor=room.facilitator, rounds=[asked])
        [found] = revealed_in(room.workshop)[asked.statement_id]
        assert (found.counts, found.members) == (Counts(8, 4, 1), 14)
        assert "by a show of hands" in found.says

    def test_whoever_corrects_them_enters_them_and_another_confirms(self, room):
        asked = by_hands(room)
        count_hands(actor=room.facilitator, asked=asked, counts={None: Counts(5, 1, 0)}, members=12)
        confirm_hands(actor=room.owner, asked=asked)
        count_hands(actor=room.owner, asked=asked, counts={None: Counts(6, 1, 0)}, members=12)
        asked.refresh_from_db()
        assert (asked.counted_by, asked.confirmed_by, asked.confirmed_at) == (
            room.owner,
            None,
            None,
        )
        assert tallied(asked) == {}
        with pytest.raises(RuleViolation, match="Somebody else confirms"):
            confirm_hands(actor=room.owner, asked=asked)
        confirm_hands(actor=room.facilitator, asked=asked)
        assert tallied(asked) == {(None, 1): 6, (None, -1): 1}

    def test_the_database_refuses_a_count_confirmed_by_whoever_made_it(self, room):
        asked = by_hands(room)
        with pytest.raises(IntegrityError), transaction.atomic():
            Round.objects.filter(pk=asked.pk).update(counted_by=room.owner, confirmed_by=room.owner)

    def test_hands_are_entered_when_they_are_down_and_the_round_is_closed(self, db):
        room = make_room(sizes={}, attribution_rule=AttributionRule.ANONYMOUS)
        asked = by_hands(room)
        close_rounds(actor=room.facilitator, rounds=[asked])
        count_hands(actor=room.facilitator, asked=asked, counts={None: Counts(6, 1)}, members=9)
        confirm_hands(actor=room.owner, asked=asked)
        reveal_rounds(actor=room.facilitator, rounds=[asked])
        with pytest.raises(RuleViolation, match="stays as it is"):
            count_hands(actor=room.owner, asked=asked, counts={None: Counts(7)}, members=9)

    def test_under_the_anonymous_rule_they_are_those_of_the_room(self, db):
        room = make_room(sizes={}, attribution_rule=AttributionRule.ANONYMOUS)
        group = GroupFactory(workshop=room.workshop)
        asked = by_hands(room)
        with pytest.raises(RuleViolation, match="for the whole room"):
            count_hands(
                actor=room.facilitator, asked=asked, counts={group.pk: Counts(6)}, members=9
            )
        assert not HandCount.objects.exists()

    def test_hands_of_groups_are_those_of_the_room_once_the_rule_is_anonymous(self, room):
        asked = by_hands(room)
        counts = in_groups(room, Counts(6, 1), Counts(1, 6))
        count_hands(actor=room.facilitator, asked=asked, counts=counts, members=14)
        edit_basics(actor=room.owner, attribution_rule=AttributionRule.ANONYMOUS)
        room.owner.refresh_from_db()
        confirm_hands(actor=room.owner, asked=asked)
        assert tallied(asked) == {(None, 1): 7, (None, -1): 7}

    def test_hands_confirmed_by_group_are_told_of_the_room_alone_once_it_is_anonymous(self, room):
        asked = by_hands(room)
        counts = in_groups(room, Counts(5, 1), Counts(2, 5))
        count_hands(actor=room.facilitator, asked=asked, counts=counts, members=14)
        confirm_hands(actor=room.owner, asked=asked)
        edit_basics(actor=room.owner, attribution_rule=AttributionRule.ANONYMOUS)
        room.facilitator.refresh_from_db()
        reveal_rounds(actor=room.facilitator, rounds=[asked])
        [found] = revealed_in(room.workshop)[asked.statement_id]
        assert found.counts == Counts(7, 6)
        assert (found.groups, found.hidden_says, found.gap_says) == ([], [], [])

    def test_nobody_is_counted_in_two_groups(self, room):
        asked = by_hands(room)
        region = GroupFactory(workshop=room.workshop, axis="region", plural="Europeans")
        elsewhere = GroupFactory(plural="scholars")
        for group in (region, elsewhere):
            with pytest.raises(RuleViolation, match="main kind"):
                count_hands(
                    actor=room.facilitator, asked=asked, counts={group.pk: Counts(6)}, members=9
                )

    @pytest.mark.parametrize(
        ("counts", "members", "says"),
        [
            ({None: Counts()}, 9, "how many hands"),
            ({None: Counts(5, 5)}, 9, "10 hands went up"),
            ({None: Counts(5)}, None, "how many people were there"),
            ({None: Counts(10_001)}, 10_001, "more people than"),
        ],
    )
    def test_numbers_that_cannot_be(self, room, counts, members, says):
        asked = by_hands(room)
        with pytest.raises(RuleViolation, match=says):
            count_hands(actor=room.facilitator, asked=asked, counts=counts, members=members)

    def test_how_many_were_there_may_be_open_where_nobody_knows(self, room):
        change_plan(actor=room.owner, is_open=True)
        asked = by_hands(room)
        count_hands(actor=room.facilitator, asked=asked, counts={None: Counts(8)})
        confirm_hands(actor=room.owner, asked=asked)
        reveal_rounds(actor=room.facilitator, rounds=[asked])
        [found] = revealed_in(room.workshop)[asked.statement_id]
        assert found.members is None

    def test_only_what_is_asked_so_and_opened_takes_hands(self, room):
        devices = room.round_of(room.ask())
        draft = by_hands(room, opened=False)
        for asked, says in ((devices, "own devices"), (draft, "isn’t being asked yet")):
            with pytest.raises(RuleViolation, match=says):
                count_hands(
                    actor=room.facilitator, asked=asked, counts={None: Counts(5)}, members=9
                )
        asked = by_hands(room)
        with pytest.raises(RuleViolation, match="No hands"):
            confirm_hands(actor=room.owner, asked=asked)
        with pytest.raises(RuleViolation, match="by a show of hands"):
            respond(actor=room.people["scholars"][0], asked=asked, value=1)

    def test_participants_count_and_confirm_nothing(self, room):
        asked = by_hands(room)
        person = room.people["scholars"][0]
        with pytest.raises(NotPermitted):
            count_hands(actor=person, asked=asked, counts={None: Counts(5)}, members=9)
        count_hands(actor=room.facilitator, asked=asked, counts={None: Counts(5)}, members=9)
        with pytest.raises(NotPermitted):
            confirm_hands(actor=person, asked=asked)

    def test_two_who_enter_at_once_are_told(self, room):
        asked = by_hands(room)
        version = asked.version
        count_hands(
            actor=room.facilitator,
            asked=asked,
            counts={None: Counts(5)},
            members=9,
            version=version,
        )
        with pytest.raises(Conflict):
            count_hands(
                actor=room.owner, asked=asked, counts={None: Counts(6)}, members=9, version=version
            )
        with pytest.raises(Conflict):
            confirm_hands(actor=room.owner, asked=asked, version=version)

    def test_from_the_first_hands_on_the_plan_stands(self, room):
        asked = by_hands(room)
        count_hands(actor=room.facilitator, asked=asked, counts={None: Counts(5)}, members=9)
        assert AskingPlan.objects.get(pk=room.workshop.pk).first_answer_at is not None

    def test_how_it_is_answered_is_chosen_before_it_opens(self, room):
        statement = put_statement(actor=room.facilitator, text=TEXT)
        asked = room.round_of(statement)
        choose_means(actor=room.facilitator, asked=asked, means=Means.HANDS)
        choose_means(actor=room.facilitator, asked=asked, means=Means.DEVICES)
        chosen = AuditEntry.objects.filter(verb="round.means_chosen", subject_id=asked.pk)
        assert [each.after["means"] for each in chosen.order_by("at")] == [
            "By a show of hands", "On people’s own devices",
        ]  # fmt: skip
        open_rounds(actor=room.facilitator, rounds=[asked])
        with pytest.raises(RuleViolation):
            choose_means(actor=room.facilitator, asked=asked, means=Means.HANDS)


def test_a_recount_agrees_though_groups_were_forgotten_meanwhile(room):
    before, after = by_hands(room), by_hands(room)
    for asked in (before, after):
        counts = in_groups(room, Counts(5, 1, 0), Counts(2, 3, 1))
        count_hands(actor=room.facilitator, asked=asked, counts=counts, members=14)
    confirm_hands(actor=room.owner, asked=before)
    edit_basics(
        actor=room.owner, attribution_rule=AttributionRule.ANONYMOUS, reason="They asked for it."
    )
    confirm_hands(actor=room.owner, asked=after)
    assert recount(asked=before).differing == recount(asked=after).differing == {}


class TestPages:
    @pytest.fixture
    def one(self, room, browser_of):
        return browser_of(room.facilitator)

    @pytest.fixture
    def other(self, room, browser_of):
        return browser_of(room.owner)

    def address(self, room, asked, name="hands"):
        return reverse(f"statements:{name}", args=[room.workshop.slug, asked.statement_id])

    def fields(self, page):
        return re.findall(r'<input type="number" name="(\w+)"', page)

    def enter(self, client, room, asked, numbers, *, members=14, **more):
        """Send the page's own form, with `numbers` in the order of its fields."""
        address = self.address(room, asked)
        page = client.get(address).content.decode()
        version = re.search(r'name="version" value="(\d+)"', page)
        names = [name for name in self.fields(page) if name != "members"]
        data = dict(zip(names, numbers, strict=False))
        data |= {"members": members, "version": version and version[1], **more}
        return client.post(address, data)

    def test_one_enters_them_another_sees_and_confirms_them(self, room, one, other):
        asked = by_hands(room)
        answer = self.enter(one, room, asked, [2, 3, 1, 5, 1, 0, 1, 0, 0])
        assert answer.url == self.address(room, asked)
        mine = one.get(answer.url).content.decode()
        assert "You entered them" in mine
        assert "Confirm these numbers" not in mine
        theirs = other.get(answer.url).content.decode()
        assert "Confirm these numbers" in theirs
        assert "13 hands; 14 people were there" in theirs
        version = re.search(r'name="version" value="(\d+)"', theirs)[1]
        answer = other.post(self.address(room, asked, "confirm_hands"), {"version": version})
        assert answer.url.startswith(reverse("statements:console", args=[room.workshop.slug]))
        assert tallied(asked)["practitioners", -1] == 3
        assert "1 hand" not in other.get(answer.url).content.decode()

    def test_there_is_a_line_for_each_group_of_the_main_kind_and_one_for_none(self, room, one):
        GroupFactory(workshop=room.workshop, axis="region", plural="Europeans")
        page = one.get(self.address(room, by_hands(room))).content.decode()
        legends = re.findall(r"<legend>([^<]+)</legend>", page)
        assert legends == ["Practitioners", "Scholars", "In no group"]

    def test_under_the_anonymous_rule_there_is_one_line(self, db, browser_of):
        room = make_room(sizes={}, attribution_rule=AttributionRule.ANONYMOUS)
        GroupFactory(workshop=room.workshop)
        page = browser_of(room.facilitator).get(self.address(room, by_hands(room)))
        assert re.findall(r"<legend>([^<]+)</legend>", page.content.decode()) == ["The whole room"]

    def test_numbers_that_cannot_be_stay_in_the_form_with_what_is_wrong(self, room, one):
        asked = by_hands(room)
        answer = self.enter(one, room, asked, [9, 9, 9], members=5)
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "27 hands went up" in page
        assert page.count('value="9"') == 3
        assert self.enter(one, room, asked, [-1], members=5).status_code == 422

    def test_two_who_enter_at_once_see_both(self, room, one, other):
        asked = by_hands(room)
        stale = asked.version
        self.enter(one, room, asked, [4])
        answer = self.enter(other, room, asked, [7], version=stale)
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "Somebody else entered hands meanwhile" in page
        assert '<td class="number">4</td>' in page
        assert 'value="7"' in page
        assert "Confirm these numbers" not in page
        version = re.search(r'name="version" value="(\d+)"', page)[1]
        assert self.enter(other, room, asked, [7], version=version).status_code == 302
        asked.refresh_from_db()
        assert asked.counted_by == room.owner

    def test_numbers_that_changed_are_not_confirmed(self, room, one, other):
        asked = by_hands(room)
        self.enter(one, room, asked, [4])
        stale = Round.objects.get(pk=asked.pk).version
        self.enter(one, room, asked, [5])
        page = other.post(
            self.address(room, asked, "confirm_hands"), {"version": stale}, follow=True
        )
        assert "the numbers changed meanwhile" in page.content.decode()
        assert tallied(asked) == {}

    def test_the_console_leads_to_the_hands_and_then_to_the_reveal(self, room, one, other):
        asked = by_hands(room)
        console = reverse("statements:console", args=[room.workshop.slug])
        assert "Enter the hands" in one.get(console).content.decode()
        self.enter(one, room, asked, [4])
        assert "Look at the hands" in one.get(console).content.decode()
        assert "Confirm the hands" in other.get(console).content.decode()
        other.post(self.address(room, asked, "confirm_hands"))
        one.post(console, {"step": "reveal", "round": asked.pk})
        asked.refresh_from_db()
        assert asked.state == RoundState.REVEALED

    def test_the_screen_asks_for_hands_and_marks_the_result(self, room, one, other):
        asked = by_hands(room)
        show_on_screen(actor=room.facilitator, showing="round", asked=asked)
        screen = reverse("statements:screen", args=[room.workshop.slug])
        assert "Raise your hand" in one.get(screen).content.decode()
        self.enter(one, room, asked, [6, 1, 0])
        page = one.get(screen).content.decode()
        assert "Raise your hand" in page
        other.post(self.address(room, asked, "confirm_hands"))
        assert "7 of 14 answered" in one.get(screen).content.decode()
        reveal_rounds(actor=room.facilitator, rounds=[asked])
        assert "by a show of hands" in one.get(screen).content.decode()
        page = one.get(self.address(room, asked)).content.decode()
        assert "What it came to" in page
        assert self.fields(page) == []

    def test_before_it_opens_one_chooses_how_it_is_answered(self, room, one):
        asked = by_hands(room, opened=False)
        means = self.address(room, asked, "means")
        answer = one.post(means, {"means": "devices", "back": "hands"})
        assert answer.url == self.address(room, asked)
        assert "Ask by a show of hands" in one.get(answer.url).content.decode()
        answer = one.post(means, {"means": "hands", "back": "console"})
        assert answer.url.endswith(f"/console/?at={asked.statement_id}")
        assert "Open it from the console" in one.get(self.address(room, asked)).content.decode()
        devices = room.ask("On devices.")
        page = one.get(self.address(room, room.round_of(devices))).content.decode()
        assert "answered on people’s own devices" in page
        assert self.fields(page) == []

    def test_participants_are_refused(self, room, browser_of):
        asked = by_hands(room)
        person = browser_of(room.people["scholars"][0])
        assert person.get(self.address(room, asked)).status_code == 403
        assert person.post(self.address(room, asked, "confirm_hands")).status_code == 403

    def test_whoever_counted_may_have_left_since(self, room, one):
        asked = by_hands(room)
        gone = ParticipantFactory(workshop=room.workshop, role=Role.RAPPORTEUR)
        count_hands(actor=gone, asked=asked, counts={None: Counts(5)}, members=9)
        gone.delete()
        page = one.get(self.address(room, asked)).content.decode()
        assert "Confirm these numbers" in page
        one.post(self.address(room, asked, "confirm_hands"))
        assert tallied(asked) == {(None, 1): 5}
