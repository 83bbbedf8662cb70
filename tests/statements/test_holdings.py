"""What is held of those who answered, and what goes with them."""

from django.db.models import Sum
from django.urls import reverse

from apps.participants.services import forget_person
from apps.statements.models import Response, Result, Tally
from apps.statements.services import respond


def test_somebody_reads_what_they_answered(room, browser_of):
    statement = room.ask("Influence is power.")
    person, other = room.people["scholars"][:2]
    respond(actor=person, asked=room.round_of(statement), value=-1, reason="It is a means.")
    respond(actor=other, asked=room.round_of(statement), value=1, reason="It is an end.")
    shown = browser_of(person).get(reverse("participants:held", args=[room.workshop.slug]))
    held = shown.content.decode()
    assert "Disagree: It is a means." in held
    assert "It is an end." not in held


def test_erased_answers_stay_counted_and_lead_to_nobody_and_open_ones_go(room):
    done, going = room.ask("Done."), room.ask("Going on.")
    room.answer(done, scholars=[1] * 6)
    room.answer(going, scholars=[1] * 6)
    room.reveal(done)
    before = Result.objects.get().content
    person = room.people["scholars"][0]
    forget_person(actor=room.owner, participant=person)
    assert not Response.objects.filter(participant=person).exists()
    assert Response.objects.filter(round=room.round_of(done)).count() == 6
    assert Tally.objects.filter(round=room.round_of(going)).aggregate(n=Sum("count"))["n"] == 5
    assert Result.objects.get().content == before


def test_who_counted_hands_is_forgotten_with_them(room):
    statement = room.ask()
    asked = room.round_of(statement)
    type(asked).objects.filter(pk=asked.pk).update(counted_by=room.facilitator)
    forget_person(actor=room.owner, participant=room.facilitator)
    asked.refresh_from_db()
    assert asked.counted_by is None
