"""What somebody reads, changes and erases of themselves."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.core.exceptions import NotPermitted, RuleViolation
from apps.core.holdings import StillThere
from apps.core.models import AuditEntry
from apps.participants.models import (
    GroupMembership,
    LinkPurpose,
    Participant,
    PersonalLink,
    RosterDraft,
)
from apps.participants.selectors import printed_roster
from apps.participants.services import (
    change_oneself,
    forget_person,
    forgetting,
    join_workshop,
    start_workshop,
)
from apps.themes.models import Comment, CommentState
from apps.workshops.models import AttributionRule, Phase, Role, Workshop
from tests.factories import (
    CommentFactory,
    EvidenceFactory,
    GroupFactory,
    MemoVersionFactory,
    NoteFactory,
    ParticipantFactory,
    ThemeFactory,
    UserFactory,
)
from tests.participants.test_purging import everything_stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme():
    return ThemeFactory(published=True, title="Deadlines")


@pytest.fixture
def person(theme):
    """A participant with an account, who said something of the theme, and has a link."""
    found = ParticipantFactory(
        workshop=theme.workshop,
        group=GroupFactory(workshop=theme.workshop, singular="scholar", plural="scholars"),
        display_name="Canary Name",
        affiliation="Canary Institute",
        email="canary@example.org",
        consented_at=timezone.now(),
    )
    PersonalLink.objects.create(
        participant=found,
        purpose=LinkPurpose.INVITATION,
        digest="d" * 64,
        expires_at=timezone.now() + timedelta(days=9),
        used_at=timezone.now(),
    )
    return found


@pytest.fixture
def page(theme):
    return f"/w/{theme.workshop.slug}/yourself/"


def browser_that_joined(person: Participant) -> Client:
    """Return a client that acts as somebody without an account."""
    client = Client()
    session = client.session
    session["joined"] = {str(person.workshop_id): str(person.pk)}
    session.save()
    return client


def test_the_page_shows_all_that_is_held(theme, person, page, browser_of):
    CommentFactory(theme=theme, author=person, text="Dates must be kept.")
    hidden = ThemeFactory(workshop=theme.workshop, title="A draft")
    CommentFactory(theme=hidden, author=person, text="Said before it was hidden.")
    CommentFactory(theme=theme, text="Somebody else said this.")
    person.workshop.memos.create()
    memo = person.workshop.memos.get()
    for version, draft in (("Draft 1", True), ("Version 2", False)):
        content = {"version": version, "draft": draft, "blocks": []}
        MemoVersionFactory(memo=memo, content=content, naming=[person.pk])
    shown = browser_of(person).get(page).content.decode()
    for told in (
        "Canary Name", "Canary Institute", "canary@example.org", "scholars", "Invitation",
        "Dates must be kept.", "on “Deadlines”", "Said before it was hidden.", "Version 2",
        person.user.email,
    ):  # fmt: skip
        assert told in shown, told
    assert "Somebody else said this." not in shown
    assert "A draft" not in shown
    assert "Draft 1" not in shown


def test_the_file_holds_the_same(theme, person, page, browser_of):
    comment = CommentFactory(theme=theme, author=person)
    answer = browser_of(person).get(f"{page}held.json")
    assert "attachment" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    held = answer.json()["held"]
    texts = {item["text"] for each in held.values() for item in each["items"]}
    assert {"Canary Name", "canary@example.org", "scholars", comment.text} <= texts
    assert all(each["erasing"] for each in held.values())


def test_the_api_tells_the_same(theme, person, api_of):
    CommentFactory(theme=theme, author=person)
    url = f"/api/v1/workshops/{theme.workshop.slug}/participants/me/held/"
    found = {each["key"]: each["items"] for each in api_of(person).get(url).json()}
    assert len(found["comments"]) == 1
    assert {"account", "person", "groups", "links", "history", "memos"} <= found.keys()


def test_someone_without_an_account_reads_of_their_cookie(theme, page):
    person = ParticipantFactory(workshop=theme.workshop, user=None)
    shown = browser_that_joined(person).get(page).content.decode()
    assert "A cookie that says who you are here." in shown
    assert "Leave on this device" in shown


def test_as_many_queries_for_much_as_for_little(theme, person, page, browser_of):
    browser = browser_of(person)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(page).status_code == 200
        return len(asked)

    CommentFactory(theme=theme, author=person)
    queries()
    before = queries()
    CommentFactory.create_batch(20, theme=theme, author=person)
    assert queries() == before


def test_one_changes_as_whom_one_is_here(person, page, browser_of):
    other = GroupFactory(workshop=person.workshop, singular="official", plural="officials")
    values = {
        "display_name": " New Name ", "affiliation": "", "listing": "name",
        "group": str(other.pk), "version": person.version,
    }  # fmt: skip
    browser = browser_of(person)
    assert browser.post(page, values).status_code == 302
    person.refresh_from_db()
    assert (person.display_name, person.affiliation, person.listing) == ("New Name", "", "name")
    assert list(person.groups.all()) == [other]
    entries = AuditEntry.objects.filter(scope_id=person.workshop_id)
    assert {entry.verb for entry in entries} == {"participant.changed", "participant.group_chosen"}
    told = str(list(entries.values_list("before", "after")))
    assert "Name" not in told
    assert "Institute" not in told
    stale = browser.post(page, {**values, "display_name": "Third"})
    assert stale.status_code == 409
    assert "The organisers changed this meanwhile" in stale.content.decode()
    assert "New Name" in stale.content.decode()


def test_whoever_started_the_workshop_can_be_listed(browser_of):
    owner = start_workshop(user=UserFactory(name="Imke Vos"), title="A", starts_on=date(2027, 3, 9))
    page = f"/w/{owner.workshop.slug}/yourself/"
    values = {"display_name": "Imke Vos", "affiliation": "Leiden", "listing": "none"}
    browser_of(owner).post(page, {**values, "version": 1})
    owner.refresh_from_db()
    assert (owner.affiliation, owner.consented_at) == ("Leiden", None)
    assert not printed_roster(owner.workshop, []).named
    browser_of(owner).post(page, {**values, "listing": "full", "version": 2})
    [listed] = printed_roster(owner.workshop, []).named
    assert (listed.name, listed.affiliation) == ("Imke Vos", "Leiden")


@pytest.mark.parametrize(
    ("rule", "asked"),
    [
        (AttributionRule.ON_RECORD, {"listing", "group", "attribution"}),
        (AttributionRule.CHATHAM_HOUSE, {"listing", "group"}),
        (AttributionRule.ANONYMOUS, set()),
    ],
)
def test_only_what_the_rule_lets_be_kept_is_asked(browser_of, rule, asked):
    person = ParticipantFactory(workshop__attribution_rule=rule)
    GroupFactory(workshop=person.workshop)
    shown = browser_of(person).get(f"/w/{person.workshop.slug}/yourself/").content.decode()
    found = {name for name in ("listing", "group", "attribution") if f'name="{name}"' in shown}
    assert found == asked


def test_under_the_anonymous_rule_no_group_is_taken(person):
    Workshop.objects.update(attribution_rule=AttributionRule.ANONYMOUS)
    GroupMembership.objects.all().delete()
    with pytest.raises(RuleViolation):
        change_oneself(actor=person, group=person.workshop.groups.get())


def test_a_group_of_elsewhere_is_refused(person, api_of):
    with pytest.raises(RuleViolation):
        change_oneself(actor=person, group=GroupFactory())
    url = f"/api/v1/workshops/{person.workshop.slug}/participants/me/"
    assert api_of(person).patch(url, {"group": str(GroupFactory().pk)}).status_code == 400
    changed = api_of(person).patch(url, {"display_name": "By API", "group": None})
    assert (changed.status_code, changed.json()["display_name"]) == (200, "By API")
    assert changed.json()["groups"] == []


def test_nobody_changes_anybody_else(person):
    other = ParticipantFactory(workshop=person.workshop)
    with pytest.raises(NotPermitted):
        forget_person(actor=other, participant=person)
    person.refresh_from_db()
    assert person.display_name == "Canary Name"


def test_erasing_leaves_nothing_that_leads_back(theme, person, page, browser_of):
    answered = CommentFactory(theme=theme, author=person, text="Answered")
    reply = CommentFactory(theme=theme, reply_to=answered)
    loose = CommentFactory(theme=theme, author=person, text="Loose")
    browser = browser_of(person)
    said = browser.get(f"{page}erase/").content.decode()
    assert "They stay, as those of a participant, or of your group" in said
    assert browser.post(f"{page}erase/", {}).status_code == 422
    done = browser.post(f"{page}erase/", {"understood": "on"}, follow=True)
    assert "You have been erased" in done.content.decode()
    stored = everything_stored()
    for canary in ("Canary", "canary@example.org", "d" * 64):
        assert canary not in stored
    person.refresh_from_db()
    assert (person.user, person.removed_at is None, person.listing) == (None, False, "none")
    authors = dict(Comment.objects.values_list("pk", "author"))
    assert authors == {answered.pk: None, loose.pk: None, reply.pk: reply.author_id}
    assert browser.get(page).status_code == 404
    assert browser.get("/").status_code == 200


def test_what_nobody_answered_can_be_deleted_with_it(theme, person, page, browser_of):
    answered = CommentFactory(theme=theme, author=person)
    CommentFactory(theme=theme, reply_to=answered)
    decided = CommentFactory(
        theme=theme, author=person, state=CommentState.DECLINED, decision="Out of scope"
    )
    own_reply = CommentFactory(theme=theme, author=person, reply_to=CommentFactory(theme=theme))
    loose = CommentFactory(theme=theme, author=person)
    others = CommentFactory(theme=theme)
    form = {"understood": "on", "unanswered": "delete"}
    browser_of(person).post(f"{page}erase/", form)
    left = set(Comment.objects.values_list("pk", flat=True))
    assert {answered.pk, decided.pk, others.pk} <= left
    assert not {own_reply.pk, loose.pk} & left


def test_someone_without_an_account_erases_themselves_and_is_forgotten(theme, page):
    person = ParticipantFactory(workshop=theme.workshop, user=None)
    browser = browser_that_joined(person)
    before = browser.session.session_key
    done = browser.post(f"{page}erase/", {"understood": "on"}, follow=True)
    assert done.redirect_chain[-1][0] == "/join/"
    assert "You have been erased" in done.content.decode()
    assert browser.session.get("joined") == {}
    assert browser.session.session_key != before
    person.refresh_from_db()
    assert person.removed_at


def test_the_same_account_may_join_anew_as_somebody_new(person):
    account = person.user
    forget_person(actor=person, participant=person)
    again = join_workshop(
        workshop=person.workshop, rule=person.workshop.attribution_rule, user=account
    )
    assert again.pk != person.pk


def test_the_only_owner_stays(page, theme, browser_of):
    owner = ParticipantFactory(workshop=theme.workshop, role=Role.OWNER)
    browser = browser_of(owner)
    assert "You are the only owner" in browser.get(f"{page}erase/").content.decode()
    assert browser.post(f"{page}erase/", {"understood": "on"}).status_code == 422
    ParticipantFactory(workshop=theme.workshop, role=Role.OWNER, admitted_at=None)
    with pytest.raises(RuleViolation):
        forget_person(actor=owner, participant=owner)
    ParticipantFactory(workshop=theme.workshop, role=Role.OWNER)
    assert browser.post(f"{page}erase/", {"understood": "on"}).status_code == 302


def test_what_the_team_did_stays_with_its_role(theme, browser_of):
    facilitator = ParticipantFactory(
        workshop=theme.workshop, role=Role.FACILITATOR, display_name="Canary Name"
    )
    answer = CommentFactory(theme=theme, author=facilitator)
    note = NoteFactory(session__workshop=theme.workshop, recorded_by=facilitator)
    EvidenceFactory(annotation__theme=theme, note=note, attached_by=facilitator)
    forget_person(actor=facilitator, participant=facilitator)
    for row in (note, answer):
        row.refresh_from_db()
    assert (note.recorded_by, answer.author_id) == (None, None)
    reader = browser_of(ParticipantFactory(workshop=theme.workshop))
    shown = reader.get(f"/w/{theme.workshop.slug}/themes/{theme.pk}/").content.decode()
    assert "the facilitator" in shown.lower()
    assert "Canary" not in everything_stored()


@pytest.mark.parametrize("phase", Phase)
def test_erasing_waits_for_no_phase(person, phase):
    Workshop.objects.update(phase=phase)
    forget_person(actor=person, participant=person)
    assert AuditEntry.objects.get(verb="participant.erased").actor_id == person.pk


def test_the_owner_erases_somebody_who_asks(person):
    owner = ParticipantFactory(workshop=person.workshop, role=Role.OWNER)
    removed = forget_person(actor=owner, participant=person)
    assert removed["people’s names, addresses, affiliations and accounts"] == 1
    with pytest.raises(NotPermitted):
        forget_person(actor=ParticipantFactory(role=Role.OWNER), participant=person)


def test_no_list_that_is_being_looked_at_brings_them_back(person):
    owner = ParticipantFactory(workshop=person.workshop, role=Role.OWNER)
    elsewhere = ParticipantFactory(role=Role.OWNER)
    for by in (owner, elsewhere):
        RosterDraft.objects.create(workshop=by.workshop, made_by=by, rows=[["Canary Name"]])
    forget_person(actor=person, participant=person)
    assert RosterDraft.objects.get().workshop == elsewhere.workshop


def test_if_anything_is_left_nobody_is_erased_by_half(person, monkeypatch):
    contributed = forgetting.contributed

    def stubborn(place, **subject):
        removals = contributed(place, **subject)
        removals[-1] = type(removals[-1])("stubborn things", lambda: 1, lambda: 1)
        return removals

    monkeypatch.setattr(forgetting, "contributed", stubborn)
    before = everything_stored()
    with pytest.raises(StillThere, match="1 stubborn things"):
        forget_person(actor=person, participant=person)
    assert everything_stored() == before
