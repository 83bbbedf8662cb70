"""What themes show elsewhere. What others show of themes: see `apps.themes.facts`."""

import uuid
from collections.abc import Iterator, Mapping

from django.db.models import Model
from django.urls import reverse

from apps.core.contributions import NavEntry, Panel, Step, contribute
from apps.core.holdings import Held, Kept, Removal
from apps.core.live import PRESENCE
from apps.core.permissions import allowed
from apps.notes.models import Note, Thought
from apps.notes.selectors import Tag, notes_visible_to
from apps.participants.models import Participant
from apps.themes.models import (
    Comment,
    CommentState,
    CommentSupport,
    Filing,
    Rearrangement,
    Theme,
    ThemeSupport,
)
from apps.themes.selectors import (
    comments_held,
    comments_to_answer,
    on_themes_visible_to,
    own_comments,
    proposals,
    suggested,
    supports_held,
    themes_visible_to,
    unfiled_notes,
)
from apps.themes.selectors.coverage import groups_never_heard, notes_without_theme
from apps.themes.selectors.supporting import theme_supports_held
from apps.themes.services.forgetting import (
    authors_of_comments,
    passages_of_the_past,
    rearrangements,
    removals_of_author,
    supporter,
    supporters,
    unanswered_comments,
)
from apps.themes.services.receipts import remember
from apps.workshops.coverage import Gap
from apps.workshops.models import Workshop
from apps.workshops.searching import Hit, Kind, Search

# What open pages hear of: the outline and who takes notes, for those who sort them; comments, and
# themes that are published.
THEMES, COMMENTS = "themes", "comments"
# Participants don't see what is filed where.
FILED = {"theme.notes_filed", "theme.notes_unfiled"}


@contribute("live:topics", order=40)
def hear(actor: Participant) -> Iterator[str]:
    """Tell the team of the outline and of one another, everybody of what they can read."""
    yield COMMENTS
    if allowed(actor, "themes.view_drafts", actor.workshop):
        yield THEMES
        yield PRESENCE


@contribute("live:changed", order=40)
def changed(subject: Model, verb: str) -> Iterator[str]:
    """Say that the outline changed, a comment, or a theme that others read."""
    if isinstance(subject, Rearrangement):
        yield THEMES
        yield COMMENTS
    elif isinstance(subject, Theme):
        yield THEMES
        was_read = subject.published_at is not None or verb == "theme.unpublished"
        if was_read and verb not in FILED:
            yield COMMENTS
    elif isinstance(subject, Comment):
        yield COMMENTS if subject.theme.published_at else THEMES


@contribute("notes:taken-back", order=40)
def remember_taken_back(thought: Thought) -> Iterator[None]:
    """Remember the id of a thought that was taken back, so that no queue sends it again."""
    remember(thought.workshop, thought.pk)
    yield


@contribute("navigation", order=20)
def capture(actor: Participant) -> Iterator[NavEntry]:
    """Lead the team to the notes."""
    if allowed(actor, "notes.view", actor.workshop):
        url = reverse("themes:capture", args=[actor.workshop.slug])
        yield NavEntry("Capture", url, "capture", notes_visible_to(actor))


@contribute("navigation", order=30)
def outline(actor: Participant) -> Iterator[NavEntry]:
    """Lead to the themes."""
    url = reverse("themes:outline", args=[actor.workshop.slug])
    yield NavEntry("Themes", url, "themes", themes_visible_to(actor))


@contribute("search", order=20)
def found(actor: Participant, search: Search) -> Iterator[Kind]:
    """Find themes."""
    if not search.wants("themes"):
        return
    count, best = search.among(themes_visible_to(actor), "themes", text="summary")
    hits = [
        Hit(
            theme.pk,
            theme.title,
            reverse("themes:detail", args=[actor.workshop.slug, theme.pk]),
            [theme.excerpt] if theme.excerpt else [],
        )
        for theme in best
    ]
    yield Kind("themes", "Themes", count, hits)


@contribute("workshops:next", order=20)
def record_notes(actor: Participant) -> Iterator[Step]:
    """Begin with the notes; then find each of them a theme."""
    if not allowed(actor, "notes.record", actor.workshop):
        return
    slug = actor.workshop.slug
    count = notes_visible_to(actor).count()
    capture_url = reverse("themes:capture", args=[slug])
    if not count:
        yield Step("No note yet", capture_url, action="Start capturing")
        return
    yield Step(_counted(count, "note is", "notes are") + " recorded", capture_url, done=True)
    loose = unfiled_notes(actor).count()
    url = reverse("themes:outline", args=[slug])
    if loose:
        text = _counted(loose, "note has", "notes have") + " no theme"
        yield Step(text, f"{url}#unfiled", action=f"File {_counted(loose, 'note', 'notes')}")
    else:
        yield Step("Every note has a theme", url, done=True)


@contribute("workshops:next", order=40)
def answer_comments(actor: Participant) -> Iterator[Step]:
    """Answer what was said of the themes, the oldest first."""
    if not allowed(actor, "themes.decide", actor.workshop):
        return
    waiting = comments_to_answer(actor).count()
    if waiting:
        url = reverse("themes:inbox", args=[actor.workshop.slug])
        text = _counted(waiting, "comment waits", "comments wait") + " for an answer"
        yield Step(text, url, action="Answer the comments")


@contribute("workshops:coverage", order=10)
def left_lying(actor: Participant) -> Iterator[Gap]:
    """Say which notes stand nowhere, and from which groups there is none."""
    yield notes_without_theme(actor)
    if unheard := groups_never_heard(actor):
        yield unheard


