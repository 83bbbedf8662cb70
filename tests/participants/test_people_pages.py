"""The pages of the list of people, and the API."""

import csv
import io
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.participants.models import Listing, Participant
from apps.participants.services import change_oneself
from apps.workshops.models import AttributionRule, Phase, Role, Workshop
from tests.factories import GroupFactory, JoinCodeFactory, ParticipantFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 13, 12, tzinfo=UTC)
HTMX = {"HX-Request": "true"}


@pytest.fixture
def owner():
    return ParticipantFactory(role=Role.OWNER, display_name="Imke Vos")


@pytest.fixture
def browser(browser_of, owner):
    return browser_of(owner)


@pytest.fixture
def url(owner):
    return f"/w/{owner.workshop.slug}/people/"


@pytest.fixture
def scholar(owner):
    return GroupFactory(workshop=owner.workshop, singular="scholar", plural="scholars")


@pytest.fixture
def zoe(owner, scholar):
    return ParticipantFactory(
        workshop=owner.workshop, user=None, group=scholar, display_name="Zoë Müller",
        affiliation="Uni Wien", email="zoe@example.org", consented_at=NOW,
    )  # fmt: skip


def form(**values):
    return {
        "display_name": "Zoë Müller", "affiliation": "", "email": "", "role": "participant",
        "listing": "none", "attribution": "no", "version": "1", **values,
    }  # fmt: skip


def page(answer):
    return answer.content.decode()


def test_the_owner_reads_the_list(browser, url, zoe):
    shown = page(browser.get(url))
    for told in ("Zoë Müller", "Uni Wien", "zoe@example.org", "scholar", "13 May 2026", "by code"):
        assert told in shown
    assert 'aria-current="page">People <span class="count">2</span>' in shown


def test_a_facilitator_reads_it_without_addresses_or_forms(browser_of, owner, url, zoe):
    browser = browser_of(ParticipantFactory(workshop=owner.workshop, role=Role.FACILITATOR))
    for address in (url, f"{url}{zoe.pk}/"):
        shown = page(browser.get(address))
        assert "Uni Wien" in shown
        assert "zoe@example.org" not in shown
        assert "Change them" not in shown
    assert browser.post(f"{url}{zoe.pk}/", form()).status_code == 403


def test_a_rapporteur_reads_how_many_there_are(browser_of, owner, url, zoe):
    browser = browser_of(ParticipantFactory(workshop=owner.workshop, role=Role.RAPPORTEUR))
    shown = page(browser.get(url))
    assert "3 on the list" in shown
    assert '<th scope="row">scholars</th><td class="number">1</td>' in shown
    assert "Zoë" not in shown
    assert "Zoë" not in page(browser.get(f"{url}?q=Zoë&state=here"))
    assert browser.get(f"{url}{zoe.pk}/").status_code == 403


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.OBSERVER])
def test_others_read_nothing(browser_of, owner, url, zoe, role):
    browser = browser_of(ParticipantFactory(workshop=owner.workshop, role=role))
    assert browser.get(url).status_code == 403
    assert "People" not in page(browser.get(f"/w/{owner.workshop.slug}/")).partition("</nav>")[0]


def test_filters_stand_in_the_address(browser, url, zoe, scholar):
    assert "Zoë" in page(browser.get(url, {"q": "muller", "group": str(scholar.pk)}))
    for query in ({"q": "imke"}, {"state": "removed"}, {"group": "none"}, {"role": "owner"}):
        assert "Zoë" not in page(browser.get(url, query))
    # What makes no sense asks for nothing, and isn't an error.
    assert "Zoë" in page(browser.get(url, {"role": "x", "group": "y", "state": "z", "page": "q"}))
    assert "Nobody like this" in page(browser.get(url, {"q": "nobody"}))


def test_a_name_is_searched_and_an_address_isnt(browser, url, zoe):
    assert "Zoë" not in page(browser.get(url, {"q": "example.org"}))


