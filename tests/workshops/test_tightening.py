"""Rules that people relied on become stricter, never looser; what they forbid is forgotten."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from apps.core.exceptions import RuleViolation
from apps.notes.models import Note
from apps.notes.selectors import thoughts_by_state
from apps.notes.services import send_thought
from apps.themes.models import Comment
from apps.workshops.models import AttributionRule, Role, Session, Workshop
from apps.workshops.services import add_session, change_session, edit_basics
from tests.factories import (
    CommentFactory,
    GroupFactory,
    NoteFactory,
    ParticipantFactory,
    SessionFactory,
    ThemeFactory,
    ThoughtFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db
ON_RECORD, CHATHAM_HOUSE, ANONYMOUS = AttributionRule


@pytest.fixture
def owner():
    return ParticipantFactory(role=Role.OWNER)


@pytest.fixture
def workshop(owner):
    return owner.workshop


@pytest.fixture
def session(workshop):
    return SessionFactory(workshop=workshop)


def refused_by_the_database(row, **values):
    """Whether the database refuses to set `values`, whoever asks."""
    try:
        with transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**values)
    except IntegrityError:
        return True
    return False


def refused(service, **values):
    try:
        with transaction.atomic():
            service(**values)
    except RuleViolation as refusal:
        return set(refusal.fields)
    return set()


RELIED = ["note", "thought", "person"]


def rely(workshop, how, session):
    """Let somebody rely on the rules in force: be noted down, send a thought, or join."""
    if how == "note":
        NoteFactory(session=session)
    elif how == "thought":
        ThoughtFactory(session=session, author=None)
    elif how == "person":
        ParticipantFactory(workshop=workshop, consented_at=datetime.now(UTC))


@pytest.mark.parametrize("content", RELIED)
@pytest.mark.parametrize("now", AttributionRule)
@pytest.mark.parametrize("then", AttributionRule)
def test_a_workshops_rule_once_somebody_relied_on_it(owner, workshop, now, then, content):
    workshop.attribution_rule = now
    workshop.save()
    rely(workshop, content, SessionFactory(workshop=workshop))
    looser = list(AttributionRule).index(then) < list(AttributionRule).index(now)
    assert bool(refused(edit_basics, actor=owner, attribution_rule=then)) == looser
    workshop.refresh_from_db()
    assert workshop.attribution_rule == (now if looser else then)
    if looser:
        assert refused_by_the_database(workshop, attribution_rule=then)


@pytest.mark.parametrize(
    ("rule", "content", "may"),
    [
        (CHATHAM_HOUSE, False, True),
        (CHATHAM_HOUSE, True, False),
        (ANONYMOUS, True, False),
        # On the record it is kept as it is.
        (ON_RECORD, True, True),
    ],
)
def test_who_spoke_is_not_kept_where_people_were_told_otherwise(
    owner, workshop, rule, content, may
):
    workshop.attribution_rule = rule
    workshop.save()
    if content:
        NoteFactory(session__workshop=workshop)
    assert refused_by_the_database(workshop, keep_speakers=True) == (not may)
    Workshop.objects.filter(pk=workshop.pk).update(keep_speakers=False)
    refusal = refused(edit_basics, actor=owner, keep_speakers=True)
    assert refusal == (set() if may else {"keep_speakers"})
    # It may be given up at any time.
    edit_basics(actor=owner, keep_speakers=False)


@pytest.mark.parametrize("whole", AttributionRule)
@pytest.mark.parametrize("rule", AttributionRule)
def test_a_session_is_no_looser_than_the_workshop(owner, workshop, whole, rule):
    workshop.attribution_rule = whole
    workshop.save()
    order = list(AttributionRule)
    looser = order.index(rule) < order.index(whole)
    at_field = {"attribution_rule"} if looser else set()
    assert refused(add_session, actor=owner, title="A", attribution_rule=rule) == at_field
    session = SessionFactory(workshop=workshop)
    assert refused_by_the_database(session, attribution_rule=rule) == looser
    Session.objects.filter(pk=session.pk).update(attribution_rule="")
    assert refused(change_session, actor=owner, session=session, attribution_rule=rule) == at_field
    if looser:
        with pytest.raises(IntegrityError), transaction.atomic():
            SessionFactory(workshop=workshop, attribution_rule=rule)


@pytest.mark.parametrize("relied", [*RELIED, ""])
@pytest.mark.parametrize(
    ("whole", "now", "then", "looser"),
    [
        (ON_RECORD, CHATHAM_HOUSE, "", True),
        (ON_RECORD, CHATHAM_HOUSE, ON_RECORD, True),
        (ON_RECORD, CHATHAM_HOUSE, ANONYMOUS, False),
        (ON_RECORD, ANONYMOUS, CHATHAM_HOUSE, True),
        (CHATHAM_HOUSE, ANONYMOUS, "", True),
        # The same in force by another name.
        (CHATHAM_HOUSE, CHATHAM_HOUSE, "", False),
        (CHATHAM_HOUSE, "", CHATHAM_HOUSE, False),
        (CHATHAM_HOUSE, "", ANONYMOUS, False),
    ],
)
def test_a_sessions_rule_once_somebody_relied_on_it(  # noqa: PLR0917 - cells of a table
    owner, workshop, whole, now, then, looser, relied
):
    workshop.attribution_rule = whole
    workshop.save()
    session = SessionFactory(workshop=workshop, attribution_rule=now)
    rely(workshop, relied, session)
    at_field = {"attribution_rule"} if looser and relied else set()
    assert refused(change_session, actor=owner, session=session, attribution_rule=then) == at_field
    session.refresh_from_db()
    assert session.attribution_rule == (now if at_field else then)
    assert refused_by_the_database(session, attribution_rule=then) == bool(at_field)


def test_who_sent_a_thought_is_never_told_afterwards(owner, workshop):
    """What its author was told when they sent it goes on to hold, whatever the owner does."""
    workshop.attribution_rule = ON_RECORD
    workshop.save()
    session = SessionFactory(workshop=workshop, attribution_rule=CHATHAM_HOUSE, takes_thoughts=True)
    ruth = ParticipantFactory(workshop=workshop, display_name="Ruth Okafor")
    send_thought(actor=ruth, session=session, text="Nobody asked the crews")
    change = {"actor": owner, "session": session, "attribution_rule": ""}
    assert refused(change_session, **change) == {"attribution_rule"}
    [shown] = thoughts_by_state(owner)["waiting"]
    assert (shown.thought.text, shown.speaker) == ("Nobody asked the crews", "")


def test_a_session_that_is_stricter_may_be_changed_once_the_workshop_has_caught_up(owner, workshop):
    workshop.attribution_rule = ON_RECORD
    workshop.save()
    session = SessionFactory(workshop=workshop, attribution_rule=CHATHAM_HOUSE)
    NoteFactory(session=session)
    edit_basics(actor=owner, attribution_rule=ANONYMOUS)
    change_session(actor=owner, session=session, title="Another title")
    session.refresh_from_db()
    assert (session.title, session.attribution_rule) == ("Another title", CHATHAM_HOUSE)


@pytest.mark.parametrize("by", ["service", "database"])
@pytest.mark.parametrize("whose", ["workshop", "session"])
def test_what_leads_to_people_goes_when_a_rule_becomes_anonymous(
    owner, workshop, session, whose, by
):
    group, other = GroupFactory(workshop=workshop), SessionFactory(workshop=workshop)
    reader = ParticipantFactory(workshop=workshop)
    notes = [
        NoteFactory(session=each, group=group, recorded_by=taker)
        for each in (session, other) for taker in (owner, reader)
    ]  # fmt: skip
    theme = ThemeFactory(workshop=workshop)
    comments = [CommentFactory(theme=theme, author=author) for author in (owner, reader)]
    elsewhere = NoteFactory(group=GroupFactory(workshop=(there := WorkshopFactory())),
                            session=SessionFactory(workshop=there))  # fmt: skip
    row = workshop if whose == "workshop" else session
    if by == "database":
        type(row).objects.filter(pk=row.pk).update(attribution_rule=ANONYMOUS)
    elif whose == "workshop":
        edit_basics(actor=owner, attribution_rule=ANONYMOUS)
    else:
        change_session(actor=owner, session=session, attribution_rule=ANONYMOUS)

    def left(note):
        return Note.objects.values_list("group", "recorded_by").get(pk=note.pk)

    nothing, all_of_it = (None, None), (group.pk, reader.pk)
    assert [left(note) for note in notes[:2]] == [(None, owner.pk), nothing]
    rest = [(None, owner.pk), nothing] if whose == "workshop" else [(group.pk, owner.pk), all_of_it]
    assert [left(note) for note in notes[2:]] == rest
    assert left(elsewhere)[0] is not None
    authors = [Comment.objects.get(pk=comment.pk).author for comment in comments]
    assert authors == [owner, None if whose == "workshop" else reader]


def test_nothing_that_leads_to_people_is_written_under_the_anonymous_rule(owner, workshop):
    edit_basics(actor=owner, attribution_rule=ANONYMOUS)
    theme = ThemeFactory(workshop=workshop)
    with pytest.raises(IntegrityError), transaction.atomic():
        CommentFactory(theme=theme, author=ParticipantFactory(workshop=workshop))
    anonymous = CommentFactory(theme=theme, author=None)
    assert CommentFactory(theme=theme, author=owner)
    assert refused_by_the_database(anonymous, author=ParticipantFactory(workshop=workshop).pk)


def test_the_rule_of_a_session_on_its_page(owner, session, browser_of):
    url = reverse("workshops:change_session", args=[owner.workshop.slug, session.pk])
    client = browser_of(owner)
    page = client.get(url).content.decode()
    assert "Rule for this session" in page
    assert "As in the whole workshop" in page
    body = {"title": "In confidence", "kind": "plenary", "version": session.version}
    answer = client.post(url, {**body, "attribution_rule": ON_RECORD})
    assert answer.status_code == 422
    assert "can only be stricter than that of the whole workshop" in answer.content.decode()
    assert client.post(url, {**body, "attribution_rule": ANONYMOUS}).status_code == 302
    session.refresh_from_db()
    assert session.attribution_rule == ANONYMOUS


def test_the_rule_of_a_session_over_the_api(owner, workshop, api_of):
    url = f"/api/v1/workshops/{workshop.slug}/sessions/"
    made = api_of(owner).post(url, {"title": "In confidence", "attribution_rule": ANONYMOUS})
    assert (made.status_code, made.json()["attribution_rule"]) == (201, ANONYMOUS)
    session = Session.objects.get()
    NoteFactory(session=session)
    refusal = api_of(owner).patch(f"{url}{session.pk}/", {"attribution_rule": ""})
    assert refusal.status_code == 422, refusal.json()
    assert refusal.json()["errors"].keys() == {"attribution_rule"}


@pytest.mark.parametrize(
    "name", ["0005_rules_tighten_and_forget", "0010_sessions_tighten_for_all_who_relied"]
)
def test_the_triggers_can_be_taken_back(name):
    """The backward half of the migration leaves the database as it found it."""
    from importlib import import_module

    migration = import_module(f"apps.workshops.migrations.{name}")
    with connection.cursor() as cursor:
        cursor.execute(migration.BACKWARD)
        cursor.execute(migration.FORWARD)
