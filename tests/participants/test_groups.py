"""Setting up the groups."""

import pytest

from apps.core.exceptions import Conflict, NotPermitted, RuleViolation
from apps.core.models import AuditEntry
from apps.participants.models import Group
from apps.participants.plurals import plural_of, singular_of
from apps.participants.services import add_group, change_group, move_group, remove_group
from apps.workshops.models import Role
from tests.factories import (
    AnnotationFactory,
    GroupFactory,
    NoteFactory,
    OutcomeFactory,
    ParticipantFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return ParticipantFactory(role=Role.OWNER)


@pytest.fixture
def url(owner):
    return f"/w/{owner.workshop.slug}/set-up/groups/"


PAIRS = [
    ("scholar", "scholars"),
    ("policy officer", "policy officers"),
    ("company", "companies"),
    ("survey", "surveys"),
    ("NGO", "NGOs"),
    ("person", "people"),
    ("Person", "People"),
    ("woman", "women"),
    ("fisherman", "fishermen"),
    ("spokesperson", "spokespeople"),
    ("business", "businesses"),
    ("coach", "coaches"),
    ("alumnus", "alumni"),
    ("German", "Germans"),
]


@pytest.mark.parametrize(("one", "several"), PAIRS)
def test_one_and_several_are_guessed_from_each_other(one, several):
    assert plural_of(one) == several
    assert singular_of(several) == one


@pytest.mark.parametrize("word", ["staff", "boss", "Wissenschaft", "police"])
def test_what_is_no_plural_stays(word):
    assert singular_of(word) == word


def test_groups_are_named_and_renamed(owner):
    group = add_group(actor=owner, singular="scholar", plural="scholars")
    assert (group.axis, group.order) == ("role", 0)
    change_group(actor=owner, group=group, version=1, plural="academics")
    group.refresh_from_db()
    assert (group.singular, group.plural) == ("scholar", "academics")


def test_what_is_left_out_is_guessed(owner, browser_of, url):
    assert add_group(actor=owner, plural="companies").singular == "company"
    assert add_group(actor=owner, singular="scholar").plural == "scholars"
    with pytest.raises(RuleViolation):
        add_group(actor=owner)
    answer = browser_of(owner).post(
        f"{url}new/", {"plural": "policy officers", "singular": "", "axis": "role"}, follow=True
    )
    assert "Added “policy officers”; one is “policy officer”." in answer.content.decode()
    # Once it is there, both are said.
    group = Group.objects.get(plural="companies")
    answer = browser_of(owner).post(f"{url}{group.pk}/", {"plural": "firms", "singular": ""})
    assert answer.status_code == 422


def test_two_groups_have_two_names(owner, browser_of, url):
    GroupFactory(workshop=owner.workshop, singular="scholar", plural="scholars")
    with pytest.raises(RuleViolation):
        add_group(actor=owner, singular="Scholar", plural="Scholars")
    answer = browser_of(owner).post(
        f"{url}new/", {"singular": "other", "plural": "SCHOLARS", "axis": "role"}
    )
    assert answer.status_code == 422
    assert 'value="SCHOLARS"' in answer.content.decode()
    assert Group.objects.count() == 1


def test_a_second_axis(owner, browser_of, url):
    add_group(actor=owner, plural="scholars")
    form = {"plural": "northerners", "singular": "", "axis": "region"}
    assert browser_of(owner).post(f"{url}new/", form).status_code == 302
    page = browser_of(owner).get(url).content.decode()
    assert page.index("By role") < page.index("By region")
    northern = Group.objects.get(axis="region")
    assert northern.order == 0
    assert browser_of(owner).post(f"{url}new/", {**form, "axis": "shoe size"}).status_code == 422
    # The same name may stand on both axes; and what a group is of never changes.
    add_group(actor=owner, plural="scholars", axis="region")
    sent = {**form, "axis": "role", "plural": "northern people", "singular": "x", "version": 1}
    browser_of(owner).post(f"{url}{northern.pk}/", sent)
    northern.refresh_from_db()
    assert (northern.axis, northern.plural) == ("region", "northern people")


def test_groups_move_on_their_axis(owner, browser_of, url):
    a, b = (add_group(actor=owner, plural=name) for name in ("as", "bs"))
    other = add_group(actor=owner, plural="cs", axis="region")
    answer = browser_of(owner).post(f"{url}{b.pk}/move/", {"to": "up"})
    assert answer.headers["Location"] == f"{url}?arrange=1#group-{b.pk}"
    assert [g.plural for g in owner.workshop.groups.filter(axis="role")] == ["bs", "as"]
    assert not move_group(actor=owner, group=other, by=1)
    remove_group(actor=owner, group=b)
    a.refresh_from_db()
    assert add_group(actor=owner, plural="ds").order > a.order


def test_a_group_that_people_belong_to_stays(owner, browser_of, url):
    group = GroupFactory(workshop=owner.workshop)
    ParticipantFactory.create_batch(2, workshop=owner.workshop, group=group)
    with pytest.raises(RuleViolation, match="2 people belong to it"):
        remove_group(actor=owner, group=group)
    page = browser_of(owner).get(f"{url}{group.pk}/").content.decode()
    assert "2 people belong to it. It can go when nobody does." in page
    assert browser_of(owner).post(f"{url}{group.pk}/remove/").status_code == 422
    assert Group.objects.count() == 1


@pytest.mark.parametrize("where", ["note", "finding", "outcome"])
def test_a_group_that_something_names_stays(owner, where):
    group = GroupFactory(workshop=owner.workshop)
    if where == "note":
        NoteFactory(session__workshop=owner.workshop, group=group)
    elif where == "finding":
        AnnotationFactory(theme__workshop=owner.workshop).holders.add(group)
    else:
        OutcomeFactory(workshop=owner.workshop).addressees.add(group)
    with pytest.raises(RuleViolation, match="Notes or findings name it"):
        remove_group(actor=owner, group=group)


def test_an_empty_group_is_removed(owner, browser_of, url):
    group = GroupFactory(workshop=owner.workshop)
    change_group(actor=owner, group=group, plural="others")
    with pytest.raises(Conflict):
        remove_group(actor=owner, group=group, version=1)
    answer = browser_of(owner).post(f"{url}{group.pk}/remove/", {"version": "2"})
    assert answer.headers["Location"] == url
    assert not Group.objects.exists()
    assert AuditEntry.objects.get(verb="group.removed").before["plural"] == "others"


def test_others_set_up_no_groups(owner, browser_of, url):
    group, foreign = GroupFactory(workshop=owner.workshop), GroupFactory(plural="foreigners")
    other = ParticipantFactory(workshop=owner.workshop, role=Role.FACILITATOR)
    attempts = [
        lambda: add_group(actor=other, plural="us"),
        lambda: move_group(actor=other, group=group, by=1),
        lambda: remove_group(actor=other, group=group),
        lambda: remove_group(actor=owner, group=foreign),
    ]
    for attempt in attempts:
        with pytest.raises(NotPermitted):
            attempt()
    for path in ("", "move/", "remove/"):
        assert browser_of(owner).post(f"{url}{foreign.pk}/{path}").status_code == 404
    assert "foreigners" not in browser_of(owner).get(url).content.decode()