def test_pages_of_a_hundred(browser, url, owner):
    Participant.objects.bulk_create(
        Participant(workshop=owner.workshop, display_name=f"Person {n:03}") for n in range(150)
    )
    first, second = page(browser.get(url)), page(browser.get(url, {"page": 2, "q": "person"}))
    assert first.count('class="people-pick" role="cell"><label') == 100
    assert "Page 2 of 2" in second
    assert "?q=person&amp;page=1" in second


def test_the_list_asks_no_more_for_more_people(browser, url, owner, zoe, scholar):
    def queries():
        with CaptureQueriesContext(connection) as found:
            assert browser.get(url).status_code == 200
        return len(found)

    before = queries()
    ParticipantFactory.create_batch(30, workshop=owner.workshop, group=scholar)
    assert queries() == before


def test_somebody_is_added(browser, url, owner, scholar):
    added = browser.post(
        f"{url}new/", form(email="z@example.org", group=str(scholar.pk), functions=["chair"])
    )
    person = Participant.objects.get(email="z@example.org")
    assert added.headers["Location"] == f"{url}#person-{person.pk}"
    assert (list(person.groups.all()), person.functions) == ([scholar], ["chair"])
    again = browser.post(f"{url}new/", form(email="Z@example.org"))
    assert again.status_code == 422
    assert "already" in page(again)
    assert browser.post(f"{url}new/", form(display_name="")).status_code == 422


def test_a_row_is_edited_in_the_table(browser, url, zoe):
    editing = page(browser.get(f"{url}{zoe.pk}/", headers=HTMX))
    assert editing.lstrip().startswith("<tr")
    assert 'value="zoe@example.org"' in editing
    saved = browser.post(f"{url}{zoe.pk}/", form(affiliation="ETH"), headers=HTMX)
    assert saved.status_code == 200
    assert "ETH" in page(saved)
    assert "autofocus" in page(saved)
    assert "<form" not in page(browser.get(f"{url}{zoe.pk}/?row", headers=HTMX))


def test_a_row_is_edited_on_a_page_without_javascript(browser, url, zoe):
    shown = page(browser.get(f"{url}{zoe.pk}/"))
    assert "<h1>Zoë Müller</h1>" in shown
    answer = browser.post(f"{url}{zoe.pk}/", form(display_name="Zoë M.", group=""))
    assert answer.headers["Location"] == f"{url}#person-{zoe.pk}"
    zoe.refresh_from_db()
    assert (zoe.display_name, zoe.email) == ("Zoë M.", "")
    assert not zoe.groups.exists()


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_conflict_shows_both_and_saving_again_replaces(browser, url, zoe, headers):
    Participant.objects.filter(pk=zoe.pk).update(version=2, affiliation="Their <Institute>")
    answer = browser.post(f"{url}{zoe.pk}/", form(affiliation="My institute"), headers=headers)
    assert answer.status_code == 409
    assert "Affiliation: Their &lt;Institute&gt;" in page(answer)
    assert 'value="My institute"' in page(answer)
    assert 'name="version" value="2"' in page(answer)
    browser.post(f"{url}{zoe.pk}/", form(affiliation="My institute", version="2"))
    zoe.refresh_from_db()
    assert zoe.affiliation == "My institute"


def test_several_are_changed_and_the_filters_stay(browser, url, owner, zoe):
    ben = ParticipantFactory(workshop=owner.workshop)
    data = {"people": [str(zoe.pk), str(ben.pk), "x"], "role": "observer", "group": "none"}
    answer = browser.post(f"{url}several/?role=participant&evil=1", data)
    assert answer.headers["Location"] == f"{url}?role=participant"
    for person in (zoe, ben):
        person.refresh_from_db()
        assert person.role == Role.OBSERVER
    assert not zoe.groups.exists()


@pytest.mark.parametrize(
    ("data", "said"), [({}, "Tick the people"), ({"role": ""}, "Tick"), ({"role": "king"}, "Tick")]
)
def test_several_of_nobody_are_refused_in_words(browser, url, data, said):
    answer = browser.post(f"{url}several/", data)
    assert answer.status_code == 422
    assert said in page(answer)


