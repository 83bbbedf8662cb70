"""Holding what something says as well, without a word."""

from typing import Any

from django.db import transaction

from apps.core import audit
from apps.core.exceptions import RuleViolation
from apps.participants.models import Participant
from apps.themes.models import Comment
from apps.workshops.services.asking import require_now

ANSWER = "This is an answer to a comment: support the comment itself."


@transaction.atomic
def support(*, actor: Participant, subject: Any) -> bool:
    """Support `subject`: a comment, a theme or a finding; return whether that is new.

    Twice counts once. Participants may, on published themes, what isn't their own and isn't
    hidden; nobody under the anonymous rule, which keeps nothing that would tell who has supported
    it already. The log doesn't say who did. Raises `NotPermitted`, and `RuleViolation` for an
    answer.
    """
    _require(actor, subject)
    if isinstance(subject, Comment) and subject.reply_to_id is not None:
        raise RuleViolation(ANSWER)
    _, new = subject.supports.get_or_create(workshop_id=subject.workshop_id, participant=actor)
    if new:
        _record("supported", subject)
    return bool(new)


@transaction.atomic
def withdraw_support(*, actor: Participant, subject: Any) -> bool:
    """Take one's support of `subject` back; return whether there was any. Raises as above."""
    _require(actor, subject)
    gone, _ = subject.supports.filter(participant=actor).delete()
    if gone:
        _record("support_withdrawn", subject)
    return bool(gone)


def _require(actor: Participant, subject: Any) -> None:
    is_comment = isinstance(subject, Comment)
    require_now(actor, "themes.support_comment" if is_comment else "themes.support", subject)


def _record(what: str, subject: Any) -> None:
    verb = f"{subject._meta.model_name}.{what}"
    audit.record(verb, subject, actor=None, scope_id=subject.workshop_id)
