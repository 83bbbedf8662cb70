"""Starting a workshop."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from apps.core.exceptions import NotPermitted, RuleViolation
from apps.core.models import AuditEntry
from apps.participants.services import start_workshop
from apps.workshops.models import Phase, Role, Workshop
from tests.factories import UserFactory, WorkshopFactory

pytestmark = pytest.mark.django_db
FORM = {
    "title": "Who maintains it?",
    "starts_on": "2027-03-09",
    "ends_on": "",
    "mode": "online",
    "time_zone": "Europe/Paris",
    "attribution_rule": "chatham_house",
    "language": "en",
}


@pytest.fixture
def user():
    return UserFactory(name="Imke Vos")


@pytest.fixture
def browser(client, user):
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_a_workshop_starts_with_all_that_capture_needs(user):
    owner = start_workshop(user=user, title="Who maintains it?", starts_on=date(2027, 3, 9))
    workshop = owner.workshop
    assert (owner.role, owner.display_name, owner.consented_at) == (Role.OWNER, "Imke Vos", None)
    assert (workshop.slug, workshop.phase) == ("who-maintains-it", Phase.SETTING_UP)
    assert workshop.ends_on == date(2027, 3, 9)
    assert [session.title for session in workshop.sessions.all()] == ["Plenary"]
    assert len(workshop.join_code.code) == 8
    assert workshop.join_code.expires_at.date() == date(2027, 3, 16)
    assert not workshop.groups.exists()
    entry = AuditEntry.objects.get(verb="workshop.started")
    assert (entry.actor_id, entry.scope_id) == (owner.pk, workshop.pk)


@pytest.mark.parametrize(
    ("title", "slug"), [("Flüsse & Rechte", "flusse-rechte"), ("会议", "workshop")]
)
def test_its_address_is_made_of_its_title(user, title, slug):
    assert start_workshop(user=user, title=title, starts_on=date(2027, 3, 9)).workshop.slug == slug


def test_an_address_that_is_taken_gets_an_ending(user):
    WorkshopFactory(slug="rivers")
    slug = start_workshop(user=user, title="Rivers", starts_on=date(2027, 3, 9)).workshop.slug
    assert slug.startswith("rivers-")
    assert len(slug) == len("rivers-") + 6


def test_people_without_an_account_start_none():
    with pytest.raises(NotPermitted):
        start_workshop(user=AnonymousUser(), title="Mine", starts_on=date(2027, 3, 9))
    assert not Workshop.objects.exists()


@pytest.mark.parametrize(
    ("field", "basics"),
    [
        ("ends_on", {"ends_on": date(2027, 3, 8)}),
        ("purge_on", {"purge_on": date(2027, 3, 9)}),
        ("time_zone", {"time_zone": "Mars/Olympus"}),
        ("venue", {"venue": "x" * 201}),
        ("title", {"title": ""}),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_leaves_nothing(user, field, basics):
    with pytest.raises(RuleViolation) as refusal:
        start_workshop(user=user, **{"title": "A", "starts_on": date(2027, 3, 9), **basics})
    assert refusal.value.fields.keys() == {field}
    assert not Workshop.objects.exists()


def test_the_form_makes_a_workshop_and_leads_to_it(browser):
    answer = browser.post("/new/", FORM)
    assert answer.headers["Location"] == "/w/who-maintains-it/"
    workshop = Workshop.objects.get()
    assert (workshop.mode, workshop.time_zone) == ("online", "Europe/Paris")
    assert browser.get("/w/who-maintains-it/").status_code == 200


@pytest.mark.parametrize(
    ("said", "day"), [("", date(2027, 9, 9)), ("2027-04-01", date(2027, 4, 1))]
)
def test_what_is_personal_has_a_day_on_which_it_goes(browser, said, day):
    browser.post("/new/", {**FORM, "purge_on": said})
    assert Workshop.objects.get().purge_on == day


@pytest.mark.parametrize(
    ("said", "day"), [({}, date(2027, 9, 9)), ({"purge_on": None}, None)], ids=["left out", "none"]
)
def test_over_the_api_no_day_is_said_in_so_many_words(browser, said, day):
    given = {"title": "Rivers", "starts_on": "2027-03-09", **said}
    made = browser.post("/api/v1/workshops/", given, content_type="application/json")
    assert made.status_code == 201
    assert Workshop.objects.get().purge_on == day


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"title": ""}, "Give the workshop a title."),
        ({"ends_on": "2027-03-08"}, "The last day is before the first."),
        ({"starts_on": "soon"}, "Enter a valid date."),
        ({"number_present": "0"}, "greater than or equal to 1"),
        ({"attribution_rule": "whispered"}, "Select a valid choice"),
    ],
)
def test_bad_input_is_told_and_nothing_typed_is_lost(browser, change, message):
    answer = browser.post("/new/", {**FORM, "venue": "The old mill", **change})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert message in page
    assert 'value="The old mill"' in page
    assert not Workshop.objects.exists()


def test_a_form_sets_only_what_it_shows(browser):
    browser.post("/new/", {**FORM, "slug": "mine", "phase": "published", "illustration": "x"})
    workshop = Workshop.objects.get()
    assert (workshop.slug, workshop.phase, workshop.illustration) == (
        "who-maintains-it",
        Phase.SETTING_UP,
        "",
    )


def test_nobody_is_asked_to_sign_in(client):
    assert client.get("/new/").headers["Location"] == "/accounts/login/?next=/new/"
