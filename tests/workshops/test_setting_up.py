"""Setting up: the basics, the sessions, the guiding questions, the groups."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from apps.core.exceptions import NotPermitted, RuleViolation
from apps.core.models import AuditEntry
from apps.participants.models import Group
from apps.participants.services import add_group, change_group
from apps.workshops.models import AttributionRule, Phase, Role, Session
from apps.workshops.services import (
    add_guiding_question,
    add_session,
    change_guiding_question,
    change_session,
    edit_basics,
)
from tests.factories import (
    GroupFactory,
    GuidingQuestionFactory,
    NoteFactory,
    ParticipantFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return ParticipantFactory(role=Role.OWNER)


@pytest.fixture
def setup(owner):
    return f"/w/{owner.workshop.slug}/set-up/"


def basics(workshop, **changes):
    return {
        "title": workshop.title,
        "starts_on": workshop.starts_on.isoformat(),
        "ends_on": workshop.ends_on.isoformat(),
        "mode": workshop.mode,
        "time_zone": workshop.time_zone,
        "attribution_rule": workshop.attribution_rule,
        "language": workshop.language,
        "version": workshop.version,
        **changes,
    }


# -- the basics ------------------------------------------------------------------------------


def test_what_is_left_out_stays(owner):
    workshop = edit_basics(actor=owner, title="Another title")
    assert (workshop.title, workshop.number_present) == ("Another title", 12)
    entry = AuditEntry.objects.get()
    assert (entry.scope_id, entry.after) == (owner.workshop_id, {"title": "Another title"})


def test_the_last_day_is_checked_against_the_first_that_is_there(owner):
    with pytest.raises(RuleViolation) as refusal:
        edit_basics(actor=owner, ends_on=date(2026, 5, 12))
    assert refusal.value.fields.keys() == {"ends_on"}


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.RAPPORTEUR, Role.PARTICIPANT])
def test_only_the_owner_sets_up(owner, browser_of, setup, role):
    other = ParticipantFactory(workshop=owner.workshop, role=role)
    with pytest.raises(NotPermitted):
        edit_basics(actor=other, title="Mine")
    for page in ("", "basics/", "sessions/new/", "questions/new/", "groups/new/"):
        assert browser_of(other).get(f"{setup}{page}").status_code == 403


def test_nothing_is_set_up_once_it_is_published(owner):
    owner.workshop.phase = Phase.PUBLISHED
    with pytest.raises(NotPermitted):
        edit_basics(actor=owner, title="Late")


def test_the_form_saves_and_leads_back(owner, browser_of, setup):
    answer = browser_of(owner).post(
        f"{setup}basics/", basics(owner.workshop, venue="The old mill", ends_on="")
    )
    assert answer.headers["Location"] == f"{setup}#basics"
    owner.workshop.refresh_from_db()
    assert (owner.workshop.venue, owner.workshop.ends_on) == ("The old mill", date(2026, 5, 13))


def test_what_a_workshop_holds_is_offered(owner, browser_of, setup):
    owner.workshop.language = "en-GB"
    owner.workshop.time_zone = "EST5EDT"
    owner.workshop.save()
    page = browser_of(owner).get(f"{setup}basics/").content.decode()
    assert '<option value="en-GB" selected>' in page
    assert browser_of(owner).post(f"{setup}basics/", basics(owner.workshop)).status_code == 302


def test_a_conflict_shows_both_texts_and_saves_knowingly(owner, browser_of, setup):
    sent = basics(owner.workshop, venue="Mine")
    edit_basics(actor=owner, venue="Theirs")
    conflict = browser_of(owner).post(f"{setup}basics/", sent)
    page = conflict.content.decode()
    assert conflict.status_code == 409
    assert '<th scope="row">Venue</th><td>Theirs</td>' in page
    assert 'value="Mine"' in page
    assert '<input type="hidden" name="version" value="2"' in page
    assert '<th scope="row">Title</th>' not in page
    browser_of(owner).post(f"{setup}basics/", {**sent, "version": 2})
    owner.workshop.refresh_from_db()
    assert owner.workshop.venue == "Mine"


# -- the attribution rule --------------------------------------------------------------------


@pytest.fixture(params=["a note", "someone who joined"])
def content(request, owner):
    if request.param == "a note":
        NoteFactory(session__workshop=owner.workshop)
    else:
        ParticipantFactory(workshop=owner.workshop, consented_at=datetime.now(UTC))


def test_before_anyone_relied_on_it_the_rule_can_be_loosened(owner):
    NoteFactory()
    ParticipantFactory(workshop=owner.workshop)
    workshop = edit_basics(actor=owner, attribution_rule=AttributionRule.ON_RECORD)
    assert workshop.attribution_rule == AttributionRule.ON_RECORD


def test_then_it_can_only_become_stricter(owner, content):
    with pytest.raises(RuleViolation) as refusal:
        edit_basics(actor=owner, attribution_rule=AttributionRule.ON_RECORD, title="Else")
    assert refusal.value.fields.keys() == {"attribution_rule"}
    owner.workshop.refresh_from_db()
    assert owner.workshop.attribution_rule == AttributionRule.CHATHAM_HOUSE
    workshop = edit_basics(actor=owner, attribution_rule=AttributionRule.ANONYMOUS)
    assert workshop.attribution_rule == AttributionRule.ANONYMOUS


def test_the_database_refuses_it_as_well(owner, content):
    owner.workshop.attribution_rule = AttributionRule.ON_RECORD
    with pytest.raises(IntegrityError, match="stricter"), transaction.atomic():
        owner.workshop.save()
    owner.workshop.attribution_rule = AttributionRule.ANONYMOUS
    owner.workshop.save()


def test_the_form_says_so_in_a_sentence(owner, browser_of, setup, content):
    answer = browser_of(owner).post(
        f"{setup}basics/", basics(owner.workshop, attribution_rule="on_record", venue="Kept")
    )
    assert answer.status_code == 422
    assert "only become stricter" in answer.content.decode()
    assert 'value="Kept"' in answer.content.decode()


# -- sessions --------------------------------------------------------------------------------


def at(hour: int) -> datetime:
    return datetime(2026, 5, 13, hour, tzinfo=UTC)


def titles(owner) -> list[str]:
    return [session.title for session in Session.objects.filter(workshop=owner.workshop)]


def test_sessions_stand_in_the_order_of_the_clock(owner):
    add_session(actor=owner, title="Opening")
    add_session(actor=owner, title="After lunch", starts_at=at(14), ends_at=at(15))
    late = add_session(actor=owner, title="Morning", starts_at=at(10))
    add_session(actor=owner, title="Between talks")
    assert titles(owner) == ["Opening", "Morning", "After lunch", "Between talks"]
    change_session(actor=owner, session=late, version=1, starts_at=at(16))
    assert titles(owner) == ["Opening", "After lunch", "Between talks", "Morning"]


def test_a_session_cannot_end_before_it_starts(owner, browser_of, setup):
    with pytest.raises(RuleViolation):
        add_session(actor=owner, title="Odd", starts_at=at(10), ends_at=at(9))
    answer = browser_of(owner).post(
        f"{setup}sessions/new/",
        {
            "title": "Odd",
            "kind": "talk",
            "starts_at": "2026-05-13T10:00",
            "ends_at": "2026-05-13T09:00",
        },
    )
    assert answer.status_code == 422
    assert 'value="Odd"' in answer.content.decode()
    assert not Session.objects.exists()


def test_hours_are_those_of_the_workshops_place(owner, browser_of, setup):
    owner.workshop.time_zone = "America/New_York"
    owner.workshop.save()
    form = {"title": "Opening", "kind": "plenary", "starts_at": "2026-05-13T09:00"}
    browser = browser_of(owner)
    assert browser.post(f"{setup}sessions/new/", form).headers["Location"] == f"{setup}#sessions"
    session = Session.objects.get()
    assert session.starts_at == at(13)
    assert "09:00" in browser.get(setup).content.decode()
    page = browser.get(f"{setup}sessions/{session.pk}/").content.decode()
    assert 'value="2026-05-13T09:00"' in page


def test_a_session_of_another_workshop_is_not_there(owner, browser_of, setup):
    foreign = SessionFactory()
    answer = browser_of(owner).post(
        f"{setup}sessions/{foreign.pk}/", {"title": "Mine", "kind": "talk"}
    )
    assert answer.status_code == 404
    with pytest.raises(NotPermitted):
        change_session(actor=owner, session=foreign, title="Mine")


# -- guiding questions -----------------------------------------------------------------------


def test_questions_frame_the_day_or_arise_in_it(owner):
    session = SessionFactory(workshop=owner.workshop)
    whole = add_guiding_question(actor=owner, text="When?")
    part = add_guiding_question(actor=owner, text="And who pays?", parent=whole)
    arisen = add_guiding_question(
        actor=owner, text="Why at all?", origin="emergent", session=session
    )
    assert list(whole.parts.all()) == [part]
    assert (arisen.session, arisen.order) == (session, 2)
    changed = change_guiding_question(actor=owner, question=whole, version=1, text="When and how?")
    assert (changed.text, changed.version) == ("When and how?", 2)


def test_parts_have_no_parts(owner):
    whole = GuidingQuestionFactory(workshop=owner.workshop)
    part = GuidingQuestionFactory(workshop=owner.workshop, parent=whole)
    attempts = [
        lambda: add_guiding_question(actor=owner, text="?", parent=part),
        lambda: change_guiding_question(actor=owner, question=whole, parent=whole),
        lambda: change_guiding_question(actor=owner, question=whole, parent=part),
    ]
    for attempt in attempts:
        with pytest.raises(RuleViolation) as refusal:
            attempt()
        assert refusal.value.fields.keys() == {"parent"}


def test_the_form_offers_nothing_of_other_workshops(owner, browser_of, setup):
    foreign = GuidingQuestionFactory(text="A foreign question?")
    hidden = SessionFactory(title="A foreign session")
    browser = browser_of(owner)
    assert "foreign" not in browser.get(f"{setup}questions/new/").content.decode()
    answer = browser.post(
        f"{setup}questions/new/",
        {"text": "Why?", "origin": "emergent", "session": hidden.pk, "parent": foreign.pk},
    )
    assert answer.status_code == 422
    assert "Why?" in answer.content.decode()
    assert browser.post(f"{setup}questions/{foreign.pk}/", {"text": "!"}).status_code == 404


def test_a_framing_question_did_not_arise_in_a_session(owner, browser_of, setup):
    session = SessionFactory(workshop=owner.workshop)
    answer = browser_of(owner).post(
        f"{setup}questions/new/", {"text": "Why?", "origin": "framing", "session": session.pk}
    )
    assert answer.status_code == 422
    with pytest.raises(RuleViolation):
        add_guiding_question(actor=owner, text="Why?", session=session)


# -- groups ----------------------------------------------------------------------------------


def test_groups_are_named_and_renamed(owner):
    group = add_group(actor=owner, singular="scholar", plural="scholars")
    assert (group.axis, group.order) == ("role", 0)
    change_group(actor=owner, group=group, version=1, plural="academics")
    group.refresh_from_db()
    assert (group.singular, group.plural) == ("scholar", "academics")


def test_two_groups_have_two_names(owner, browser_of, setup):
    GroupFactory(workshop=owner.workshop, singular="scholar", plural="scholars")
    with pytest.raises(RuleViolation):
        add_group(actor=owner, singular="Scholar", plural="Scholars")
    answer = browser_of(owner).post(
        f"{setup}groups/new/", {"singular": "other", "plural": "SCHOLARS"}
    )
    assert answer.status_code == 422
    assert 'value="SCHOLARS"' in answer.content.decode()
    assert Group.objects.count() == 1


def test_the_page_shows_it_all(owner, browser_of, setup):
    SessionFactory(workshop=owner.workshop, title="When to engage")
    question = GuidingQuestionFactory(workshop=owner.workshop, text="Who decides?")
    GuidingQuestionFactory(workshop=owner.workshop, text="Who pays?", parent=question)
    GroupFactory(workshop=owner.workshop, plural="practitioners")
    page = browser_of(owner).get(setup).content.decode()
    for text in ("When to engage", "Who decides?", "Who pays?", "practitioners"):
        assert text in page
