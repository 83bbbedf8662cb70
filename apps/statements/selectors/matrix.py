"""All answers at once. For workers: it goes through every one of them."""

import uuid
from collections.abc import Iterator, Sequence

from django.contrib.postgres.aggregates import ArrayAgg

from apps.statements.models import Response


def answers_by_person(rounds: Sequence[uuid.UUID]) -> Iterator[list[tuple[int, int]]]:
    """Yield, for each person, what they answered: the places of `rounds`, each with the answer.

    Whoever was forgotten since isn't among them. In no order.
    """
    places = {asked: place for place, asked in enumerate(rounds)}
    people = (
        Response.objects.filter(round__in=places)
        .exclude(participant=None, key="")
        .order_by()
        .values("participant", "key")
        .annotate(asked=ArrayAgg("round"), given=ArrayAgg("value"))
        .values_list("asked", "given")
    )
    for asked, given in people.iterator(chunk_size=2_000):
        yield [(places[each], value) for each, value in zip(asked, given, strict=True)]
