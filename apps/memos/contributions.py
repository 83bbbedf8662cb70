"""What this app shows on the pages inside a workshop."""

import uuid
from collections.abc import Iterator, Mapping

from django.db.models import F, Func, Value
from django.urls import reverse

from apps.annotations.selectors import problems_for_memo
from apps.core.contributions import NavEntry, Panel, Step, contribute
from apps.core.holdings import Held, HeldItem, Kept, Removal
from apps.core.models import JobState
from apps.core.permissions import allowed
from apps.memos import selectors
from apps.memos.doubts import doubts_for
from apps.memos.models import MemoFile, MemoVersion, Remainder
from apps.memos.services import make_memo
from apps.notes.models import Note
from apps.participants.models import Participant
from apps.workshops.models import Phase, Workshop


@contribute("navigation", order=50)
def memo(actor: Participant) -> Iterator[NavEntry]:
    """Lead to the memo; its count is the newest version's number."""
    newest = selectors.versions_visible_to(actor).values_list("number", flat=True).first()
    url = reverse("memos:memo", args=[actor.workshop.slug])
    yield NavEntry("Memo", url, "memo", count=f"v{newest}" if newest else None)


@contribute("workshops:next", order=50)
def make(actor: Participant) -> Iterator[Step]:
    """Tell the team to make the memo, or that it is behind the latest change."""
    if not allowed(actor, "memos.make", actor.workshop):
        return
    url = reverse("memos:memo", args=[actor.workshop.slug])
    version = selectors.versions_visible_to(actor).first()
    if version is None:
        yield Step("Make the memo", url, action="Make the memo")
    elif selectors.is_outdated(version, actor.workshop):
        yield Step("The memo is older than the latest change", url, action="Make it again")
    else:
        ready = version.files.filter(state=JobState.READY).exists()
        yield Step("Make the memo", url, done=ready, action="" if ready else "See the memo")


@contribute("workshops:overview_aside", order=90)
def as_a_file(actor: Participant) -> Iterator[Panel]:
    """Let whoever may take the workshop along as a file."""
    if allowed(actor, "memos.take_workshop", actor.workshop):
        yield Panel("memos/file_panel.html", {"workshop": actor.workshop})


@contribute("workshops:before_phase", order=70)
def what_publishing_needs(actor: Participant, phase: str) -> Iterator[Step]:
    """Say that publishing makes the final version, what has to be mended before, and what the
    room's answers hold against it, which keeps nobody from publishing.
    """
    if phase == Phase.PUBLISHED:
        text = "This makes the memo’s final version, which everybody here can then read."
        yield Step(text, reverse("memos:memo", args=[actor.workshop.slug]), done=True)
        for problem in problems_for_memo(actor.workshop):
            theme = reverse("themes:detail", args=[actor.workshop.slug, problem.theme_id])
            yield Step(problem.text, f"{theme}#annotation-{problem.annotation_id}")
        for doubt in doubts_for(actor):
            theme = reverse("themes:detail", args=[actor.workshop.slug, doubt.theme_id])
            card = f"{theme}#annotation-{doubt.annotation_id}"
            yield Step(doubt.text, card, done=True, action="See the finding")


@contribute("workshops:entering", order=70)
def make_the_final_version(actor: Participant, phase: str) -> Iterator[MemoFile]:
    """Publishing makes the memo that readers get; what can't be made isn't published."""
    if phase == Phase.PUBLISHED:
        yield make_memo(actor=actor, workshop=actor.workshop)


@contribute("notes:printed", order=70)
def printed(note: Note) -> Iterator[HeldItem]:
    """Say which versions of the memo print what a note said."""
    url = reverse("memos:memo", args=[note.workshop.slug])
    for label in selectors.versions_printing(note):
        yield HeldItem(label, url=url)


@contribute("people:held", order=70)
def held(participant: Participant) -> Iterator[Held]:
    """Tell somebody which versions of the memo print their name."""
    yield Held(
        "memos",
        "Published memo versions that print your name",
        [HeldItem(label) for label in selectors.versions_naming(participant)],
        "They stay as they are: a version never changes after it is made.",
    )


@contribute("people:forget", order=70)
def forget(participant: Participant) -> Iterator[Removal]:
    """Let versions no longer lead to whoever made them; what they say stays."""
    beside = Remainder.objects.filter(workshop=participant.workshop_id, subject=participant.pk)
    yield Removal(
        "words of the workshop’s file about the person",
        remove=lambda: beside.delete()[0],
        remaining=beside.count,
    )
    yield Removal(
        "traces of who made memo versions",
        remove=lambda: MemoVersion.objects.filter(made_by=participant).update(made_by=None),
        remaining=lambda: MemoVersion.objects.filter(made_by_id=participant.pk).count(),
    )
    naming = MemoVersion.objects.filter(naming__contains=[participant.pk])
    yield Removal(
        "traces of whom memo versions name",
        remove=lambda: naming.update(
            naming=Func(F("naming"), Value(participant.pk), function="array_remove")
        ),
        remaining=naming.count,
    )


@contribute("purge", order=70)
def purge(workshop: Workshop) -> Iterator[Removal]:
    """Forget what a file said of people; let versions no longer lead to those whom they name."""
    people = Remainder.objects.filter(workshop=workshop, section="people")
    yield Removal(
        "words of the workshop’s file about people",
        remove=lambda: people.delete()[0],
        remaining=people.count,
    )
    naming = MemoVersion.objects.filter(memo__workshop=workshop).exclude(naming=[])
    yield Removal(
        "traces of whom memo versions name",
        remove=lambda: naming.update(naming=[]),
        remaining=naming.count,
    )


@contribute("workshops:tightening", order=70)
def withdrawing(actor: Participant) -> Iterator[Panel]:
    """Say which versions a stricter rule withdraws, before it is set; the database does it."""
    if versions := selectors.published_versions(actor.workshop):
        yield Panel("memos/withdrawing.html", {"versions": versions})


@contribute("purge:kept", order=70)
def kept(workshop: Workshop) -> Iterator[Kept]:
    """The memo stays."""
    versions = MemoVersion.objects.filter(memo__workshop=workshop)
    files = MemoFile.objects.filter(version__memo__workshop=workshop)
    why = "A version never changes after it is made. It names people as they agreed to be."
    yield Kept("memo versions", versions.count(), why)
    yield Kept("files of the memo", files.count(), why)


@contribute("history:verbs", order=70)
def told() -> Iterator[dict[str, str]]:
    """Say what was done with the memo."""
    yield {
        "memo.made": "made {subject} of the memo",
        "memo.retried": "had a file of the memo made again",
        "memo.set_up": "changed the settings of the memo",
    }


@contribute("history:names", order=70)
def names(viewer: Participant, ids: Mapping[str, set[uuid.UUID]]) -> Iterator[dict[uuid.UUID, str]]:
    """Call versions by their numbers."""
    found = MemoVersion.objects.filter(
        memo__workshop=viewer.workshop_id, pk__in=ids.get("memos.memoversion", ())
    )
    yield {pk: f"version {number}" for pk, number in found.values_list("pk", "number")}
