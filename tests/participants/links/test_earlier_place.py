"""A personal link, opened where somebody joined by the code before: they aren't two."""

import pytest

from apps.core.models import AuditEntry
from apps.participants.models import Participant, PersonalLink
from apps.themes.models import Comment
from apps.workshops.models import AttributionRule, Role
from tests.factories import CommentFactory, GroupFactory, JoinCodeFactory, ParticipantFactory
from tests.participants.links.browsing import accept, gets_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def earlier(client, workshop):
    """Whom `client` joined as by the code, and wrote a comment as."""
    workshop.lobby = False
    workshop.save()
    code = JoinCodeFactory(workshop=workshop)
    client.post(f"/join/{code.key}/", {"rule": AttributionRule.CHATHAM_HOUSE})
    found = Participant.objects.get(workshop=workshop, user=None, email="")
    CommentFactory(theme__workshop=workshop, author=found, text="Written before.")
    return found


def test_one_is_asked_and_nothing_happens_before(client, earlier, ada, link):
    asked = client.get(link, follow=True).content.decode()
    assert "On this device somebody has joined already" in asked
    refused = accept(client, link)
    assert refused.status_code == 422
    assert "Say whether it was you." in refused.content.decode()
    assert PersonalLink.objects.get().used_at is None


def test_if_it_was_they_the_earlier_place_goes_and_what_it_wrote_stays(client, earlier, ada, link):
    accept(client, link, earlier="mine")
    assert gets_in(client)
    earlier.refresh_from_db()
    ada.refresh_from_db()
    assert earlier.removed_at is not None
    assert ada.consented_at is not None
    comment = Comment.objects.get(text="Written before.")
    # Neither lost nor handed on.
    assert comment.author == earlier
    entry = AuditEntry.objects.get(verb="participant.left")
    assert (entry.actor_id, entry.subject_id) == (earlier.pk, earlier.pk)
    assert str(ada.pk) not in f"{entry.before} {entry.after} {entry.reason}"


def test_if_it_was_somebody_else_they_stay(client, earlier, ada, link):
    accept(client, link, earlier="theirs")
    assert gets_in(client)
    earlier.refresh_from_db()
    assert earlier.removed_at is None


def test_one_person_counts_once_for_a_group(client, workshop, earlier, ada, link):
    group = GroupFactory(workshop=workshop)
    earlier.memberships.create(workshop=workshop, group=group, axis=group.axis)
    accept(client, link, earlier="mine", group=str(group.pk))
    here = Participant.objects.filter(groups=group, removed_at=None)
    assert list(here) == [ada]


def test_an_earlier_place_in_the_team_is_not_left(client, workshop, earlier, ada, link):
    Participant.objects.filter(pk=earlier.pk).update(role=Role.OWNER)
    accept(client, link, earlier="mine")
    earlier.refresh_from_db()
    assert earlier.removed_at is None


def test_nobody_else_is_taken_off_by_it(client, workshop, ada, link):
    other = ParticipantFactory(workshop=workshop, user=None)
    accept(client, link, earlier="mine")
    other.refresh_from_db()
    assert other.removed_at is None
    assert gets_in(client)
