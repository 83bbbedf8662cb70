"""Setting up: the basics, and the rule of who may be named."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from apps.core.exceptions import NotPermitted, RuleViolation
from apps.core.models import AuditEntry
from apps.workshops.models import AttributionRule, Phase, Role
from apps.workshops.services import (
    edit_basics,
)
from tests.factories import (
    NoteFactory,
    ParticipantFactory,
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
    pages = [
        "", "basics/", "sessions/", "sessions/new/", "sessions/programme/", "questions/",
        "questions/new/", "organisations/", "organisations/new/", "groups/", "groups/new/",
        "attribution/", "consensus/", "privacy/",
    ]  # fmt: skip
    for page in pages:
        assert browser_of(other).get(f"{setup}{page}").status_code == 403


def test_nothing_is_set_up_once_it_is_published(owner):
    owner.workshop.phase = Phase.PUBLISHED
    with pytest.raises(NotPermitted):
        edit_basics(actor=owner, title="Late")


def test_the_form_saves_and_leads_back(owner, browser_of, setup):
    answer = browser_of(owner).post(
        f"{setup}basics/", basics(owner.workshop, venue="The old mill", ends_on="")
    )
    assert answer.headers["Location"] == f"{setup}#task-basics"
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
    browser = browser_of(owner)
    page = browser.get(f"{setup}attribution/").content.decode()
    assert "only become stricter" in page
    assert page.count("disabled") == 1
    answer = browser.post(
        f"{setup}attribution/", {"attribution_rule": "on_record", "version": owner.workshop.version}
    )
    assert answer.status_code == 422
    assert "only become stricter" in answer.content.decode()
