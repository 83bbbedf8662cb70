"""The history: who reads what of it, in which words, and what never stands in it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core import audit
from apps.core.models import AuditEntry
from apps.participants.selectors.history import PAGE, Filters, history
from apps.participants.services import change_group, change_oneself, join_workshop
from apps.themes.services import add_theme, comment_on_theme, edit_theme, file_notes
from apps.workshops.models import AttributionRule, Phase, Role, Workshop
from apps.workshops.services import edit_basics, move_phase
from tests.factories import (
    GroupFactory,
    NoteFactory,
    ParticipantFactory,
    SessionFactory,
    ThemeFactory,
    UserFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return ParticipantFactory(role=Role.OWNER, display_name="Olga Owner")


@pytest.fixture
def facilitator(owner):
    return ParticipantFactory(
        workshop=owner.workshop, role=Role.FACILITATOR, display_name="Fay Facilitator"
    )


def lines(actor, **filters):
    found = history(actor, Filters(**filters))
    return [line for day in found.days for line in day.lines]


def told(actor, **filters):
    return [f"{line.who} {line.what}" for line in lines(actor, **filters)]


def changes(line):
    return [(each.label, each.before, each.after) for each in line.changes]


def test_the_owner_reads_who_did_what_and_from_what_to_what(owner, facilitator):
    theme = add_theme(actor=facilitator, title="Influence")
    edit_theme(actor=facilitator, theme=theme, title="Legitimacy")
    assert told(owner) == [
        "The facilitator, Fay Facilitator changed the theme “Legitimacy”",
        "The facilitator, Fay Facilitator added the theme “Legitimacy”",
    ]
    assert changes(lines(owner)[0]) == [("Title", "“Influence”", "“Legitimacy”")]
    assert changes(lines(owner)[1]) == []


def test_days_choices_references_and_yes_or_no_stand_in_words(owner):
    edit_basics(actor=owner, mode="online", starts_on=date(2026, 5, 12), purpose="To learn")
    [line] = lines(owner)
    assert line.who == "You"
    assert set(changes(line)) == {
        ("Mode", "In person", "Online"),
        ("Starts on", "13 May 2026", "12 May 2026"),
        ("Purpose", "–", "“To learn”"),
    }
    theme = ThemeFactory(workshop=owner.workshop, title="Above")
    child = ThemeFactory(workshop=owner.workshop)
    edit_theme(actor=owner, theme=child, parent=theme)
    assert ("Parent", "–", "“Above”") in changes(lines(owner)[0])
    note = NoteFactory(session__workshop=owner.workshop)
    file_notes(actor=owner, theme=theme, notes=[note])
    assert changes(lines(owner)[0]) == [("Notes", "–", f"note {note.sequence}")]


def test_a_reason_stands_beside_what_was_done(owner, browser_of):
    move_phase(actor=owner, workshop=owner.workshop, phase=Phase.LIVE, reason="One more talk")
    [line] = lines(owner)
    assert line.reason == "One more talk"
    assert changes(line) == [("Phase", "Synthesis", "Live")]
    page = browser_of(owner).get(f"/w/{owner.workshop.slug}/history/").content.decode()
    assert "One more talk" in page


def test_what_is_gone_is_told_by_what_it_was_called(owner):
    gone = ThemeFactory(workshop=owner.workshop, title="Gone")
    audit.record(
        "theme.deleted", gone, actor=owner, scope_id=owner.workshop_id, before={"title": "Gone"}
    )
    audit.record("theme.shifted", gone, actor=owner, scope_id=owner.workshop_id)
    gone.delete()
    assert told(owner) == [
        "You moved the theme one that is gone in the order",
        "You deleted the theme “Gone”",
    ]


@pytest.mark.parametrize("rule", AttributionRule)
def test_participants_are_a_participant_whatever_the_rule(rule):
    workshop = WorkshopFactory(attribution_rule=rule, phase=Phase.LIVE)
    owner = ParticipantFactory(workshop=workshop, role=Role.OWNER)
    person = join_workshop(
        workshop=workshop, rule=rule, user=UserFactory(), display_name="Canary Name"
    )
    comment_on_theme(
        actor=person, theme=ThemeFactory(workshop=workshop, published=True), text="Canary words"
    )
    change_oneself(actor=person, display_name="Canary Second", affiliation="Canary Institute")
    whole = [f"{line.who} {line.what} {changes(line)}" for line in lines(owner)]
    assert all(line.startswith("A participant ") for line in whole)
    assert "Canary words" not in str(whole)
    assert "Canary Institute" not in str(whole)


def test_nothing_in_the_log_names_anybody(owner):
    person = join_workshop(
        workshop=owner.workshop,
        rule=owner.workshop.attribution_rule,
        user=None,
        display_name="Canary Name",
        group=GroupFactory(workshop=owner.workshop),
    )
    change_oneself(actor=person, display_name="Canary Second", affiliation="Canary Institute")
    stored = AuditEntry.objects.values_list("before", "after", "reason")
    assert "Canary" not in str(list(stored))


def test_what_isnt_kept_is_told_as_changed(owner):
    person = ParticipantFactory(workshop=owner.workshop)
    change_oneself(actor=person, display_name="Another")
    [field] = lines(owner)[0].changes
    assert (field.label, field.kept) == ("Name", False)


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.RAPPORTEUR])
def test_the_team_reads_what_they_did_themselves(owner, role, browser_of):
    actor = ParticipantFactory(workshop=owner.workshop, role=role)
    edit_basics(actor=owner, venue="Decoy Hall")
    change_oneself(actor=actor, affiliation="Somewhere")
    assert told(actor) == ["You changed what is known of yourself"]
    page = browser_of(actor).get(f"/w/{owner.workshop.slug}/history/?who={owner.pk}")
    assert "Decoy Hall" not in page.content.decode()
    assert "Affiliation" in page.content.decode()


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.OBSERVER])
def test_nobody_else_reads_any(owner, browser_of, role):
    observer = ParticipantFactory(workshop=owner.workshop, role=role)
    edit_basics(actor=owner, venue="Decoy Hall")
    assert lines(observer) == []
    assert browser_of(observer).get(f"/w/{owner.workshop.slug}/history/").status_code == 403


def test_of_another_workshop_nothing_stands_here(owner):
    decoy = ParticipantFactory(role=Role.OWNER)
    edit_basics(actor=decoy, venue="Decoy Hall")
    foreign = ThemeFactory(workshop=decoy.workshop, title="Decoy theme")
    audit.record("theme.shifted", foreign, actor=owner, scope_id=owner.workshop_id)
    assert told(owner) == ["You moved the theme one that is gone in the order"]


def test_it_is_narrowed_by_kind_and_by_who(owner, facilitator):
    add_theme(actor=facilitator, title="Influence")
    edit_basics(actor=owner, venue="Here")
    person = ParticipantFactory(workshop=owner.workshop)
    change_oneself(actor=person, affiliation="There")
    audit.record("workshop.loaded", owner.workshop, actor=None, scope_id=owner.workshop_id)
    audit.record("comment.written", person, actor=None, scope_id=owner.workshop_id)
    assert told(owner, kind="theme") == [
        "The facilitator, Fay Facilitator added the theme “Influence”"
    ]
    assert len(told(owner, who=str(facilitator.pk))) == 1
    assert {line.who for line in lines(owner, who="participants")} == {"A participant"}
    assert len(told(owner, who="participants")) == 2
    assert told(owner, who="system") == ["The system loaded the workshop"]
    assert told(owner, kind="group") == told(owner, kind="theme", who=str(owner.pk)) == []


def test_single_participants_cant_be_asked_for(owner, browser_of):
    person = ParticipantFactory(workshop=owner.workshop, display_name="Canary Name")
    change_oneself(actor=person, affiliation="There")
    assert lines(owner, who=str(person.pk)) == []
    page = browser_of(owner).get(f"/w/{owner.workshop.slug}/history/").content.decode()
    assert str(person.pk) not in page


@pytest.mark.parametrize("bad", ["x", "2026-13-45|x", "|", "2026-05-13T10:00:00Z|x", "\x00"])
def test_nonsense_in_the_address_is_passed_over(owner, browser_of, bad):
    edit_basics(actor=owner, venue="Here")
    page = browser_of(owner).get(
        f"/w/{owner.workshop.slug}/history/", {"before": bad, "who": bad, "kind": "x"}
    )
    assert page.status_code == 200


def test_pages_follow_one_another_without_a_gap(owner, browser_of):
    moment = datetime(2026, 5, 13, 10, tzinfo=UTC)
    # Several within the same moment, across the edge of a page.
    AuditEntry.objects.bulk_create(
        AuditEntry(
            verb="group.added",
            actor_id=owner.pk,
            scope_id=owner.workshop_id,
            subject_type="participants.group",
            subject_id=owner.workshop_id,
            after={"plural": f"group {number}"},
            at=moment + timedelta(minutes=number // 7),
        )
        for number in range(PAGE * 2 + 3)
    )
    seen: list[str] = []
    before = ""
    for _ in range(3):
        found = history(owner, Filters(before=before))
        seen += [line.what for day in found.days for line in day.lines]
        before = found.older
    assert before == ""
    assert len(seen) == len(set(seen)) == PAGE * 2 + 3
    page = browser_of(owner).get(f"/w/{owner.workshop.slug}/history/?kind=group").content.decode()
    assert "?kind=group&amp;before=" in page


def test_days_are_those_of_the_workshop(owner):
    owner.workshop.time_zone = "Pacific/Auckland"
    AuditEntry.objects.create(
        verb="workshop.loaded",
        scope_id=owner.workshop_id,
        subject_type="workshops.workshop",
        subject_id=owner.workshop_id,
        at=datetime(2026, 5, 13, 20, tzinfo=UTC),
    )
    [day] = history(owner, Filters()).days
    assert day.day.isoformat() == "2026-05-14"


def test_as_many_queries_for_fifty_lines_as_for_one(owner):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            lines(owner)
        return len(asked)

    group = GroupFactory(workshop=owner.workshop)
    change_group(actor=owner, group=group, plural="scholars")
    edit_theme(actor=owner, theme=ThemeFactory(workshop=owner.workshop), title="One")
    queries()
    before = queries()
    for number in range(20):
        change_group(actor=owner, group=group, plural=f"scholars {number}")
        edit_theme(actor=owner, theme=ThemeFactory(workshop=owner.workshop), title=str(number))
    assert queries() == before


def test_a_long_text_is_shown_in_short_first(owner, browser_of):
    edit_basics(actor=owner, purpose="Long. " * 60)
    page = browser_of(owner).get(f"/w/{owner.workshop.slug}/history/").content.decode()
    assert "<summary>Purpose</summary>" in page


def test_what_people_wrote_stands_as_text(owner, browser_of):
    add_theme(actor=owner, title="<script>alert(1)</script>")
    page = browser_of(owner).get(f"/w/{owner.workshop.slug}/history/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


# When participants did something


MORNING = datetime(2026, 5, 13, 9, 17, tzinfo=UTC)


@pytest.fixture
def day(owner):
    """A day on which the owner and two participants took turns, minute by minute."""
    people = ParticipantFactory.create_batch(2, workshop=owner.workshop)
    for minute in range(6):
        actor = owner if minute % 2 else people[minute // 2 % 2]
        happened(owner.workshop, actor, minute, at=MORNING + timedelta(minutes=minute))
    return owner


def happened(workshop, actor, number, at):
    return AuditEntry.objects.create(
        verb="group.added",
        actor_id=actor and actor.pk,
        scope_id=workshop.pk,
        subject_type="participants.group",
        subject_id=workshop.pk,
        after={"plural": f"thing {number}"},
        at=at,
    )


def under(owner, rule, session_rule=""):
    Workshop.objects.filter(pk=owner.workshop_id).update(attribution_rule=rule)
    SessionFactory(workshop=owner.workshop, attribution_rule=session_rule)
    owner.workshop.refresh_from_db()


@pytest.mark.parametrize(
    ("rule", "session_rule"),
    [
        (AttributionRule.CHATHAM_HOUSE, ""),
        (AttributionRule.ANONYMOUS, ""),
        (AttributionRule.ON_RECORD, AttributionRule.CHATHAM_HOUSE),
    ],
)
def test_what_participants_did_is_told_by_the_day_and_between_no_others(
    day, browser_of, rule, session_rule
):
    under(day, rule, session_rule)
    told = lines(day)
    # The owner's own, by the minute; then what participants did, without a time.
    assert [line.at and line.at.minute for line in told] == [22, 20, 18, None, None, None]
    assert [line.who for line in told] == ["You"] * 3 + ["A participant"] * 3
    page = browser_of(day).get(f"/w/{day.workshop.slug}/history/").content.decode()
    assert "09:18" in page
    for minute in ("09:17", "09:19", "09:21"):
        assert minute not in page
    assert "the minute can be a name" in page
    # Asked for by themselves they have none either.
    assert [line.at for line in lines(day, who="participants")] == [None] * 3


def test_their_order_says_nothing(day):
    # As the ids fall, which are random.
    numbers = [line.what.rpartition("thing ")[2].rstrip("”") for line in lines(day)[3:]]
    entries = AuditEntry.objects.exclude(actor_id=day.pk).order_by("-id")
    assert [f"thing {number}" for number in numbers] == [each.after["plural"] for each in entries]


def test_on_the_record_it_is_told_by_the_minute(day, browser_of):
    under(day, AttributionRule.ON_RECORD)
    assert [line.at.minute for line in lines(day)] == [22, 21, 20, 19, 18, 17]
    page = browser_of(day).get(f"/w/{day.workshop.slug}/history/").content.decode()
    assert "09:17" in page
    assert "the minute can be a name" not in page


def test_the_address_of_the_next_page_tells_no_minute_either(day):
    for number in range(PAGE):
        happened(day.workshop, None, number + 10, at=MORNING + timedelta(seconds=number))
    first = history(day, Filters())
    assert first.older.startswith("2026-05-13T00:00:00")
    second = history(day, Filters(before=first.older))
    found = [line.what for part in (first, second) for each in part.days for line in each.lines]
    assert len(found) == len(set(found)) == PAGE + 6
    assert second.older == ""
