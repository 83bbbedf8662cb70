"""Things that several people add at once stand one behind the other."""

import threading

import pytest
from django.db import connection

from apps.participants.models import Group, Participant
from apps.participants.services import add_group
from apps.workshops.models import GuidingQuestion, Organisation, Role, Session
from apps.workshops.services import add_guiding_question, add_organisation, add_session
from tests.factories import ParticipantFactory

ADDING = {
    Session: lambda actor, name: add_session(actor=actor, title=name),
    GuidingQuestion: lambda actor, name: add_guiding_question(actor=actor, text=name),
    Organisation: lambda actor, name: add_organisation(actor=actor, name=name, role="host"),
    Group: lambda actor, name: add_group(actor=actor, plural=name),
}
PEOPLE, EACH = 4, 5


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", ADDING)
def test_no_two_have_the_same_place(model):
    owner = ParticipantFactory(role=Role.OWNER)
    together = threading.Barrier(PEOPLE)

    def add(person: int) -> None:
        try:
            actor = Participant.objects.select_related("workshop").get(pk=owner.pk)
            together.wait()
            for number in range(EACH):
                ADDING[model](actor, f"{person}-{number}s")
        finally:
            connection.close()

    threads = [threading.Thread(target=add, args=(person,)) for person in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    orders = sorted(model.objects.values_list("order", flat=True))
    assert orders == list(range(PEOPLE * EACH))
