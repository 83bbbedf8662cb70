"""All comments at once: for the team to answer, and one's own with what became of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from django.db.models import Exists, OuterRef, QuerySet

from apps.participants.models import Participant
from apps.themes.models import Comment, CommentKind, CommentState, Theme
from apps.themes.selectors.comments import ShownComment, comments_visible_to, shown_comments
from apps.themes.selectors.outline import Outline
from apps.workshops.rules import TEAM


class Showing(Enum):
    """Which comments are asked for."""

    UNANSWERED = "unanswered", "Unanswered"
    MISSING = "missing", "A view is missing"
    HIDDEN = "hidden", "Hidden"
    ALL = "all", "All"

    def __init__(self, key: str, label: str) -> None:
        self.key, self.label = key, label

    @classmethod
    def of(cls, key: str) -> "Showing":
        """Return what `key` asks for; what is unanswered for anything else."""
        return next((each for each in cls if each.key == key), cls.UNANSWERED)


@dataclass(frozen=True)
class OnTheme:
    """The comments on one theme, the oldest first."""

    theme: Theme
    comments: list[ShownComment]


def comments_to_answer(actor: Participant) -> QuerySet[Comment]:
    """Return the comments that are open, and that nobody of the team has answered."""
    answered = Comment.objects.filter(reply_to=OuterRef("pk"), written_as__in=TEAM)
    waiting = comments_visible_to(actor).filter(
        reply_to=None, state=CommentState.OPEN, hidden_at=None
    )
    return waiting.exclude(Exists(answered.order_by()))


def comments_asked_for(actor: Participant, showing: Showing) -> QuerySet[Comment]:
    """Return the comments, without answers, that are asked for."""
    if showing == Showing.UNANSWERED:
        return comments_to_answer(actor)
    every = comments_visible_to(actor).filter(reply_to=None)
    if showing == Showing.MISSING:
        return every.filter(kind=CommentKind.MISSING)
    if showing == Showing.HIDDEN:
        return every.filter(hidden_at__isnull=False)
    return every


def by_theme(actor: Participant, comments: Iterable[Comment]) -> list[OnTheme]:
    """Return `comments` as they are shown, in the order of the outline."""
    shown = shown_comments(actor, comments)
    found = [
        OnTheme(theme, [each for each in shown if each.comment.theme_id == theme.pk])
        for theme, _ in Outline(actor).in_order()
    ]
    return [each for each in found if each.comments]


def own_comments(actor: Participant) -> QuerySet[Comment]:
    """Return what `actor` wrote themselves and may still read, the newest first."""
    own = comments_visible_to(actor).filter(author=actor, reply_to=None)
    return own.order_by("-created_at")
