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
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

from django.conf import settings

from tests.e2e.capturing.conftest import SIGNED_IN
from tests.e2e.conftest import Running, free_port, started
from tests.performance.bench_capture import Figure
from tests.performance.taguette import NoPeer, served

NOTES, THEMES, ANNOTATIONS, COMMENTS = 500, 60, 300, 1_000
WARM, ASKED, AT_MOST = 5, 40, 100
PEER = "Taguette, a tag with the same notes"
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


class Visitor:
    """A browser of the team, which asks for pages as that of the peer does."""

    def __init__(self, base: str, key: str) -> None:
        self._base, self._cookie = base, f"sessionid={key}"

    def get(self, path: str) -> bytes:
        """Return a page of the workshop."""
        asked = urllib.request.Request(self._base + path, headers={"Cookie": self._cookie})
        with urllib.request.urlopen(asked) as answer:
            return bytes(answer.read())


def timed(pages: Mapping[str, Callable[[int], object]]) -> dict[str, float]:
    """Return how many milliseconds each page takes at the median, each time of another theme.

    They take turns, so that a moment at which the machine is slow is one for all of them.
    """
    took: dict[str, list[float]] = {about: [] for about in pages}
    for number in range(-WARM, ASKED):
        for about, ask in pages.items():
            before = time.perf_counter()
            ask(number % THEMES)
            took[about].append((time.perf_counter() - before) * 1000)
    return {about: statistics.median(each[WARM:]) for about, each in took.items()}


def pages_of(running: Running) -> dict[str, Callable[[int], object]]:
    """Return how the pages that are measured are asked for."""
    made = json.loads(running.manage("shell", "--no-imports", "-c", MAKE))
    visitor = Visitor(f"{running.address}/w/{made['slug']}/", made["keys"][0])
    return {
        "The page of a theme": lambda n: visitor.get(f"themes/{made['themes'][n]}/"),
        "The board": lambda _: visitor.get("themes/board/"),
        "The outline of the themes": lambda _: visitor.get("themes/"),
        "The terms": lambda _: visitor.get("terms/"),
    }


@contextmanager
def peer() -> Iterator[dict[str, Callable[[int], object]]]:
    """Yield how Taguette is asked for a tag with the same notes; nothing, and say why, without."""
    folder = Path(settings.BASE_DIR) / "var" / "taguette"
    with ExitStack() as stack:
        try:
            there = stack.enter_context(
                served(folder, notes=TEXTS, themes=TITLES, filed=FILED, port=free_port())
            )
        except NoPeer as reason:
            sys.stdout.write(f"Not compared with Taguette: {reason}\n")
            yield {}
        else:
            yield {PEER: lambda n: there.theme(TITLES[n].replace(" ", "%20"))}


def main() -> int:
    """Measure, print, and say whether all holds."""
    var = Path(tempfile.mkdtemp(prefix="rapporteur-bench-"))
    try:
        with started(var) as running, peer() as theirs:
            ours = pages_of(running)
            took = timed({**ours, **theirs})
    finally:
        shutil.rmtree(var, ignore_errors=True)
    figures = [Figure(f"{about}: median", took[about], AT_MOST) for about in ours]
    sys.stdout.write("\n".join(map(str, figures)) + "\n")
    if PEER in took:
        ratio = figures[0].value / took[PEER]
        sys.stdout.write(f"{PEER}: {took[PEER]:.1f} ms; ours takes {ratio:.2f} of it\n")
    return 0 if all(figure.holds for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