def test_a_change_of_nothing_keeps_the_ticks(browser, url, zoe):
    answer = browser.post(f"{url}several/", {"people": [str(zoe.pk)]})
    assert answer.status_code == 422
    assert f'value="{zoe.pk}" form="several" checked' in page(answer)


def test_somebody_is_removed_and_brought_back(browser, url, zoe):
    assert "see nothing of this workshop" in page(browser.get(f"{url}{zoe.pk}/"))
    done = browser.post(f"{url}{zoe.pk}/remove/", {"version": "1"}, follow=True)
    assert "Zoë Müller no longer takes part" in page(done)
    assert "zoe@example.org" not in page(done)
    assert "zoe@example.org" in page(browser.get(url, {"state": "removed"}))
    assert "Bring them back" in page(browser.get(f"{url}{zoe.pk}/"))
    browser.post(f"{url}{zoe.pk}/back/", {"version": "2"})
    zoe.refresh_from_db()
    assert zoe.removed_at is None


@pytest.mark.parametrize("lobby", [False, True])
def test_a_removal_offers_to_renew_the_code_that_they_know(browser, url, zoe, owner, lobby):
    Workshop.objects.update(lobby=lobby)
    code = JoinCodeFactory(workshop=owner.workshop)
    offered = page(browser.get(f"{url}{zoe.pk}/"))
    assert "Renew the join code, too" in offered
    assert ('name="renew_code" checked' in offered) != lobby
    done = browser.post(f"{url}{zoe.pk}/remove/", {"renew_code": "on"}, follow=True)
    assert "The join code is a new one" in page(done)
    assert Client().get(f"/join/{code.code}/").status_code == 404


def test_a_removal_without_a_new_code_says_that_the_present_one_still_works(
    browser, url, zoe, owner
):
    code = JoinCodeFactory(workshop=owner.workshop)
    done = browser.post(f"{url}{zoe.pk}/remove/", {}, follow=True)
    assert "can come by it as somebody new" in page(done)
    assert Client().get(f"/join/{code.code}/").status_code == 200


def test_somebody_who_asks_is_erased_for_good(browser, url, zoe):
    done = browser.post(f"{url}{zoe.pk}/erase/", follow=True)
    assert "They were erased" in page(done)
    zoe.refresh_from_db()
    assert (zoe.display_name, zoe.email, zoe.groups.count()) == ("", "", 0)
    assert zoe.removed_at
    assert browser.get(f"{url}{zoe.pk}/").status_code == 404
    assert "Removed (" not in page(browser.get(url))


def test_the_last_owner_is_told_why_they_stay(browser, url, owner):
    refused = browser.post(f"{url}{owner.pk}/remove/", follow=True)
    assert "A workshop needs an owner" in page(refused)
    assert "only owner" in page(browser.post(f"{url}{owner.pk}/erase/", follow=True))
    answer = browser.post(f"{url}{owner.pk}/", form(role="observer"))
    assert answer.status_code == 422
    assert "A workshop needs an owner" in page(answer)


def test_people_of_another_workshop_arent_there(browser, url):
    other = ParticipantFactory()
    assert browser.get(f"{url}{other.pk}/").status_code == 404
    for what in ("", "remove/", "back/"):
        assert browser.post(f"{url}{other.pk}/{what}", form()).status_code == 404


