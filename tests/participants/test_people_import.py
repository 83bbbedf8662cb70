"""Taking a list of people: looked at first, then all of it or nothing."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from apps.core.models import AuditEntry
from apps.participants.models import Group, Participant, RosterDraft
from apps.workshops.models import Phase, Role
from tests.factories import GroupFactory, ParticipantFactory
from tests.participants.workbooks import saved

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 13, 12, tzinfo=UTC)
LIST = """Vorname;Nachname;E-Mail;Einrichtung;Gruppe
Zoë;Müller;zoe@example.org;Uni Wien;Scholar
Ben;Okri;ben@example.org;Red Cross;practitioner
Chen;Li;;ETH;scholars
"""


@pytest.fixture
def owner():
    return ParticipantFactory(role=Role.OWNER, display_name="Imke Vos")


@pytest.fixture
def browser(browser_of, owner):
    return browser_of(owner)


@pytest.fixture
def url(owner):
    return f"/w/{owner.workshop.slug}/people/import/"


@pytest.fixture
def scholars(owner):
    return GroupFactory(workshop=owner.workshop, singular="scholar", plural="scholars")


def page(answer):
    return answer.content.decode()


class Import:
    """A list on its way: pasted, its columns as they were guessed, looked at."""

    def __init__(self, browser, url, text=LIST, **data):
        self.browser = browser
        self.columns_url = browser.post(url, {"text": text, **data}).headers["Location"]
        shown = browser.get(self.columns_url)
        assert shown.status_code == 200
        columns = [column["kind"] for column in shown.context["columns"]]
        query = "&".join(f"column={kind}" for kind in columns)
        self.address = f"{self.columns_url}check/?{query}"
        if shown.context["heading"]:
            self.address += "&heading=on"

    def look(self):
        answer = self.browser.get(self.address)
        assert answer.status_code == 200
        self.form = answer.context["form"]
        return answer

    def take(self, **wishes):
        self.look()
        data = {name: self.form[name].value() for name in self.form.fields}
        data = {name: value for name, value in data.items() if value not in {None, False}}
        return self.browser.post(self.address, {**data, **wishes})


def test_a_pasted_list_becomes_people(browser, url, owner, scholars):
    importing = Import(browser, url)
    shown = page(importing.look())
    assert "Zoë Müller" in shown
    assert "“practitioner”" in shown
    assert "“Scholar”" not in shown
    assert Participant.objects.count() == 1
    done = importing.take()
    assert done.headers["Location"] == url.removesuffix("import/")
    people = Participant.objects.filter(workshop=owner.workshop).exclude(pk=owner.pk)
    assert set(people.values_list("display_name", "email", "affiliation")) == {
        ("Zoë Müller", "zoe@example.org", "Uni Wien"),
        ("Ben Okri", "ben@example.org", "Red Cross"),
        ("Chen Li", "", "ETH"),
    }
    assert scholars.members.count() == 2
    made = Group.objects.get(workshop=owner.workshop, singular="practitioner")
    assert (made.plural, made.members.get().display_name) == ("practitioners", "Ben Okri")
    assert all(p.consented_at is None and p.admitted_at for p in people)
    assert not RosterDraft.objects.exists()
    entry = AuditEntry.objects.get(verb="roster.imported")
    assert entry.after == {"added": 3, "updated": 0, "groups": 1}
    assert "3 added. 1 group was made." in page(browser.get(done.headers["Location"]))


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_file_becomes_people(browser, url, kind):
    rows = [line.split(";") for line in LIST.splitlines()]
    data = saved(rows) if kind == "xlsx" else LIST.encode("cp1252")
    importing = Import(browser, url, text="", file=SimpleUploadedFile(f"list.{kind}", data))
    if kind == "csv":
        assert RosterDraft.objects.get().rows[1][0] == "Zoë"
    assert importing.take().status_code == 302
    assert Participant.objects.filter(display_name="Zoë Müller").exists()


def test_what_was_guessed_is_said(browser, url):
    file = SimpleUploadedFile("list.csv", LIST.encode("cp1252"))
    shown = page(browser.post(url, {"file": file}, follow=True))
    assert "Windows-1252" in shown
    assert "semicolons" in shown


@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        ({}, 422, "Paste a list, or choose a file"),
        ({"text": "  \n "}, 422, "Paste a list"),
        ({"text": 'Name,From\nAnna,"Vienna\n'}, 422, "opens in line 2 is never closed"),
        ({"text": "x" * 3_000_000}, 413, "This is more than 2 MiB"),
    ],
)
def test_a_list_that_cant_be_read_is_refused_in_words(browser, url, data, status, said):
    answer = browser.post(url, data)
    assert answer.status_code == status
    assert said in page(answer)
    assert not RosterDraft.objects.exists()


@pytest.mark.parametrize(
    ("size", "status", "said"),
    [(20 * 1024 * 1024 + 1, 413, "20 MiB at most"), (0, 422, "nobody in this list")],
)
def test_a_file_too_big_or_empty_is_refused_in_words(browser, url, size, status, said):
    answer = browser.post(url, {"file": SimpleUploadedFile("x.csv", b"x" * size)})
    assert answer.status_code == status
    assert said in page(answer)


def test_a_file_of_twenty_mebibytes_comes_in(browser, url):
    row = f"Anna Berg;{'x' * 100_000}\n"
    data = row.encode() * 200
    answer = browser.post(url, {"file": SimpleUploadedFile("x.csv", data)})
    assert answer.status_code == 302


def test_columns_are_corrected(browser, url):
    importing = Import(browser, url, "Berg,Anna,x\nOkri,Ben,y\n")
    importing.address = f"{importing.columns_url}check/?column=last_name&column=first_name&column="
    importing.take()
    assert Participant.objects.filter(display_name__in=["Anna Berg", "Ben Okri"]).count() == 2


@pytest.mark.parametrize(
    "query", ["column=name&column=name&column=", "column=&column=&column=group"]
)
def test_columns_that_make_no_sense_are_refused_in_words(browser, url, query):
    importing = Import(browser, url, "Berg,Anna,x\nOkri,Ben,y\n")
    answer = browser.get(f"{importing.columns_url}check/?{query}")
    assert answer.status_code == 422
    assert "One thing needs your attention" in page(answer)


def test_people_who_are_there_are_left_updated_or_added(browser, url, owner, scholars):
    def known():
        Participant.objects.exclude(pk=owner.pk).delete()
        return ParticipantFactory(
            workshop=owner.workshop, user=None, display_name="MULLER  Zoe", affiliation="old"
        )

    text = "Name,Affiliation,Group\nZoë Müller,new,scholars\n"
    for choice, affiliations in {"skip": ["old"], "update": ["new"], "add": ["new", "old"]}.items():
        zoe = known()
        Import(browser, url, text).take(doubles=choice)
        people = Participant.objects.filter(workshop=owner.workshop).exclude(pk=owner.pk)
        assert sorted(people.values_list("affiliation", flat=True)) == affiliations
        assert zoe.groups.exists() == (choice == "update")
    zoe = known()
    Import(browser, url, text).take(doubles="skip", line_2="update")
    zoe.refresh_from_db()
    assert zoe.affiliation == "new"


def test_an_update_leaves_what_the_list_doesnt_say(browser, url, owner, scholars):
    zoe = ParticipantFactory(
        workshop=owner.workshop, display_name="Zoë", affiliation="ETH", role=Role.RAPPORTEUR,
        email="zoe@example.org", group=scholars,
    )  # fmt: skip
    region = GroupFactory(workshop=owner.workshop, axis="region", plural="Europeans")
    text = "Name,E-mail,group\nZoë Müller,ZOE@example.org,Europeans\n"
    importing = Import(browser, url, text)
    importing.address = importing.address.replace("column=group", "column=group:region")
    importing.take(doubles="update")
    zoe.refresh_from_db()
    assert (zoe.display_name, zoe.affiliation, zoe.role) == ("Zoë Müller", "ETH", Role.RAPPORTEUR)
    assert set(zoe.groups.all()) == {scholars, region}
    # Once more: nothing is new.
    version = zoe.version
    Import(browser, url, text).take(doubles="update")
    zoe.refresh_from_db()
    assert zoe.version == version + 1  # the spelling of the address alone


def test_two_in_the_list_with_one_address_are_one(browser, url, owner):
    text = "Name,E-mail,Affiliation\nAnna Berg,a@b.org,\nA. Berg,A@B.ORG,ETH\nAnna Berg,,UN\n"
    Import(browser, url, text).take(doubles="add")
    people = Participant.objects.filter(workshop=owner.workshop).exclude(pk=owner.pk)
    assert sorted(people.values_list("email", "affiliation")) == [("", "UN"), ("a@b.org", "")]
    people.delete()
    Import(browser, url, text).take(doubles="update")
    (anna,) = Participant.objects.filter(workshop=owner.workshop).exclude(pk=owner.pk)
    assert (anna.display_name, anna.affiliation) == ("Anna Berg", "UN")


def test_whoever_was_removed_comes_back_only_if_that_is_said(browser, url, owner):
    gone = ParticipantFactory(workshop=owner.workshop, display_name="Anna Berg", removed_at=NOW)
    Import(browser, url, "Name\nAnna Berg\n").take(doubles="skip")
    gone.refresh_from_db()
    assert gone.removed_at
    assert "Was removed" in page(Import(browser, url, "Name\nAnna Berg\n").look())
    Import(browser, url, "Name\nAnna Berg\n").take(doubles="update")
    gone.refresh_from_db()
    assert gone.removed_at is None


def test_wrong_lines_stop_all_unless_they_are_left_out(browser, url):
    text = "Name,E-mail\nAnna Berg,anna at b.org\nBen Okri,\n"
    importing = Import(browser, url, text)
    shown = page(importing.look())
    assert "Line 2" in shown
    assert "isn’t an e-mail address" in shown
    refused = importing.take()
    assert refused.status_code == 422
    assert "mend the list" in page(refused)
    assert Participant.objects.count() == 1
    assert RosterDraft.objects.exists()
    assert importing.take(leave_out_wrong="on").status_code == 302
    assert (
        list(Participant.objects.values_list("display_name", flat=True).order_by("pk")).count(
            "Ben Okri"
        )
        == 1
    )
    assert Participant.objects.count() == 2


def test_nothing_is_half_imported(browser, url, owner, scholars):
    """A group that can't be made stops all, also what came before it."""
    importing = Import(browser, url)
    refused = importing.take(singular_0="scholar", plural_0="Scholars")
    assert refused.status_code == 422
    assert "practitioner" in page(refused)
    assert Participant.objects.filter(workshop=owner.workshop).count() == 1
    assert Group.objects.filter(workshop=owner.workshop).count() == 1


