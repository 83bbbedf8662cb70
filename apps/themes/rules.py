"""Who may see, sort and comment on themes, and when."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from apps.core.permissions import permit, predicate
from apps.themes.models import Comment
from apps.workshops.models import Role
from apps.workshops.rules import has_role, is_here, is_open, is_team

# Long enough to mend a slip, too short to change what was answered.
MENDABLE = timedelta(minutes=15)


@predicate
def is_published(_actor: Any, subject: Any) -> bool:
    """The theme, or the theme that the comment is on, is published."""
    theme = subject.theme if isinstance(subject, Comment) else subject
    return theme.published_at is not None


@predicate
def wrote_it(actor: Any, comment: Any) -> bool:
    """The actor is the comment's author."""
    return comment.author_id is not None and bool(comment.author_id == actor.pk)


@predicate
def is_fresh(_actor: Any, comment: Any) -> bool:
    """The comment was written a few minutes ago."""
    return bool(timezone.now() - comment.created_at < MENDABLE)


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
permit("themes.edit_comment", is_here & wrote_it & is_fresh & takes_part & is_open)
permit("themes.decide", is_team & is_open)