def test_the_export_is_what_each_chose_without_formulas(browser, url, zoe):
    change_oneself(
        actor=zoe, listing=Listing.FULL, display_name="=HYPERLINK(0)", affiliation="+43 Institute"
    )
    answer = browser.get(f"{url}list.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].endswith('-people.csv"')
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows == [["Name", "Affiliation", "Listed as"], ["'=HYPERLINK(0)", "'+43 Institute", ""]]


def test_the_anonymous_rule_says_what_groups_are_for(browser, url, owner, zoe):
    owner.workshop.attribution_rule = AttributionRule.ANONYMOUS
    owner.workshop.save()
    shown = page(browser.get(url))
    assert "Under the anonymous rule nobody’s group is kept" in shown
    assert 'name="group"' not in page(browser.get(f"{url}{zoe.pk}/"))


def test_nothing_is_offered_that_isnt_possible(browser, url, owner, zoe):
    owner.workshop.phase = Phase.ARCHIVED
    owner.workshop.save()
    shown = page(browser.get(url))
    assert "Import a list" not in shown
    assert "<form" not in shown.partition("<tbody")[2].partition("</tbody>")[0]
    assert "Remove them" in page(browser.get(f"{url}{zoe.pk}/"))


# -- files ---------------------------------------------------------------------------------------


def test_no_page_but_the_one_that_asks_takes_a_file(browser, url, zoe):
    answer = browser.post(
        f"{url}{zoe.pk}/", {**form(), "file": SimpleUploadedFile("x", b"x" * 5_000_000)}
    )
    assert answer.status_code == 302
    assert not answer.wsgi_request.FILES


def test_the_page_that_takes_files_wants_a_token_like_any_other(owner, url):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(owner.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert browser.post(f"{url}import/", {"text": "Anna"}).status_code == 403
    browser.get(f"{url}import/")
    token = browser.cookies["csrftoken"].value
    taken = browser.post(f"{url}import/", {"text": "Anna", "csrfmiddlewaretoken": token})
    assert taken.status_code == 302


# -- the API -------------------------------------------------------------------------------------


def api(owner):
    return f"/api/v1/workshops/{owner.workshop.slug}/people/"


def test_people_over_the_api(api_of, owner, scholar, zoe):
    client = api_of(owner)
    listed = client.get(api(owner)).data["results"]
    assert {each["display_name"] for each in listed} == {"Imke Vos", "Zoë Müller"}
    made = client.post(
        api(owner), {"display_name": "Ben", "groups": [str(scholar.pk)], "email": "b@example.org"}
    )
    assert made.status_code == 201
    assert (made.data["state"], made.data["groups"]) == ("expected", [str(scholar.pk)])
    one = f"{api(owner)}{made.data['id']}/"
    assert client.patch(one, {"role": "observer"}, headers={"If-Match": '"9"'}).status_code == 412
    assert client.patch(one, {"role": "observer", "version": 1}).data["role"] == "observer"
    assert client.delete(one).status_code == 204
    assert client.get(one).data["state"] == "removed"
    assert client.post(f"{one}bring-back/").data["state"] == "expected"


def test_who_may_over_the_api(api_of, owner, zoe):
    facilitator = ParticipantFactory(workshop=owner.workshop, role=Role.FACILITATOR)
    one = f"{api(owner)}{zoe.pk}/"
    assert api_of(facilitator).get(one).data["email"] == ""
    assert api_of(facilitator).patch(one, {}).status_code == 403
    for role in (Role.RAPPORTEUR, Role.PARTICIPANT, Role.OBSERVER):
        client = api_of(ParticipantFactory(workshop=owner.workshop, role=role))
        for answer in (client.get(api(owner)), client.get(one), client.delete(one)):
            assert answer.status_code == 403


def test_the_api_takes_what_it_names_and_nothing_else(api_of, owner, zoe):
    other = GroupFactory()
    client = api_of(owner)
    refused = client.patch(f"{api(owner)}{zoe.pk}/", {"groups": [str(other.pk)]})
    assert refused.status_code == 400
    foreign = {
        "workshop": str(other.workshop_id), "user": str(UserFactory().pk), "id": "x",
        "removed_at": "2020-01-01", "consented_at": None, "admitted_at": None,
    }  # fmt: skip
    assert client.patch(f"{api(owner)}{zoe.pk}/", foreign).status_code == 200
    before = Participant.objects.get(pk=zoe.pk)
    assert (before.workshop_id, before.user, before.removed_at) == (owner.workshop_id, None, None)
    assert before.consented_at == NOW
    assert before.version == 1