def test_a_list_that_changed_meanwhile_is_looked_at_again(browser, url, owner, scholars):
    importing = Import(browser, url)
    importing.look()
    before = importing.form["digest"].value()
    ParticipantFactory(workshop=owner.workshop, display_name="zoe muller")
    refused = importing.take(digest=before)
    assert refused.status_code == 422
    assert "has changed while you were looking" in page(refused)
    assert Participant.objects.count() == 2
    again = page(refused).partition('name="digest" value="')[2].partition('"')[0]
    assert importing.take(digest=again).status_code == 302


def test_new_groups_are_made_mapped_or_left(browser, url, owner, scholars):
    Import(browser, url).take(group_0=str(scholars.pk))
    assert scholars.members.count() == 3
    Participant.objects.exclude(pk=owner.pk).delete()
    Import(browser, url).take(group_0="none")
    assert scholars.members.count() == 2
    Participant.objects.exclude(pk=owner.pk).delete()
    owner.workshop.phase = Phase.PUBLISHED
    owner.workshop.save()
    importing = Import(browser, url)
    assert "make this group" not in page(importing.look())
    importing.take()
    assert list(Group.objects.filter(workshop=owner.workshop)) == [scholars]


def test_those_who_join_the_team_are_named(browser, url):
    shown = page(Import(browser, url, "Name,Role\nAnna,Moderatorin\nBen,participant\n").look())
    assert "1 joins the team" in shown
    assert "Anna (facilitator)" in shown


