"""What 100,000 people and 500 statements take, of whom each answered sixty: `make bench-scale`.
Prints what was measured; exits 1 where a request takes too long.

Starts the program as `make run` does. What a request does is asked for over HTTP; what workers do
runs in processes of their own, whose memory is told. Takes a quarter of an hour.
"""

import http.client
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.e2e.capturing.conftest import SIGNED_IN
from tests.e2e.conftest import Running, started
from tests.performance.bench_capture import Figure
from tests.performance.load.program import ROOT

PEOPLE, STATEMENTS, EACH, ASKED, AT_MOST = 100_000, 500, 60, 15, 500
# All at once, in one request: what each comes to is worked out of counts.
MOST_FOR_ALL = 20_000
TOKEN = "x" * 32
MAKE = f"""{SIGNED_IN}
from django.db import connection
from apps.statements.models import AskingPlan, Round, Statement, Wording
from tests.performance.load.room import _joined
there, team, sessions = workshop(0)
groups = list(Group.objects.filter(workshop=there))
AskingPlan.objects.create(workshop=there, is_open=True, first_answer_at=timezone.now())
people = Participant.objects.bulk_create(
    [Participant(workshop=there, role="participant") for _ in range({PEOPLE})], batch_size=5_000)
GroupMembership.objects.bulk_create([
    GroupMembership(workshop=there, participant=each, group=groups[n % 2], axis="role")
    for n, each in enumerate(people)], batch_size=5_000)
rows = Statement.objects.bulk_create([
    Statement(workshop=there, order=n, text=f"Statement {{n}} says what may be held of it")
    for n in range({STATEMENTS})])
words = Wording.objects.bulk_create([
    Wording(workshop=there, statement=each, number=1, text=each.text) for each in rows])
rounds = Round.objects.bulk_create([
    Round(workshop=there, statement=each, wording=word, number=1, state="open",
          opened_at=timezone.now()) for each, word in zip(rows, words)])
with connection.cursor() as cursor:
    # Answers and counts as they would be, without counting six million one by one. People lean
    # to one side or the other, so that there are opinions to be found.
    cursor.execute("SET session_replication_role = replica")
    cursor.execute('''
        INSERT INTO statements_response
          (id, workshop_id, round_id, participant_id, key, group_id, value, reason, answered_on,
           nth)
        SELECT gen_random_uuid(), %(there)s, r.id, p.participant_id, '', p.group_id,
          CASE WHEN random() < 0.15 THEN 0
               WHEN (random() < 0.8) = ((p.n / 7 + r.n) %% 2 = 0) THEN 1 ELSE -1 END,
          CASE WHEN random() < 0.02 THEN 'Because it is so' ELSE '' END, now(), 1
        FROM (SELECT participant_id, group_id, n, abs(hashint8(n)::bigint) AS first,
                     10 * (abs(hashint8(-n)::bigint) %% 50) + 3 AS step
              FROM (SELECT participant_id, group_id, row_number() OVER () AS n
                    FROM participants_groupmembership WHERE workshop_id = %(there)s) numbered) p
        CROSS JOIN generate_series(1, %(each)s) AS k
        JOIN (SELECT id, row_number() OVER () - 1 AS n FROM statements_round
              WHERE workshop_id = %(there)s) r ON r.n = (p.first + k * p.step) %% %(statements)s
        ''', {{"there": there.pk, "each": {EACH}, "statements": {STATEMENTS}}})
    cursor.execute('''
        INSERT INTO statements_tally (round_id, group_id, value, shard, count)
        SELECT round_id, group_id, value, 0, count(*) FROM statements_response
        WHERE workshop_id = %s GROUP BY round_id, group_id, value''', [there.pk])
    cursor.execute("SET session_replication_role = DEFAULT")
    cursor.execute("ANALYZE")
    cursor.execute("SELECT count(*) FROM statements_response WHERE workshop_id = %s", [there.pk])
    answers = cursor.fetchone()[0]
print(json.dumps({{"slug": there.slug, "statements": [str(each.pk) for each in rows],
    "rounds": [str(each.pk) for each in rounds], "answers": answers,
    "key": signed_in(users[0]), "joined": _joined(people[5])}}))
"""
WORK = """
import json, resource, time
from apps.statements import services
from apps.statements.models import OpinionMap, Snapshot
snapshot = Snapshot.objects.get(workshop__slug="{slug}")
found = OpinionMap.objects.create(workshop=snapshot.workshop, snapshot=snapshot)
before = time.perf_counter()
services.map_opinions(job_id=found.pk)
took = time.perf_counter() - before
found.refresh_from_db()
print(json.dumps({{
    "seconds": took, "reason": found.content["reason"], "sizes": found.content.get("sizes"),
    "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}}))
"""


