"""How quick the pages of themes are in a full workshop: `make bench`. Exits 1 where too slow.

Starts the program as `make run` does, with 500 notes, 60 themes, 300 annotations and 1,000
comments, and prints beside it how long Taguette takes to show a tag with the same notes.
"""

import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

from django.conf import settings

from tests.e2e.capturing.conftest import SIGNED_IN
from tests.e2e.conftest import CHROMIUM, QUIET, Running, free_port, started
from tests.performance.bench_capture import Figure, signed_in
from tests.performance.taguette import NoPeer, served

NOTES, THEMES, ANNOTATIONS, COMMENTS = 500, 60, 300, 1_000
ASKED, AT_MOST = 40, 100
TEXTS = [f"Note {n}: ports matter more than patrols, said from the coast" for n in range(NOTES)]
TITLES = [f"Theme {n}" for n in range(THEMES)]
# Each note under two themes.
FILED = [[n % THEMES, (n * 7 + 1) % THEMES] for n in range(NOTES)]
MAKE = f"""{SIGNED_IN}
from apps.agendas.models import Link
from apps.annotations.models import Annotation, Evidence, Position, Sense, Term
from apps.notes.models import NoteCounter
from apps.themes.models import Comment, Filing
there, team, sessions = workshop(0)
Workshop.objects.filter(pk=there.pk).update(phase="synthesis")
Theme.objects.filter(workshop=there).delete()
group = Group.objects.filter(workshop=there).first()
texts, titles, filed = json.loads({json.dumps(json.dumps([TEXTS, TITLES, FILED]))})
notes = Note.objects.bulk_create([
    Note(workshop=there, session=sessions[0], sequence=n, change=n, recorded_by=team[1], text=text)
    for n, text in enumerate(texts, start=1)])
NoteCounter.objects.update_or_create(
    workshop=there, defaults={{"last": len(notes), "changes": len(notes)}})
themes = Theme.objects.bulk_create([
    Theme(workshop=there, title=title, order=n, published_at=timezone.now())
    for n, title in enumerate(titles)])
for theme, under in zip(themes[20:], themes):
    theme.parent = under
Theme.objects.bulk_update(themes[20:], ["parent"])
Filing.objects.bulk_create([
    Filing(workshop=there, theme=themes[number], note=note)
    for note, numbers in zip(notes, filed) for number in set(numbers)])
annotations = Annotation.objects.bulk_create([
    Annotation(workshop=there, theme=themes[n % {THEMES}], order=n, basis="count", counted=20,
               counted_of=27, kind="divergence" if n % 3 else "consensus",
               claim=f"Claim {{n}} on term {{n % 10}}")
    for n in range({ANNOTATIONS})])
sides = Position.objects.bulk_create([
    Position(workshop=there, annotation=each, order=n, label=f"Side {{n}}", text="What it holds",
             quantifier="some")
    for each in annotations if each.kind == "divergence" for n in range(2)])
for each in [*annotations, *sides]:
    each.holders.add(group)
Evidence.objects.bulk_create([
    Evidence(workshop=there, annotation=each, note=notes[(n * 3 + k) % {NOTES}])
    for n, each in enumerate(annotations) for k in range(3)])
Link.objects.bulk_create([
    Link(workshop=there, kind="contrasts", source_annotation=one, target_annotation=other)
    for one, other in zip(annotations, annotations[1:])])
terms = Term.objects.bulk_create([
    Term(workshop=there, name=f"term {{n}}", order=n, annotation=annotations[n])
    for n in range(10)])
Sense.objects.bulk_create([
    Sense(workshop=there, term=term, text=f"sense {{n}}", order=n)
    for term in terms for n in (1, 2)])
Comment.objects.bulk_create([
    Comment(workshop=there, theme=themes[n % {THEMES}], author=team[n % 2],
            written_as="facilitator", text=f"Comment {{n}}") for n in range({COMMENTS})])
print(json.dumps({{"slug": there.slug, "themes": [str(each.pk) for each in themes],
                  "keys": [signed_in(each) for each in users]}}))
"""


def timed(ask: Callable[[int], object]) -> float:
    """Return how many milliseconds an answer takes at the median, each time of another theme."""
    took = []
    for number in range(ASKED):
        before = time.perf_counter()
        ask(number % THEMES)
        took.append((time.perf_counter() - before) * 1000)
    return statistics.median(took)


def measure(browser: Browser, running: Running) -> list[Figure]:
    """Return how long the pages take."""
    made = json.loads(running.manage("shell", "--no-imports", "-c", MAKE))
    context = signed_in(browser, running, made["keys"][0])
    base = f"{running.address}/w/{made['slug']}/"

    def get(path: str) -> None:
        answer = context.request.get(base + path)
        assert answer.ok, (path, answer.status)

    def figure(about: str, path: Callable[[int], str]) -> Figure:
        get(path(0))
        return Figure(f"{about}: median", timed(lambda n: get(path(n))), AT_MOST)

    return [
        figure("The page of a theme", lambda n: f"themes/{made['themes'][n]}/"),
        figure("The board", lambda _: "themes/board/"),
        figure("The outline of the themes", lambda _: "themes/"),
        figure("The terms", lambda _: "terms/"),
    ]


def at_the_peer() -> float | None:
    """Return how long Taguette takes for a tag with the same notes; None, and why, without it."""
    folder = Path(settings.BASE_DIR) / "var" / "taguette"
    try:
        with served(
            folder, notes=TEXTS, themes=TITLES, filed=FILED, port=free_port()
        ) as peer:  # fmt: skip
            return timed(lambda n: peer.theme(TITLES[n].replace(" ", "%20")))
    except NoPeer as reason:
        sys.stdout.write(f"Not compared with Taguette: {reason}\n")
        return None


def main() -> int:
    """Measure, print, and say whether all holds."""
    var = Path(tempfile.mkdtemp(prefix="rapporteur-bench-"))
    try:
        with started(var) as running, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
            figures = measure(browser, running)
            browser.close()
    finally:
        shutil.rmtree(var, ignore_errors=True)
    sys.stdout.write("\n".join(map(str, figures)) + "\n")
    if (theirs := at_the_peer()) is not None:
        ratio = figures[0].value / theirs
        sys.stdout.write(
            f"Taguette, a tag with the same notes: {theirs:.1f} ms; ours takes {ratio:.2f} of it\n"
        )
    return 0 if all(figure.holds for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
