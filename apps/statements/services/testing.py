"""Which statement tests which finding."""

from django.db import transaction

from apps.annotations.models import Annotation, Position
from apps.core import audit
from apps.participants.models import Participant
from apps.statements.models import Direction, Statement, StatementEvidence
from apps.statements.services.given import check_places
from apps.workshops.services.asking import require_now


@transaction.atomic
def link_statement(
    *,
    actor: Participant,
    statement: Statement,
    annotation: Annotation,
    position: Position | None = None,
    direction: str = Direction.AGREE,
) -> StatementEvidence:
    """Let `statement` test `annotation`, or one of its positions; `direction` is the answer that
    speaks for it. One that tests it already takes the new direction.

    The facilitation team may, until the workshop is published. Raises `NotPermitted`, and
    `RuleViolation` for a finding of another workshop or a position of another finding.
    """
    require_now(actor, "statements.edit", statement)
    check_places(actor.workshop, annotation=annotation, position=position)
    link, new = StatementEvidence.objects.get_or_create(
        statement=statement,
        annotation=annotation,
        position=position,
        defaults={"workshop": actor.workshop, "direction": direction},
    )
    before = {} if new else {"direction": link.direction}
    if new or link.direction != direction:
        link.direction = direction
        link.save(update_fields=["direction"])
        audit.record(
            "statement.linked",
            link,
            actor=actor,
            scope_id=link.workshop_id,
            before=before,
            after={"statement": statement, "annotation": annotation, "direction": direction},
        )
    return link


@transaction.atomic
def unlink_statement(*, actor: Participant, link: StatementEvidence) -> None:
    """Let a statement no longer test a finding; both stay.

    The facilitation team may, until the workshop is published. Raises `NotPermitted`.
    """
    require_now(actor, "statements.edit", link)
    audit.record(
        "statement.unlinked",
        link,
        actor=actor,
        scope_id=link.workshop_id,
        before={"statement": link.statement_id, "annotation": link.annotation_id},
    )
    link.delete()
