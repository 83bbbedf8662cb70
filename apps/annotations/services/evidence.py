"""What a finding rests on."""

from django.db import transaction

from apps.annotations.models import Annotation, Evidence, Position, Stance
from apps.annotations.services.given import refuse
from apps.core import audit
from apps.notes.models import Note
from apps.participants.models import Participant
from apps.workshops.services.asking import require_now


@transaction.atomic
def attach_evidence(
    *,
    actor: Participant,
    annotation: Annotation,
    note: Note,
    position: Position | None = None,
    stance: str = Stance.SUPPORTS,
) -> Evidence:
    """Let `note` stand for or against `annotation`, or one of its positions; returns the link.

    A note that is attached there already takes the new stance. The facilitation team may, until
    the workshop is published. Raises `NotPermitted`, and `RuleViolation` for a note of another
    workshop or one that was redacted, or a position of another annotation.
    """
    require_now(actor, "annotations.cite", annotation)
    if note.workshop_id != annotation.workshop_id:
        raise refuse("note", "There is no such note in this workshop.")
    if note.redacted_at is not None:
        raise refuse("note", "This note was redacted, so nothing can rest on it.")
    if position is not None and position.annotation_id != annotation.pk:
        raise refuse("position", "There is no such position of this annotation.")
    evidence, new = Evidence.objects.get_or_create(
        annotation=annotation,
        position=position,
        note=note,
        defaults={
            "workshop": actor.workshop, "stance": stance, "attached_by": actor,
        },
    )  # fmt: skip
    before = {} if new else {"stance": evidence.stance}
    if new or evidence.stance != stance:
        evidence.stance = stance
        evidence.save(update_fields=["stance"])
        audit.record(
            "evidence.attached",
            evidence,
            actor=actor,
            scope_id=evidence.workshop_id,
            before=before,
            after={
                "annotation": annotation, "position": position, "note": note, "stance": stance,
            },
        )  # fmt: skip
    return evidence


@transaction.atomic
def detach_evidence(*, actor: Participant, evidence: Evidence) -> None:
    """Let the note no longer stand for or against the finding; the note itself stays.

    The facilitation team may, until the workshop is published. Raises `NotPermitted`.
    """
    require_now(actor, "annotations.cite", evidence)
    audit.record(
        "evidence.detached",
        evidence,
        actor=actor,
        scope_id=evidence.workshop_id,
        before={
            "annotation": evidence.annotation_id,
            "position": evidence.position_id,
            "note": evidence.note_id,
            "stance": evidence.stance,
        },
    )
    evidence.delete()
