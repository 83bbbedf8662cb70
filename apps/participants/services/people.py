"""The list of people: adding, changing, removing, and bringing back."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.core import audit
from apps.core.editing import apply_changes, check, lock_version
from apps.core.exceptions import RuleViolation
from apps.core.permissions import require
from apps.core.texts import cleaned
from apps.participants.models import (
    Group,
    GroupMembership,
    Listing,
    Naming,
    Participant,
    RosterDraft,
)
from apps.participants.selectors.people import ERASED, owners_in
from apps.participants.selectors.telling import ONLY_THEY, may_propose
from apps.participants.services.joining import renew_join_code
from apps.participants.services.memberships import NO_GROUP
from apps.workshops.attribution import keeps_groups
from apps.workshops.models import Role
from apps.workshops.services import as_it_is_now

# Who someone is stands in their row alone, where erasing reaches it.
TEXTS = frozenset({"display_name", "affiliation", "email"})
NOBODY = "Give a name, or an e-mail address."
TAKEN = "Someone on the list has this e-mail address already."
NO_OWNER = (
    "A workshop needs an owner who has come in. Make somebody else an owner first, and wait "
    "until they are here."
)
ELSEWHERE = "This group isn’t one of this workshop."
TWO_GROUPS = "Somebody is in one group of a kind at most."
REMOVED = "They take part no longer. Bring them back first."
UNKNOWN = "Nothing is known any more of whoever this was."


@transaction.atomic
def add_person(
    *,
    actor: Participant,
    display_name: str = "",
    affiliation: str = "",
    email: str = "",
    role: str = Role.PARTICIPANT,
    functions: Collection[str] = (),
    listing: str = Listing.NONE,
    attribution: str = Naming.NO,
    groups: Collection[Group] = (),
) -> Participant:
    """Put somebody on the list of the actor's workshop and return them.

    They can come in by a personal link, and agree to the rule then. The owner may, until the
    workshop is archived. Raises `NotPermitted`, and `RuleViolation` without a name or an address,
    for an address that is on the list, and for two groups on one axis.
    """
    keeping(actor)
    person = Participant(
        workshop=actor.workshop,
        display_name=cleaned(display_name),
        affiliation=cleaned(affiliation),
        email=cleaned(email),
        role=role,
        functions=list(functions),
        listing=listing,
        attribution=attribution,
    )
    if not person.display_name and not person.email:
        raise RuleViolation(NOBODY, fields={"display_name": NOBODY})
    check_email(person)
    check(person)
    person.save(force_insert=True)
    put_into_groups(person, groups)
    audit.record(
        "participant.added", person, actor=actor, scope_id=person.workshop_id, after={"role": role}
    )
    return person


@transaction.atomic
def change_person(
    *,
    actor: Participant,
    participant: Participant,
    version: int | None = None,
    groups: Collection[Group] | None = None,
    **values: Any,
) -> Participant:
    """Change what the list says of somebody; what is left out stays as it is.

    `groups` are all that they belong to from now on, one an axis; `values` are display_name,
    affiliation, email, role, functions, listing and attribution. The owner may, until the
    workshop is archived; how somebody who agreed is listed and named may only become less. Raises
    `NotPermitted`, `Conflict` when `version` isn't the row's any
    more, and `RuleViolation` as `add_person`, when no owner would be left, and for somebody who
    was removed.
    """
    keeping(actor)
    row = _locked(participant, version, actor)
    if row.removed_at is not None:
        raise RuleViolation(REMOVED)
    change(row, actor=actor, groups=groups, values=values)
    return row


@transaction.atomic
def change_several(
    *,
    actor: Participant,
    people: Iterable[Participant],
    role: str | None = None,
    groups: Mapping[str, Group | None] | None = None,
) -> int:
    """Give several people a `role`, or a group on an axis (None: no group).

    Returns how many changed. Whoever was removed stays as they are. The owner may, until the
    workshop is archived. Raises `NotPermitted`, and `RuleViolation` when no owner would be left;
    then nobody is changed.
    """
    keeping(actor)
    chosen = Participant.objects.filter(
        workshop=actor.workshop_id, removed_at=None, pk__in=[person.pk for person in people]
    )
    changed = 0
    for row in chosen.select_for_update(of=("self",)).order_by("pk"):
        row.workshop = actor.workshop
        wanted = None
        if groups is not None:
            kept = [m.group for m in _memberships(row) if m.axis not in groups]
            wanted = [*kept, *(group for group in groups.values() if group is not None)]
        changed += change(
            row, actor=actor, groups=wanted, values={} if role is None else {"role": role}
        )
    return changed


@transaction.atomic
def remove_person(
    *,
    actor: Participant,
    participant: Participant,
    version: int | None = None,
    renew_code: bool = False,
) -> Participant:
    """Let somebody take part no longer.

    They stay on the list as removed, and what they wrote stays. From now on they are nobody here,
    by whatever way they came; the database deletes their links. Whoever knows the join code comes
    in as somebody new, unless it is renewed with `renew_code`. The owner may, in every phase.
    Raises `NotPermitted`, `Conflict`, and `RuleViolation` for the last owner.
    """
    keeping(actor, "participants.remove_person")
    row = _locked(participant, version, actor)
    if row.removed_at is None:
        change(
            row,
            actor=actor,
            values={"removed_at": timezone.now()},
            verb="participant.removed",
        )
        RosterDraft.objects.filter(made_by=row).delete()
        if renew_code and row.pk != actor.pk:
            renew_join_code(actor=actor)
    return row


@transaction.atomic
def bring_back(
    *, actor: Participant, participant: Participant, version: int | None = None
) -> Participant:
    """Let somebody who was removed take part again, in the role they had.

    The owner may, until the workshop is archived. Raises `NotPermitted`, `Conflict`, and
    `RuleViolation` when somebody else has their e-mail address, and for those who were erased.
    """
    keeping(actor)
    row = _locked(participant, version, actor)
    if Participant.objects.filter(ERASED, pk=row.pk).exists():
        raise RuleViolation(UNKNOWN)
    if row.removed_at is not None:
        check_email(row)
        change(row, actor=actor, values={"removed_at": None}, verb="participant.brought_back")
    return row


# -- for the services of this package --------------------------------------------------------


def keeping(actor: Participant, permission: str = "participants.keep_roster") -> None:
    """Ask whether `actor` may keep the list, as the workshop and they themselves are now.

    Everything that changes who the owners are waits for the workshop's lock here.
    """
    require(actor, permission, actor.workshop)
    as_it_is_now(actor)
    require(actor, permission, actor.workshop)


def change(
    row: Participant,
    *,
    actor: Participant,
    values: Mapping[str, Any],
    groups: Collection[Group] | None = None,
    verb: str = "participant.changed",
) -> bool:
    """Change the locked `row` without asking who may; say whether anything changed."""
    was_owner = row.role == Role.OWNER and row.removed_at is None
    given = {name: cleaned(value) if name in TEXTS else value for name, value in values.items()}
    for name, value in given.items():
        if not may_propose(row, name, value):
            raise RuleViolation(ONLY_THEY, fields={name: ONLY_THEY})
    if given.get("email", row.email) != row.email:
        check_email(row, given["email"])
    changed = apply_changes(row, given, verb=verb, actor=actor, unlogged=TEXTS)
    if groups is not None and put_into_groups(row, groups):
        row.version += 1
        row.save(update_fields=["version"])
        # Which ones stands in the list, where erasing reaches it.
        audit.record("participant.regrouped", row, actor=actor, scope_id=row.workshop_id)
        changed = True
    needs_owner = row.workshop.purged_at is None
    if was_owner and needs_owner and not owners_in(row.workshop_id).exists():
        raise RuleViolation(NO_OWNER, fields={"role": NO_OWNER})
    return changed


def check_email(row: Participant, email: str | None = None) -> None:
    """Refuse an address that somebody else on the list has."""
    email = row.email if email is None else email
    others = Participant.objects.filter(
        workshop=row.workshop_id, removed_at=None, email__iexact=email
    )
    if email and others.exclude(pk=row.pk).exists():
        raise RuleViolation(TAKEN, fields={"email": TAKEN})


def put_into_groups(row: Participant, groups: Collection[Group]) -> bool:
    """Let `row` belong to `groups` and no others; say whether that is new."""
    if any(group.workshop_id != row.workshop_id for group in groups):
        raise RuleViolation(ELSEWHERE, fields={"groups": ELSEWHERE})
    if groups and not keeps_groups(row.workshop):
        raise RuleViolation(NO_GROUP, fields={"groups": NO_GROUP})
    if len({group.axis for group in groups}) < len({group.pk for group in groups}):
        raise RuleViolation(TWO_GROUPS, fields={"groups": TWO_GROUPS})
    held = {membership.group_id: membership for membership in _memberships(row)}
    wanted = {group.pk: group for group in groups}
    if held.keys() == wanted.keys():
        return False
    GroupMembership.objects.filter(
        pk__in=[membership.pk for pk, membership in held.items() if pk not in wanted]
    ).delete()
    GroupMembership.objects.bulk_create(
        GroupMembership(workshop_id=row.workshop_id, participant=row, group=group, axis=group.axis)
        for pk, group in wanted.items()
        if pk not in held
    )
    return True


def _memberships(row: Participant) -> list[GroupMembership]:
    return list(GroupMembership.objects.filter(participant=row).select_related("group"))


def _locked(participant: Participant, version: int | None, actor: Participant) -> Participant:
    people = Participant.objects.filter(workshop=actor.workshop_id)
    row: Participant = lock_version(people, participant.pk, version)
    row.workshop = actor.workshop
    return row
