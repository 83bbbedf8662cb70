"""Setting up the organisations behind a workshop."""

import pytest

from apps.core.exceptions import Conflict, NotPermitted, RuleViolation
from apps.core.models import AuditEntry
from apps.workshops.models import Organisation, Role
from apps.workshops.services import (
    add_organisation,
    change_organisation,
    move_organisation,
    remove_organisation,
)
from tests.factories import OrganisationFactory, ParticipantFactory

pytestmark = pytest.mark.django_db
FORM = {
    "name": "The Foundation",
    "role": "funder",
    "award_number": "12/34",
    "acknowledgement": "Supported by the Foundation.",
}


def names(owner) -> list[str]:
    return [each.name for each in owner.workshop.organisations.all()]


def test_an_organisation_is_added_changed_and_removed(owner, browser_of, setup):
    browser, url = browser_of(owner), f"{setup}organisations/"
    assert "No organisation yet" in browser.get(url).content.decode()
    assert browser.post(f"{url}new/", FORM).headers["Location"] == url
    organisation = Organisation.objects.get()
    assert (organisation.role, organisation.award_number) == ("funder", "12/34")
    page = browser.get(url).content.decode()
    for text in ("The Foundation", "Funder, award 12/34", "Supported by the Foundation."):
        assert text in page
    changed = {**FORM, "role": "host", "version": organisation.version}
    assert browser.post(f"{url}{organisation.pk}/", changed).status_code == 302
    organisation.refresh_from_db()
    assert organisation.role == "host"
    gone = {"version": organisation.version}
    assert browser.post(f"{url}{organisation.pk}/remove/", gone).status_code == 302
    assert not Organisation.objects.exists()
    verbs = list(AuditEntry.objects.order_by("at").values_list("verb", flat=True))
    assert verbs == [f"organisation.{verb}" for verb in ("added", "changed", "removed")]


def test_two_peoples_edits_are_told_apart(owner, browser_of, setup):
    organisation = add_organisation(actor=owner, name="The Foundation", role="funder")
    read = organisation.version
    assert organisation.version == read
    change_organisation(actor=owner, organisation=organisation, version=read, name="Theirs")
    answer = browser_of(owner).post(
        f"{setup}organisations/{organisation.pk}/", {**FORM, "name": "Mine", "version": read}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert '<th scope="row">Name</th><td>Theirs</td>' in page
    assert 'value="Mine"' in page
    organisation.refresh_from_db()
    assert f'name="version" value="{organisation.version}"' in page
    with pytest.raises(Conflict):
        remove_organisation(actor=owner, organisation=organisation, version=read)


def test_nothing_is_written_when_nothing_changes(owner):
    organisation = OrganisationFactory(workshop=owner.workshop, name="Host")
    change_organisation(actor=owner, organisation=organisation, name="Host ")
    assert not AuditEntry.objects.exists()


def test_organisations_have_an_order(owner, browser_of, setup):
    for name in ("A", "B", "C"):
        add_organisation(actor=owner, name=name, role="host")
    remove_organisation(actor=owner, organisation=Organisation.objects.get(name="A"))
    add_organisation(actor=owner, name="D", role="host")
    assert names(owner) == ["B", "C", "D"]
    last = Organisation.objects.get(name="D")
    url = f"{setup}organisations/"
    answer = browser_of(owner).post(f"{url}{last.pk}/move/", {"to": "up"})
    assert answer.headers["Location"] == f"{url}?arrange=1#organisation-{last.pk}"
    assert names(owner) == ["B", "D", "C"]


def test_what_cannot_be_is_refused(owner):
    with pytest.raises(RuleViolation) as refusal:
        add_organisation(actor=owner, name="\u200b", role="sponsor")
    assert refusal.value.fields.keys() == {"name", "role"}


def test_others_set_up_no_organisations(owner, browser_of, setup):
    organisation = OrganisationFactory(workshop=owner.workshop)
    foreign = OrganisationFactory()
    other = ParticipantFactory(workshop=owner.workshop, role=Role.RAPPORTEUR)
    attempts = [
        lambda: add_organisation(actor=other, name="Mine", role="host"),
        lambda: change_organisation(actor=other, organisation=organisation, name="Mine"),
        lambda: move_organisation(actor=other, organisation=organisation, by=1),
        lambda: remove_organisation(actor=other, organisation=organisation),
        lambda: change_organisation(actor=owner, organisation=foreign, name="Mine"),
    ]
    for attempt in attempts:
        with pytest.raises(NotPermitted):
            attempt()
    for path in ("", "move/", "remove/"):
        url = f"{setup}organisations/{foreign.pk}/{path}"
        assert browser_of(owner).post(url, FORM).status_code == 404
    assert not AuditEntry.objects.exists()
