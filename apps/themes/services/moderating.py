"""Hiding comments, with a reason, and showing them again."""

from django.db import transaction
from django.utils import timezone

from apps.core.editing import apply_changes, lock_version
from apps.participants.models import Participant
from apps.themes.models import Comment
from apps.themes.services.texts import checked
from apps.workshops.services.asking import require_now

REASON_LIMIT = 500
NO_REASON = "Say why the comment is hidden: its author and everybody else will read it."


@transaction.atomic
def hide_comment(
    *, actor: Participant, comment: Comment, reason: str, version: int | None = None
) -> Comment:
    """Let only the team and its author read `comment`; everybody reads that it is hidden, and why.

    Owner and facilitators may, the owner also after publication. Raises `NotPermitted`,
    `RuleViolation` without a reason or for one that is too long, and `Conflict` when `version`
    isn't the comment's any more.
    """
    require_now(actor, "themes.moderate", comment)
    reason = checked(reason, field="reason", limit=REASON_LIMIT, empty=NO_REASON)
    row: Comment = lock_version(Comment.objects.select_related("theme"), comment.pk, version)
    values = {"hidden_because": reason, "hidden_at": row.hidden_at or timezone.now()}
    apply_changes(row, values, verb="comment.hidden", actor=actor, reason=reason)
    return row


@transaction.atomic
def show_comment(*, actor: Participant, comment: Comment, version: int | None = None) -> Comment:
    """Let everybody read `comment` again. Whoever may hide may; raises as `hide_comment` does."""
    require_now(actor, "themes.moderate", comment)
    row: Comment = lock_version(Comment.objects.select_related("theme"), comment.pk, version)
    values = {"hidden_because": "", "hidden_at": None}
    apply_changes(row, values, verb="comment.shown", actor=actor)
    return row
