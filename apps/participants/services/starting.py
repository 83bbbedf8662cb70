"""Starting a workshop."""

from datetime import date
from typing import Any

from django.db import transaction

from apps.accounts.models import User
from apps.accounts.selectors import require_second_factor
from apps.core import audit
from apps.core.permissions import require
from apps.participants.models import Participant
from apps.participants.services.joining import new_join_code
from apps.workshops.models import AttributionRule, Role, Workshop
from apps.workshops.selectors import suggested_day_of_deletion
from apps.workshops.services import found_workshop, make_session, save_at_address

FIRST_SESSION = "Plenary"


def may_start_workshop(user: User) -> None:
    """Raise `NotPermitted` unless `user` may start a workshop: anyone with an account may."""
    require(user, "participants.start_workshop", None)
    require_second_factor(user)


@transaction.atomic
def start_workshop(*, user: User, title: str, starts_on: date, **basics: Any) -> Participant:
    """Start a workshop and return `user` as its owner; notes can be taken at once.

    Makes its first session and its join code, too, and a lobby under the Chatham House Rule
    unless `basics`, which are fields of the workshop, say otherwise. Anyone with an account may.
    Raises `NotPermitted`, and `RuleViolation` for what can't be.
    """
    may_start_workshop(user)
    rule = basics.get("attribution_rule", AttributionRule.CHATHAM_HOUSE)
    basics.setdefault("lobby", rule == AttributionRule.CHATHAM_HOUSE)
    workshop = found_workshop(title=title, starts_on=starts_on, **basics)
    owner = Participant.objects.create(
        workshop=workshop, user=user, role=Role.OWNER, display_name=user.name
    )
    audit.record(
        "workshop.started", workshop, actor=owner, scope_id=workshop.pk, after={"title": title}
    )
    make_session(workshop=workshop, actor=owner, title=FIRST_SESSION)
    new_join_code(workshop)
    return owner


def own_workshop(*, user: User, workshop: Workshop) -> Participant:
    """Save the row of a new `workshop` and return `user` as its owner: part of loading it.

    It gets an address, a day of deletion, a join code, and a lobby under the Chatham House Rule.
    """
    workshop.purge_on = suggested_day_of_deletion(workshop)
    workshop.lobby = workshop.attribution_rule == AttributionRule.CHATHAM_HOUSE
    save_at_address(workshop)
    owner = Participant.objects.create(
        workshop=workshop, user=user, role=Role.OWNER, display_name=user.name
    )
    new_join_code(workshop)
    return owner
