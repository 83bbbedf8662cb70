"""Commenting on themes, and deciding on what was said."""

from django.db import transaction
from django.utils import timezone

from apps.core import audit
from apps.core.editing import apply_changes, lock_version
from apps.core.exceptions import RuleViolation
from apps.core.permissions import allowed, require
from apps.participants.models import Participant
from apps.participants.selectors.attribution import group_to_keep
from apps.themes.models import Comment, CommentKind, CommentState, Theme
from apps.themes.services.texts import checked
from apps.workshops.attribution import leaves_no_trace
from apps.workshops.services import as_it_is_now
from apps.workshops.services.asking import require_now

LIMIT, DECISION_LIMIT = 5_000, 2_000
EMPTY = "A comment needs some words."
UNKNOWN = "A comment is a comment, or says that a view is missing."
NO_REASON = "Say why the comment is declined."
ANSWER = "This is an answer to a comment: answer, or decide on, the comment itself."


@transaction.atomic
def comment_on_theme(
    *, actor: Participant, theme: Theme, text: str, kind: str = CommentKind.REMARK
) -> Comment:
    """Say something of `theme`, or that a view is missing there, and return the comment.

    The facilitation team may, and participants where the theme is published. Under the anonymous
    rule nothing is kept that leads to a participant. Raises `NotPermitted`, and `RuleViolation`
    for an empty or too long text, or an unknown kind.
    """
    require_now(actor, "themes.comment", theme)
    if kind not in CommentKind.values:
        raise RuleViolation(UNKNOWN, fields={"kind": UNKNOWN})
    return _add(actor, theme, text, kind=kind)


@transaction.atomic
def reply_to_comment(*, actor: Participant, comment: Comment, text: str) -> Comment:
    """Answer `comment`, and return the answer.

    Whoever may comment may answer. Raises `NotPermitted`, and `RuleViolation` for an empty or
    too long text, or when `comment` is an answer itself.
    """
    require_now(actor, "themes.reply", comment)
    if comment.reply_to_id is not None:
        raise RuleViolation(ANSWER, fields={"text": ANSWER})
    return _add(actor, comment.theme, text, reply_to=comment)


@transaction.atomic
def edit_comment(
    *, actor: Participant, comment: Comment, text: str, version: int | None = None
) -> Comment:
    """Mend one's own comment, within a quarter of an hour by the clock of the database.

    Raises `NotPermitted`, also when that time is over or it was hidden; `RuleViolation` for
    an empty or too long text; and `Conflict` when `version` isn't the comment's any more.
    """
    require(actor, "themes.edit_comment", comment)
    as_it_is_now(actor)
    text = _checked(text)
    row: Comment = lock_version(Comment.objects.select_related("theme"), comment.pk, version)
    require(actor, "themes.edit_comment", row)
    if text != row.text:
        values = {"text": text, "edited_at": timezone.now()}
        apply_changes(row, values, verb="comment.edited", actor=_told(actor), unlogged={"text"})
    return row


@transaction.atomic
def decide_comment(
    *,
    actor: Participant,
    comment: Comment,
    state: str,
    decision: str = "",
    version: int | None = None,
) -> Comment:
    """Accept or decline `comment`, with a reason for its author, or open it again.

    The facilitation team may. Raises `NotPermitted`; `RuleViolation` when it is declined without
    a reason, for a text that is too long, or when `comment` is an answer; and `Conflict` when
    `version` isn't the comment's any more.
    """
    require_now(actor, "themes.decide", comment)
    if comment.reply_to_id is not None:
        raise RuleViolation(ANSWER, fields={"state": ANSWER})
    decision = checked(decision, field="decision", limit=DECISION_LIMIT)
    if state == CommentState.DECLINED and not decision:
        raise RuleViolation(NO_REASON, fields={"decision": NO_REASON})
    row: Comment = lock_version(Comment.objects.all(), comment.pk, version)
    is_open = state == CommentState.OPEN
    if (row.state, row.decision) != (state, "" if is_open else decision):
        values = {
            "state": state,
            "decision": "" if is_open else decision,
            "decided_at": None if is_open else timezone.now(),
            "decided_by": None if is_open else actor,
        }
        apply_changes(row, values, verb="comment.decided", actor=actor, reason=decision)
    return row


def _add(
    actor: Participant,
    theme: Theme,
    text: str,
    *,
    kind: str = CommentKind.REMARK,
    reply_to: Comment | None = None,
) -> Comment:
    told = _told(actor)
    traceless = told is None and leaves_no_trace(actor.workshop)
    comment = Comment.objects.create(
        workshop_id=theme.workshop_id,
        theme=theme,
        author=None if traceless else actor,
        written_as=actor.role,
        group=group_to_keep(actor),
        reply_to=reply_to,
        kind=kind,
        text=_checked(text),
    )
    audit.record(
        "comment.answered" if reply_to else "comment.written",
        comment,
        actor=told,
        scope_id=theme.workshop_id,
        after={"theme": theme},
    )
    return comment


def _told(actor: Participant) -> Participant | None:
    """Return who the log says it was: of the team, which writes in its role, whoever it was.

    What others write leads to them nowhere but by its author, whom a stricter rule can take off:
    the log keeps what was written, and would lead to them still.
    """
    return actor if allowed(actor, "themes.view_drafts", actor.workshop) else None


def _checked(text: str) -> str:
    return checked(text, field="text", limit=LIMIT, empty=EMPTY)
