"""Taking a list of people from elsewhere: a draft while it is looked at, then all or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction

from apps.core import audit
from apps.core.exceptions import RuleViolation
from apps.participants.models import Group, Participant, RosterDraft
from apps.participants.roster import Choice, Columns, NewGroup, Plan, Table
from apps.participants.roster.planning import MOST_NEW_GROUPS
from apps.participants.selectors.importing import plan_for
from apps.participants.services.groups import add_group
from apps.participants.services.people import keeping
from apps.participants.services.taking import Taking

OTHERWISE = (
    "The list of people has changed while you were looking at this one. Nothing was taken; look "
    "again at what becomes of each line."
)
WRONG_LINES = "Some lines can’t be taken. Leave them out, or mend the list and begin again."
TOO_MANY_GROUPS = (
    f"This would make more than {MOST_NEW_GROUPS} groups. Is it a column of something else?"
)


@dataclass(frozen=True)
class Wishes:
    """What the owner said on seeing what becomes of a list."""

    # What becomes of lines about people who seem to be there already; of one line, by its number.
    doubles: Choice = Choice.SKIP
    lines: Mapping[int, Choice] = field(default_factory=dict)
    # By `NewGroup.key`: (singular, plural) of a group to make, one that there is, or None for none.
    groups: Mapping[str, tuple[str, str] | Group | None] = field(default_factory=dict)
    leave_out_wrong: bool = False


@dataclass(frozen=True)
class Imported:
    """How many people were added, updated and left as they are, and how many groups were made."""

    added: int
    updated: int
    skipped: int
    groups: int


@transaction.atomic
def draft_roster(*, actor: Participant, table: Table) -> RosterDraft:
    """Keep a list that was read, until it is taken or left; it takes the place of an earlier one.

    Nobody else sees it, and after a day it is deleted. The owner may, until the workshop is
    archived. Raises `NotPermitted`.
    """
    keeping(actor)
    RosterDraft.objects.filter(made_by=actor).delete()
    return RosterDraft.objects.create(workshop=actor.workshop, made_by=actor, rows=table.rows)


@transaction.atomic
def drop_draft(*, actor: Participant, draft: RosterDraft) -> None:
    """Delete a draft that won't be taken. Whoever made it may. Raises `NotPermitted`."""
    keeping(actor)
    RosterDraft.objects.filter(pk=draft.pk, made_by=actor).delete()


@transaction.atomic
def import_people(
    *, actor: Participant, draft: RosterDraft, columns: Columns, wishes: Wishes, digest: str
) -> Imported:
    """Take the list of `draft` as `wishes` say: all of it, or nothing.

    `digest` tells which plan was looked at. The owner may, until the workshop is archived. Raises
    `NotPermitted`, and `RuleViolation` when the plan is another one by now, when lines can't be
    taken and aren't left out, and for groups that can't be made.
    """
    keeping(actor)
    plan = plan_for(actor.workshop, draft, columns)
    if plan.digest != digest:
        raise RuleViolation(OTHERWISE)
    if plan.bad and not wishes.leave_out_wrong:
        raise RuleViolation(WRONG_LINES, fields={"leave_out_wrong": WRONG_LINES})
    groups = _groups(actor, plan, wishes)
    taking = Taking(actor, plan, groups)
    for line in plan.good:
        chosen = wishes.lines.get(line.entry.line, wishes.doubles)
        taking.take(line, chosen)
    taking.finish()
    made = sum(isinstance(wish, tuple) for wish in wishes.groups.values())
    done = Imported(taking.added, taking.updated, taking.skipped, made)
    audit.record(
        "roster.imported",
        actor.workshop,
        actor=actor,
        scope_id=actor.workshop_id,
        after={"added": done.added, "updated": done.updated, "groups": done.groups},
    )
    RosterDraft.objects.filter(pk=draft.pk).delete()
    return done


def _groups(actor: Participant, plan: Plan, wishes: Wishes) -> dict[str, Group | None]:
    """Make the groups that are wished for, and return for each new name which group it means."""
    wanted = [new for new in plan.new_groups if isinstance(wishes.groups.get(new.key), tuple)]
    if len(wanted) > MOST_NEW_GROUPS:
        raise RuleViolation(TOO_MANY_GROUPS)
    return {new.key: _group(actor, new, wishes.groups.get(new.key)) for new in plan.new_groups}


def _group(actor: Participant, new: NewGroup, wish: tuple[str, str] | Group | None) -> Group | None:
    if not isinstance(wish, tuple):
        return wish
    singular, plural = wish
    try:
        return add_group(actor=actor, singular=singular, plural=plural, axis=new.axis)
    except RuleViolation as violation:
        raise RuleViolation(f"“{new.name}”: {violation}") from violation