class Visitor:
    """Somebody's browser."""

    def __init__(self, running: Running, slug: str, cookie: str) -> None:
        self._host = running.address.removeprefix("http://")
        self._base, self._cookie = f"/w/{slug}/", f"{cookie}; csrftoken={TOKEN}"

    def ask(self, path: str, body: str | None = None) -> float:
        """Ask for a page, or post `body` to it; return how many milliseconds it took."""
        headers = {"Cookie": self._cookie, "X-CSRFToken": TOKEN}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        asked = http.client.HTTPConnection(self._host, timeout=120)
        before = time.perf_counter()
        asked.request("GET" if body is None else "POST", self._base + path, body, headers)
        answer = asked.getresponse()
        answer.read()
        took = 1000 * (time.perf_counter() - before)
        asked.close()
        assert answer.status in {200, 302}, (path, answer.status)
        return took


def measured(running: Running) -> list[Figure]:
    """Make the workshop, and return what asking, revealing and looking at it take."""
    before = time.perf_counter()
    made = json.loads(running.manage("shell", "--no-imports", "-c", MAKE))
    say(f"{made['answers']:,} answers made in {time.perf_counter() - before:.0f} s")
    team = Visitor(running, made["slug"], f"sessionid={made['key']}")
    person = Visitor(running, made["slug"], made["joined"])
    figures = []

    def figure(about: str, *asked: tuple[Visitor, str, str | None], at_most: int = AT_MOST) -> None:
        took = statistics.median(who.ask(path, body) for who, path, body in asked)
        figures.append(Figure(about, took, at_most))

    rounds, statements = made["rounds"], made["statements"]
    figure("The page to answer on", *[(person, "respond/", None)] * ASKED)
    figure("An answer", *[(person, f"respond/{each}/", "value=1") for each in rounds[:ASKED]])
    figure("The statements, while open", *[(team, "statements/", None)] * ASKED)
    figure("The console", *[(team, "statements/console/", None)] * ASKED)
    everything = "&".join(f"rounds={each}" for each in rounds)
    figure("Closing all", (team, "statements/rounds/close/", everything), at_most=MOST_FOR_ALL)
    figure("Revealing all", (team, "statements/rounds/reveal/", everything), at_most=MOST_FOR_ALL)
    figure("The results", *[(team, "statements/", None)] * ASKED)
    figure("What divides first", *[(team, "statements/?order=divisive", None)] * ASKED)
    figure("One statement", *[(team, f"statements/{each}/", None) for each in statements[:ASKED]])
    figure("The findings held against them", *[(team, "", None)] * ASKED)
    work = json.loads(fresh(running, "shell", "--no-imports", "-c", WORK.format(**made)))
    say("Opinion groups: {seconds:.0f} s, {mib:.0f} MiB; {reason} {sizes}".format(**work))
    before = time.perf_counter()
    said = fresh(running, "recount_answers").strip()
    say(f"A recount: {time.perf_counter() - before:.0f} s. {said}")
    return figures


def fresh(running: Running, *arguments: str) -> str:
    """Run a management command in a process of its own, as a worker is; return what it prints."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT, env=running.environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout


def say(text: str) -> None:
    """Print it at once: all this takes a while."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> int:
    """Measure, print, and say whether all holds."""
    var = Path(tempfile.mkdtemp(prefix="rapporteur-scale-"))
    try:
        with started(var) as running:
            figures = measured(running)
    finally:
        shutil.rmtree(var, ignore_errors=True)
    say("\n".join(map(str, figures)))
    return 0 if all(figure.holds for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