@contribute("workshops:overview", order=30)
def published(actor: Participant) -> Iterator[Panel]:
    """Show those who don't sort them what there is to read."""
    if not allowed(actor, "themes.view_drafts", actor.workshop):
        yield Panel("themes/published.html", {"themes": list(themes_visible_to(actor))})


@contribute("workshops:overview_aside", order=30)
def comments(actor: Participant) -> Iterator[Panel]:
    """Lead the team to all comments, and those who wrote some to what became of them."""
    if allowed(actor, "themes.see_inbox", actor.workshop):
        context = {"to_answer": comments_to_answer(actor).count()}
        yield Panel("themes/inbox_panel.html", context)
    elif allowed(actor, "themes.have_comments", actor.workshop):
        own = list(own_comments(actor))
        if own:
            told = sum(each.state != CommentState.OPEN for each in own)
            yield Panel("themes/own_panel.html", {"count": len(own), "told": told})


@contribute("themes:unfiled", order=10)
def beside_a_note(actor: Participant, notes: list[Note]) -> Iterator[dict[uuid.UUID, list[Panel]]]:
    """Suggest for each note that stands nowhere what may become of it."""
    yield {
        note_id: [Panel("themes/suggested.html", {"suggested": each})]
        for note_id, each in suggested(actor, notes).items()
    }


@contribute("themes:proposed", order=10)
def groups_to_be(actor: Participant) -> Iterator[Panel]:
    """Propose groups while there is no theme yet."""
    if found := proposals(actor):
        yield Panel("themes/proposed.html", {"proposals": found})


@contribute("notes:tags", order=10)
def filed_under(actor: Participant, notes: list[Note]) -> Iterator[dict[uuid.UUID, list[Tag]]]:
    """Say under which themes each note stands."""
    tags: dict[uuid.UUID, list[Tag]] = {}
    filings = on_themes_visible_to(
        actor, Filing.objects.filter(note__in=notes, workshop=actor.workshop_id)
    )
    of_theme: dict[uuid.UUID, Tag] = {}
    rows = filings.order_by("filed_at", "pk").values_list("note_id", "theme_id", "theme__title")
    for note_id, theme_id, title in rows:
        if theme_id not in of_theme:
            url = reverse("themes:detail", args=[actor.workshop.slug, theme_id])
            of_theme[theme_id] = Tag(title, url, "theme")
        if of_theme[theme_id] not in tags.setdefault(note_id, []):
            tags[note_id].append(of_theme[theme_id])
    yield tags


@contribute("people:held", order=40)
def held(participant: Participant) -> Iterator[Held]:
    """Tell somebody which comments they wrote."""
    yield comments_held(participant)
    yield supports_held(participant)
    yield theme_supports_held(participant)


@contribute("people:forget", order=40)
def forget(participant: Participant) -> Iterator[Removal]:
    """Let comments stand without their author."""
    yield from removals_of_author(participant)
    yield supporter(participant, CommentSupport, "comments")
    yield supporter(participant, ThemeSupport, "themes")


@contribute("people:unanswered", order=40)
def withdraw(participant: Participant) -> Iterator[Removal]:
    """Delete the comments that nobody answered."""
    yield unanswered_comments(participant)


@contribute("purge", order=40)
def purge(workshop: Workshop) -> Iterator[Removal]:
    """Let comments stand without their authors; what the team wrote it wrote in its role."""
    yield authors_of_comments(workshop)
    yield supporters(workshop, CommentSupport, "comments")
    yield supporters(workshop, ThemeSupport, "themes")
    yield rearrangements(workshop)
    yield passages_of_the_past(workshop)


@contribute("purge:kept", order=40)
def kept(workshop: Workshop) -> Iterator[Kept]:
    """Themes stay, and what was said of them."""
    yield Kept("themes", workshop.themes.count(), "The findings stand under them.")
    yield Kept(
        "comments", workshop.comments.count(), "What was said may be used; nobody is named with it."
    )


@contribute("history:verbs", order=40)
def told() -> Iterator[dict[str, str]]:
    """Say what was done with themes and comments."""
    yield {
        "theme.added": "added the theme {subject}",
        "theme.edited": "changed the theme {subject}",
        "theme.moved": "moved the theme {subject}",
        "theme.shifted": "moved the theme {subject} in the order",
        "theme.placed": "placed the theme {subject} in the memo",
        "theme.published": "published the theme {subject}",
        "theme.unpublished": "hid the theme {subject} from participants",
        "theme.deleted": "deleted the theme {subject}",
        "theme.merged": "merged the theme {subject} into another",
        "theme.took_in": "put what another theme held under the theme {subject}",
        "theme.split": "split the theme {subject} off another",
        "rearrangement.undone": "undid a rearrangement of themes or notes",
        "theme.notes_filed": "filed notes under the theme {subject}",
        "theme.notes_unfiled": "took notes off the theme {subject}",
        "comment.written": "wrote a comment",
        "comment.answered": "answered a comment",
        "comment.edited": "mended a comment",
        "comment.decided": "decided on a comment",
        "comment.hidden": "hid a comment",
        "comment.shown": "showed a hidden comment again",
        "comment.supported": "supported a comment",
        "comment.support_withdrawn": "took their support of a comment back",
        "theme.supported": "supported the theme {subject}",
        "theme.support_withdrawn": "took their support of the theme {subject} back",
    }


@contribute("history:names", order=40)
def names(viewer: Participant, ids: Mapping[str, set[uuid.UUID]]) -> Iterator[dict[uuid.UUID, str]]:
    """Call themes by their titles."""
    found = Theme.objects.of_workshop(viewer.workshop).filter(pk__in=ids.get("themes.theme", ()))
    yield {pk: f"“{title}”" for pk, title in found.values_list("pk", "title")}


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
