"""Looking for groups of like opinion, by a worker: for exploring, never a verdict."""

import random
import uuid
from array import array
from itertools import repeat
from typing import Any

from django.db import transaction

from apps.annotations.services.given import refuse
from apps.core import audit, jobs
from apps.core.models import JobState
from apps.participants.models import Participant
from apps.statements.models import OpinionMap, Snapshot
from apps.statements.selectors.matrix import answers_by_person
from apps.statements.selectors.plans import plan_of
from apps.statements.selectors.results import last_revealed_in, last_snapshot
from apps.workshops.attribution import leaves_no_trace
from apps.workshops.models import Workshop
from apps.workshops.services.asking import require_now

NOTHING = "Nothing has been revealed yet, so there is nothing to look at."
UNLINKED = (
    "No opinion groups: under the anonymous rule it isn’t known which answers come from one person."
)
# Of more people so many, drawn at random, are drawn.
MOST_POINTS = 2_000


@transaction.atomic
def look_for_opinion_groups(*, actor: Participant) -> OpinionMap:
    """Have a worker look for groups of like opinion in all that was revealed by now.

    The facilitation team may, in every phase. Raises `NotPermitted`, and `RuleViolation` while
    nothing was revealed.
    """
    require_now(actor, "statements.explore", actor.workshop)
    snapshot = last_snapshot(actor.workshop)
    if snapshot is None:
        raise refuse("", NOTHING)
    found, new = OpinionMap.objects.get_or_create(
        snapshot=snapshot, defaults={"workshop": actor.workshop}
    )
    if new:
        jobs.enqueue(found)
        audit.record("opinions.looked_for", found, actor=actor, scope_id=found.workshop_id)
    elif found.state == JobState.FAILED:
        jobs.retry(found)
    return found


def map_opinions(*, job_id: uuid.UUID) -> None:
    """Work the map `job_id` out. For a worker: it goes through every answer, and takes a while."""
    found = jobs.claim(OpinionMap, job_id)
    if found is None:
        return
    with jobs.kept(found):
        jobs.finish(found, content=_content(found.workshop, found.snapshot))


def _content(workshop: Workshop, snapshot: Snapshot) -> dict[str, Any]:
    # NumPy and scikit-learn come with it: they are for workers.
    from apps.statements.measures.matrix import matrix_of
    from apps.statements.measures.opinion_groups import NoGroups, opinion_groups

    if leaves_no_trace(workshop):
        return {"reason": UNLINKED}
    results = last_revealed_in(workshop)
    statements = list(workshop.statements.filter(pk__in=results))
    rounds = [results[each.pk].round_id for each in statements]
    # Numbers side by side: a list of as many answers would take ten times as much.
    people, places, given = array("l"), array("h"), array("b")
    count = 0
    for answers in answers_by_person(rounds):
        people.extend(repeat(count, len(answers)))
        places.extend(place for place, _ in answers)
        given.extend(value for _, value in answers)
        count += 1
    votes = matrix_of(people, places, given, (count, len(rounds)))
    smallest = plan_of(workshop).smallest_group
    found = opinion_groups(votes, smallest=smallest, seed=int(snapshot.sha256[:8], 16))
    common = {"people": count, "statements": len(rounds)}
    if isinstance(found, NoGroups):
        share = None if found.share is None else [float(each) for each in found.share]
        return {**common, "reason": found.why.sentence, "share": share}
    points = [
        [round(float(x), 2), round(float(y), 2), int(label)]
        for (x, y), label in zip(found.points, found.labels, strict=True)
    ]
    # In no order, so that no point can be followed to somebody.
    random.SystemRandom().shuffle(points)
    texts = [results[each.pk].text for each in statements]
    return {
        **common,
        "reason": None,
        "share": [float(each) for each in found.share],
        "sizes": found.sizes,
        "points": points[:MOST_POINTS],
        "stability": found.stability,
        "typical": [
            [
                {
                    "statement": str(statements[each.statement].pk),
                    "text": texts[each.statement],
                    "agrees": each.agrees,
                    "count": each.count,
                    "seen": each.seen,
                }
                for each in group
                if each.seen >= smallest
            ]
            for group in found.typical
        ],
    }
