"""What this app shows on the pages inside a workshop."""

from collections.abc import Iterator

from django.urls import reverse

from apps.core.contributions import NavEntry, Step, contribute
from apps.core.models import JobState
from apps.core.permissions import allowed
from apps.memos import selectors
from apps.participants.models import Participant


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
