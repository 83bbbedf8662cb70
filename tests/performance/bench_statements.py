"""How quick the page of results is with 500 statements, whoever answered: `make bench`. Prints what
was measured; exits 1 where it is too slow, or slower for more answers.

Starts the program as `make run` does, with two workshops of 500 statements that were revealed: of a
room of 27, and of 1,000 people who gave half a million answers.
"""

import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.e2e.capturing.conftest import SIGNED_IN
from tests.e2e.conftest import Running, started
from tests.performance.bench_capture import Figure
from tests.performance.bench_synthesis import Visitor, timed

STATEMENTS, FEW, MANY = 500, 27, 1_000
AT_MOST, MOST_RATIO = 100, 1.25
MAKE = f"""{SIGNED_IN}
from django.db import connection
from apps.statements.models import Round, Statement, Wording
from apps.statements.selectors import plan_of
from apps.statements.services.revealing import reveal

def asked(people):
    there, team, sessions = workshop(people)
    groups = list(Group.objects.filter(workshop=there))
    there_are = Participant.objects.bulk_create([
        Participant(workshop=there, role="participant") for _ in range(people)])
    GroupMembership.objects.bulk_create([
        GroupMembership(workshop=there, participant=each, group=groups[n % 2], axis="role")
        for n, each in enumerate(there_are)])
    rows = Statement.objects.bulk_create([
        Statement(workshop=there, order=n, text=f"Statement {{n}} says what may be held of it")
        for n in range({STATEMENTS})])
    words = Wording.objects.bulk_create([
        Wording(workshop=there, statement=each, number=1, text=each.text) for each in rows])
    rounds = Round.objects.bulk_create([
        Round(workshop=there, statement=each, wording=word, number=1, state="closed",
              members=people) for each, word in zip(rows, words)])
    with connection.cursor() as cursor:
        # Answers and counts as they would be, without counting half a million one by one.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute('''
            INSERT INTO statements_response
              (id, workshop_id, round_id, participant_id, key, group_id, value, reason,
               answered_on, nth)
            SELECT gen_random_uuid(), r.workshop_id, r.id, m.participant_id, '', m.group_id,
              floor(random() * 3) - 1, '', now(), 1
            FROM statements_round r JOIN participants_groupmembership m
              ON m.workshop_id = r.workshop_id WHERE r.workshop_id = %s''', [there.pk])
        cursor.execute('''
            INSERT INTO statements_tally (round_id, group_id, value, shard, count)
            SELECT round_id, group_id, value, 0, count(*) FROM statements_response
            WHERE workshop_id = %s GROUP BY round_id, group_id, value''', [there.pk])
        cursor.execute("SET session_replication_role = DEFAULT")
    reveal(there, plan_of(there), rounds)
    Round.objects.filter(workshop=there).update(state="revealed")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {{"slug": there.slug, "statements": [str(each.pk) for each in rows],
            "key": signed_in(users[0])}}

print(json.dumps([asked({FEW}), asked({MANY})]))
"""
PAGES = {"The results": "statements/", "What divides first": "statements/?order=divisive"}


def pages_of(running: Running) -> dict[str, Callable[[int], object]]:
    """Return how the pages that are measured are asked for."""
    found: dict[str, Callable[[int], object]] = {}
    for people, made in zip(
        (FEW, MANY), json.loads(running.manage("shell", "--no-imports", "-c", MAKE)), strict=True
    ):
        visitor = Visitor(f"{running.address}/w/{made['slug']}/", made["key"])
        for about, path in PAGES.items():
            found[f"{about}, {people:,} people"] = lambda _, v=visitor, p=path: v.get(p)
        found[f"One statement, {people:,} people"] = lambda n, v=visitor, m=made: v.get(
            f"statements/{m['statements'][n]}/"
        )
    return found


def main() -> int:
    """Measure, print, and say whether all holds."""
    var = Path(tempfile.mkdtemp(prefix="rapporteur-bench-"))
    try:
        with started(var) as running:
            took = timed(pages_of(running))
    finally:
        shutil.rmtree(var, ignore_errors=True)
    figures = [Figure(f"{about}: median", each, AT_MOST) for about, each in took.items()]
    sys.stdout.write("\n".join(map(str, figures)) + "\n")
    flat = True
    for about in (*PAGES, "One statement"):
        ratio = took[f"{about}, {MANY:,} people"] / took[f"{about}, {FEW:,} people"]
        flat &= ratio <= MOST_RATIO
        sys.stdout.write(f"{about}: with {MANY:,} people {ratio:.2f} of what {FEW} take\n")
    return 0 if flat and all(figure.holds for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
