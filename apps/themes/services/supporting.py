"""Holding what a comment says as well, without a word."""

from django.db import transaction

from apps.core import audit
from apps.core.exceptions import RuleViolation
from apps.participants.models import Participant
from apps.themes.models import Comment, CommentSupport
from apps.workshops.services.asking import require_now

ANSWER = "This is an answer to a comment: support the comment itself."


@transaction.atomic
def support_comment(*, actor: Participant, comment: Comment) -> bool:
    """Support `comment`; return whether that is new. Twice counts once.

    Participants may, on published themes, what isn't their own and isn't hidden; nobody under the
    anonymous rule, which keeps nothing that would tell who has supported it already. The log
    doesn't say who did. Raises `NotPermitted`, and `RuleViolation` for an answer.
    """
    require_now(actor, "themes.support_comment", comment)
    if comment.reply_to_id is not None:
        raise RuleViolation(ANSWER)
    _, new = CommentSupport.objects.get_or_create(
        workshop_id=comment.workshop_id, comment=comment, participant=actor
    )
    if new:
        _record("comment.supported", comment)
    return new


@transaction.atomic
def withdraw_comment_support(*, actor: Participant, comment: Comment) -> bool:
    """Take one's support of `comment` back; return whether there was any. Raises as above."""
    require_now(actor, "themes.support_comment", comment)
    gone, _ = CommentSupport.objects.filter(comment=comment, participant=actor).delete()
    if gone:
        _record("comment.support_withdrawn", comment)
    return bool(gone)


def _record(verb: str, comment: Comment) -> None:
    audit.record(verb, comment, actor=None, scope_id=comment.workshop_id)
