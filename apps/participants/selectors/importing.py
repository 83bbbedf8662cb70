"""Reading what a list of people would become."""

from typing import Any

from apps.participants.models import Participant, RosterDraft
from apps.participants.roster import Columns, Known, KnownGroup, Plan, Table, entries_of, plan_of
from apps.participants.selectors.people import ERASED
from apps.workshops.models import Workshop


def drafts_of(actor: Participant) -> Any:
    """Return the lists that `actor` is looking at; nobody else sees them."""
    return RosterDraft.objects.filter(made_by=actor)


def table_of(draft: RosterDraft) -> Table:
    """Return the list as it was read."""
    return Table(draft.rows)


def plan_for(workshop: Workshop, draft: RosterDraft, columns: Columns) -> Plan:
    """Return what becomes of each line of `draft` in `workshop` as it is now. Two queries."""
    people = Participant.objects.filter(~ERASED, workshop=workshop).order_by("created_at", "pk")
    known = [
        Known(pk, name, email, removed is not None)
        for pk, name, email, removed in people.values_list(
            "pk", "display_name", "email", "removed_at"
        )
    ]
    groups = [
        KnownGroup(
            group.pk,
            "" if group.axis == workshop.main_axis else group.axis,
            group.singular,
            group.plural,
        )
        for group in workshop.groups.all()
    ]
    return plan_of(entries_of(table_of(draft), columns), known=known, groups=groups)
