"""Joining a workshop by its code."""

import ipaddress
import uuid
from datetime import UTC, date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from apps.accounts.models import User
from apps.core import audit
from apps.core.exceptions import NotPermitted, RuleViolation
from apps.core.permissions import require
from apps.participants.codes import as_given, is_key, make_code, make_key
from apps.participants.models import Group, GroupMembership, JoinCode, Participant, WrongCode
from apps.workshops.actors import Actor
from apps.workshops.models import AttributionRule, Phase, Workshop
from apps.workshops.services import as_it_is_now

# People may join for this long after the last day.
GRACE = timedelta(days=7)

# A form that is sent again within this time was meant once: whoever goes back to it later, on a
# device that others use too, is somebody new.
TWICE = timedelta(minutes=1)

# How many wrong codes may come within a minute. Keys of links and QR codes can't be guessed and
# aren't counted: guessing from the network of a room keeps out nobody there but those who type.
# The count is kept in the database, which all processes share, and only wrong codes are counted:
# any number of people may join from one room. Past the limit of its address a browser has to wait,
# even with the right code, or else guessing would go on. Past the limit of the whole site only
# those wait whose address has guessed wrong within the minute, so that a flood of guesses from
# elsewhere keeps nobody out. A thousand addresses then try some two million of 32^8 = 10^12 codes
# in a day.
WINDOW = timedelta(minutes=1)
WRONG_FROM_ONE_ADDRESS = 30
WRONG_IN_ALL = 300

RUN_OUT = "This code has run out. Ask the people who run the workshop for a new one."
RULE_CHANGED = "The rule has changed while you were reading. Please read it again."


class CodeRefused(RuleViolation):
    """A code that lets nobody in."""


class CodeUnknown(CodeRefused):
    """No workshop has this code."""


class CodeExpired(CodeRefused):
    """The code, or the workshop, is over."""


class TooManyGuesses(CodeRefused):
    """So many wrong codes came that somebody may be guessing."""


def workshop_of(given: str, *, address: str) -> Workshop:
    """Return the workshop that a code which somebody typed, or the key in a link, lets people into.

    `address` is where the question comes from: whoever types is kept there from guessing. Raises
    `CodeUnknown`, `CodeExpired`, or `TooManyGuesses`.
    """
    guessable = not is_key(given)
    who = _digest_of(address)
    if guessable and _guesses_too_much(who):
        raise TooManyGuesses(
            "Many wrong codes came from your network just now. Wait a minute, then try again."
        )
    found = JoinCode.objects.select_related("workshop").filter(**as_given(given)).first()
    if found is None:
        if guessable:
            WrongCode.objects.create(address=who)
        raise CodeUnknown(
            "No workshop has this code. It may have been renewed: look at the screen again."
        )
    if found.is_over or found.workshop.phase == Phase.ARCHIVED:
        raise CodeExpired(RUN_OUT)
    return found.workshop


@transaction.atomic
def join_workshop(
    *,
    workshop: Workshop,
    rule: str,
    user: User | None,
    group: Group | None = None,
    display_name: str = "",
    key: uuid.UUID | None = None,
) -> Participant:
    """Let somebody into `workshop`, whose code they gave (`workshop_of`), and return who they are.

    Where there is a lobby they wait in it, and are nobody until they are admitted. With an
    account (`user`) they are the same person as before, if they were here. They consent to the
    attribution `rule` that they were told; under the anonymous one no group is kept. A form with
    the same `key`, sent twice within a moment, is one person. Raises
    `RuleViolation` when another rule is in force meanwhile or the workshop is closed, and
    `NotPermitted` for someone whom the owner removed.
    """
    if user is not None:
        known = Participant.objects.filter(workshop=workshop, user=user).first()
        if known is not None:
            return not_removed(known)
    # Locked against a change of the rule that they are just consenting to.
    now = Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)
    if now.phase == Phase.ARCHIVED:
        raise CodeExpired(RUN_OUT)
    if now.attribution_rule != rule:
        raise RuleViolation(RULE_CHANGED)
    at = timezone.now()
    key = key if user is None else None
    twice = _sent_before(workshop, key, at - TWICE) if key else None
    if twice is not None:
        return not_removed(twice)
    participant = Participant(
        form_key=key,
        workshop=workshop,
        user=user,
        display_name=display_name.strip(),
        consented_at=at,
        admitted_at=None if now.lobby else at,
    )
    try:
        with transaction.atomic():
            participant.save(force_insert=True)
    except IntegrityError:
        # The same account joined twice at once.
        return not_removed(Participant.objects.get(workshop=workshop, user=user))
    if group is not None and now.attribution_rule != AttributionRule.ANONYMOUS:
        GroupMembership.objects.create(
            workshop=workshop, participant=participant, group=group, axis=group.axis
        )
    audit.record("participant.joined", participant, actor=participant, scope_id=workshop.pk)
    return participant


@transaction.atomic
def renew_join_code(*, actor: Actor) -> JoinCode:
    """Give the actor's workshop a new code and key; the old ones let nobody in any more.

    Owner and facilitators may, until the workshop is archived. Raises `NotPermitted`.
    """
    as_it_is_now(actor)
    require(actor, "participants.renew_join_code", actor.workshop)
    code = new_join_code(actor.workshop)
    audit.record("join_code.renewed", actor.workshop, actor=actor, scope_id=actor.workshop_id)
    return code


def new_join_code(workshop: Workshop) -> JoinCode:
    """Make or replace the code of `workshop` without asking who may: for services that asked."""
    end = datetime.combine(last_day(workshop), time.max, tzinfo=workshop.zone)
    values = {
        "expires_at": end.astimezone(UTC),
        "renewed_at": timezone.now(),
    }
    while True:
        try:
            with transaction.atomic():
                code, _ = JoinCode.objects.update_or_create(
                    workshop=workshop,
                    defaults={**values, "code": make_code(), "key": make_key()},
                )
        except IntegrityError:
            continue
        return code


def last_day(workshop: Workshop) -> date:
    """Return until when people can come into `workshop`."""
    return max(workshop.ends_on, timezone.localdate()) + GRACE


def not_removed(participant: Participant) -> Participant:
    """Return `participant`; raises `NotPermitted` for someone whom the owner removed."""
    if participant.removed_at is not None:
        raise NotPermitted("You don’t take part in this workshop any more. Ask its organisers.")
    return participant


def _sent_before(workshop: Workshop, key: uuid.UUID, since: datetime) -> Participant | None:
    """Return who joined by the form `key` after `since`; if that was before, forget the form."""
    sent = Participant.objects.filter(workshop=workshop, form_key=key)
    sent.filter(consented_at__lte=since).update(form_key=None)
    return sent.first()


def _guesses_too_much(who: str) -> bool:
    since = timezone.now() - WINDOW
    WrongCode.objects.filter(at__lt=since).delete()
    wrong = WrongCode.objects.aggregate(own=Count("pk", filter=Q(address=who)), all=Count("pk"))
    limit = WRONG_FROM_ONE_ADDRESS if wrong["all"] < WRONG_IN_ALL else 1
    return bool(wrong["own"] >= limit)


def _digest_of(address: str) -> str:
    """Return something that stands for `address`, and in IPv6 for the household's network."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        network = address
    else:
        prefix = 64 if parsed.version == 6 else 32  # noqa: PLR2004 - versions of IP
        network = str(ipaddress.ip_network(f"{address}/{prefix}", strict=False))
    return salted_hmac("apps.participants.WrongCode", network, algorithm="sha256").hexdigest()[:32]
