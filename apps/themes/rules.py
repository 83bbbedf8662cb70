"""Who may see, sort and comment on themes, and when."""

from typing import Any

from apps.core.permissions import permit, predicate
from apps.themes.models import Comment, Theme
from apps.workshops.attribution import leaves_no_trace
from apps.workshops.models import Role
from apps.workshops.rules import has_role, is_here, is_open, is_purged, is_team


@predicate
def is_published(_actor: Any, subject: Any) -> bool:
    """The theme, or the theme that the comment or the finding is on, is published."""
    theme = subject if isinstance(subject, Theme) else subject.theme
    return theme.published_at is not None


@predicate
def wrote_it(actor: Any, comment: Any) -> bool:
    """The actor is the comment's author."""
    return comment.author_id is not None and bool(comment.author_id == actor.pk)


@predicate
def is_fresh(_actor: Any, comment: Any) -> bool:
    """The comment was written a few minutes ago, by the clock of the database."""
    known: bool | None = getattr(comment, "fresh", None)
    return Comment.objects.fresh().filter(pk=comment.pk).exists() if known is None else known


@predicate
def is_hidden(_actor: Any, comment: Any) -> bool:
    """Only the team and its author read the comment."""
    return comment.hidden_at is not None


@predicate
def keeps_people(actor: Any, _subject: Any) -> bool:
    """The rule lets be kept who did something."""
    return not leaves_no_trace(actor.workshop)


comments = is_team | has_role(Role.PARTICIPANT)
takes_part = is_team | (has_role(Role.PARTICIPANT) & is_published)

permit("themes.view_drafts", is_team)
permit("themes.edit", is_team & is_open)
permit("themes.publish", is_team & is_open)
permit("themes.file", is_team & is_open)
# On some theme of the workshop; which ones, the next rules say.
permit("themes.take_part", comments & is_open)
permit("themes.comment", takes_part & is_open)
permit("themes.reply", takes_part & is_open)
permit(
    "themes.edit_comment",
    is_here & wrote_it & ~is_hidden & takes_part & is_open & is_fresh,
)
# Without a word, and so by those whom the day is about; the team has its own say.
supports = has_role(Role.PARTICIPANT) & is_published & is_open & keeps_people
permit("themes.support", supports)
permit("themes.support_comment", supports & ~wrote_it & ~is_hidden)
permit("themes.decide", is_team & is_open)
# A name may have to go long after the day.
permit(
    "themes.moderate",
    (has_role(Role.OWNER, Role.FACILITATOR) & is_open) | (has_role(Role.OWNER) & ~is_purged),
)
permit("themes.read_hidden", is_team)
permit("themes.see_inbox", is_team)
# In every phase: what became of one's words.
permit("themes.have_comments", comments)