def test_only_whoever_made_a_draft_sees_it(browser, browser_of, url, owner):
    importing = Import(browser, url)
    second = ParticipantFactory(workshop=owner.workshop, role=Role.OWNER)
    for address in (importing.columns_url, importing.address):
        assert browser_of(second).get(address).status_code == 404
    assert browser_of(second).post(f"{importing.columns_url}drop/").status_code == 404
    assert browser.post(f"{importing.columns_url}drop/").status_code == 302
    assert not RosterDraft.objects.exists()


def test_a_new_list_takes_the_place_of_the_one_before(browser, url):
    Import(browser, url)
    Import(browser, url)
    assert RosterDraft.objects.count() == 1


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.RAPPORTEUR, Role.PARTICIPANT])
def test_only_owners_import(browser_of, owner, url, role):
    browser = browser_of(ParticipantFactory(workshop=owner.workshop, role=role))
    assert browser.get(url).status_code == 403
    assert browser.post(url, {"text": LIST}).status_code == 403


def test_two_thousand_people_come_in_a_bounded_number_of_queries(
    browser, url, django_assert_max_num_queries
):
    lines = [f"Person {n},person{n}@example.org,Group {n % 3}" for n in range(2_000)]
    importing = Import(browser, url, "\n".join(["Name,E-mail,Group", *lines]))
    importing.look()
    with django_assert_max_num_queries(120):
        assert importing.take().status_code == 302
    assert Participant.objects.count() == 2_001
    again = Import(browser, url, "\n".join(["Name,E-mail,Group", *lines]))
    with django_assert_max_num_queries(60):
        assert again.take(doubles="update").status_code == 302
    assert "2000 left as they were" in page(browser.get(url.removesuffix("import/")))
