"""Writing the organisations behind a workshop."""

from typing import Any

from django.db import transaction

from apps.core import audit, ordering
from apps.core.editing import apply_changes, check, lock_version
from apps.core.ordering import next_order
from apps.core.texts import all_cleaned
from apps.workshops.actors import Actor
from apps.workshops.models import Organisation
from apps.workshops.services.asking import require_now


@transaction.atomic
def add_organisation(
    *,
    actor: Actor,
    name: str,
    role: str,
    acknowledgement: str = "",
    award_number: str = "",
    note: str = "",
) -> Organisation:
    """Add an organisation to the actor's workshop, behind those there are, and return it.

    The owner may, until it is published. Raises `NotPermitted`, and `RuleViolation` for what the
    model can't hold.
    """
    require_now(actor, "workshops.set_up", actor.workshop)
    given = {
        "name": name,
        "role": role,
        "acknowledgement": acknowledgement,
        "award_number": award_number,
        "note": note,
    }
    siblings = Organisation.objects.filter(workshop=actor.workshop)
    organisation = Organisation(
        workshop=actor.workshop, order=next_order(siblings), **all_cleaned(given)
    )
    check(organisation)
    organisation.save(force_insert=True)
    audit.record(
        "organisation.added",
        organisation,
        actor=actor,
        scope_id=actor.workshop_id,
        after={"name": organisation.name, "role": organisation.role},
    )
    return organisation


@transaction.atomic
def change_organisation(
    *, actor: Actor, organisation: Organisation, version: int | None = None, **values: Any
) -> Organisation:
    """Change an organisation; what is left out stays as it is.

    The owner may, until the workshop is published. Raises `NotPermitted`, `Conflict` when `version`
    isn't its own any more, and `RuleViolation` as `add_organisation`.
    """
    require_now(actor, "workshops.set_up", organisation)
    row: Organisation = lock_version(Organisation.objects.all(), organisation.pk, version)
    apply_changes(row, all_cleaned(values), verb="organisation.changed", actor=actor)
    return row


@transaction.atomic
def move_organisation(*, actor: Actor, organisation: Organisation, by: int) -> bool:
    """Move `organisation` up (-1) or down (1) among the others; False at the end of them.

    The owner may, until the workshop is published. Raises `NotPermitted`.
    """
    require_now(actor, "workshops.set_up", organisation)
    siblings = Organisation.objects.filter(workshop=organisation.workshop_id)
    moved = ordering.move(siblings, organisation, by)
    if moved:
        audit.record(
            "organisation.moved", organisation, actor=actor, scope_id=organisation.workshop_id
        )
    return moved


@transaction.atomic
def remove_organisation(
    *, actor: Actor, organisation: Organisation, version: int | None = None
) -> None:
    """Remove `organisation`; what it said stays in the log.

    The owner may, until the workshop is published. Raises `NotPermitted`, and `Conflict` when
    `version` isn't its own any more.
    """
    require_now(actor, "workshops.set_up", organisation)
    row: Organisation = lock_version(Organisation.objects.all(), organisation.pk, version)
    audit.record(
        "organisation.removed",
        row,
        actor=actor,
        scope_id=row.workshop_id,
        before={"name": row.name, "role": row.role, "acknowledgement": row.acknowledgement},
    )
    row.delete()
