"""Personal links: an invitation, or a way back to one's own place. Each lets one in, once."""

import secrets
from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.tokens import digest
from apps.core import audit, mail
from apps.core.exceptions import GONE, Gone, RuleViolation
from apps.core.limits import may_again
from apps.core.models import AuditEntry
from apps.core.permissions import require
from apps.participants.models import (
    Group,
    GroupMembership,
    LinkPurpose,
    Listing,
    Naming,
    Participant,
    PersonalLink,
)
from apps.participants.selectors import usable_link, waiting_in, without_account_in
from apps.participants.services.joining import RULE_CHANGED, last_day, not_removed
from apps.participants.services.speaking import speaking_for_oneself
from apps.workshops.actors import Actor
from apps.workshops.models import AttributionRule, Role, Workshop
from apps.workshops.rules import TEAM
from apps.workshops.services import as_it_is_now

# Somebody without an account can have mail sent to any address: not to many.
MAILS = 5
WITHIN = timedelta(hours=1)
# And not much to one, however many ask, in whatever workshops. Those who ask aren't told: others'
# mail is none of their business. Places don't use up invitations, which take an account.
TO_ONE_ADDRESS = {LinkPurpose.KEEP_PLACE: 5, LinkPurpose.INVITATION: 10}

OVER = "This link has been used, replaced or withdrawn, or its time is over."
HERE_ALREADY = (
    "Your account takes part in this workshop already, and this link is somebody else’s. If it "
    "is meant for you, sign out first."
)
IN_ALREADY = (
    "They are in already: a link from you would let whoever opens it read what they wrote. If they "
    "lost their way back, let them join again by the code, as somebody new."
)
SIGN_IN_FIRST = "Whoever is of the team signs in here. Sign in first, then open this page again."


class LinkOver(RuleViolation):
    """A link that lets nobody in any more."""


@transaction.atomic
def invite(*, actor: Actor, participant: Participant) -> str:
    """Return the path of a link that invites `participant`; one made before works no more.

    The owner may, and facilitators for those who aren't of the team, until the workshop is
    archived. Raises `NotPermitted`, and `RuleViolation` for somebody who is in already: whoever
    made a link to their place could act as them.
    """
    as_it_is_now(actor)
    require(actor, "participants.invite", participant)
    return _path(_new_link(actor, participant, LinkPurpose.INVITATION)[0])


@transaction.atomic
def send_invitation(*, actor: Actor, participant: Participant, site: str) -> None:
    """Send `participant` a link that invites them; one made before works no more.

    `site` is the address that the site is reached at. The owner may, and facilitators for those
    who aren't of the team, until the workshop is archived. Raises `NotPermitted`, and
    `RuleViolation` when no e-mail address is known, and for somebody who is in already: the
    address is the list's, not theirs.
    """
    as_it_is_now(actor)
    require(actor, "participants.invite", participant)
    if not participant.email:
        raise RuleViolation("There is no e-mail address for them on the list.")
    token, link = _new_link(actor, participant, LinkPurpose.INVITATION)
    _send(link, token, to=participant.email, site=site, actor=actor)


@transaction.atomic
def keep_place(*, actor: Participant) -> str:
    """Return the path of a link that leads `actor` back to their place, on any device.

    Whoever takes part without an account may, until the workshop is archived; raises
    `NotPermitted`. One made before works no more.
    """
    as_it_is_now(actor)
    require(actor, "participants.keep_place", actor.workshop)
    return _path(_new_link(actor, actor, LinkPurpose.KEEP_PLACE)[0])


@transaction.atomic
def send_place(*, actor: Participant, to: str, site: str) -> None:
    """Send `actor` a link to their place, to an address that isn't kept; see `keep_place`.

    Raises `NotPermitted`, and `RuleViolation` after too many.
    """
    as_it_is_now(actor)
    require(actor, "participants.keep_place", actor.workshop)
    since = timezone.now() - WITHIN
    sent = AuditEntry.objects.filter(verb="link.sent", actor_id=actor.pk, at__gte=since)
    if sent.count() >= MAILS:
        raise RuleViolation("That was a lot of mail. Try again in an hour.")
    token, link = _new_link(actor, actor, LinkPurpose.KEEP_PLACE)
    _send(link, token, to=to, site=site, actor=actor)


@transaction.atomic
def use_link(
    *,
    kept: str,
    rule: str,
    user: User | None = None,
    group: Group | None = None,
    listing: str = "",
    attribution: str = "",
    waited: Participant | None = None,
    leaves: Participant | None = None,
) -> Participant:
    """Let somebody in by the link whose digest they `kept`, and return who they are now.

    An invitation is accepted by it: they consent to the attribution `rule` that they were told,
    in a `group` if they chose one. They are listed and named as they say: what the list says of it
    is a proposal, and silence is no. With a `user` their place becomes that account's. Whom they
    `waited` as in the lobby is forgotten; whom they joined as before, and say that it was they,
    `leaves`, and what that one wrote stays as it was shown. The link is used up. Raises `LinkOver`;
    `NotPermitted` for an account that was removed; and `RuleViolation` when another rule is in
    force meanwhile, when the account is in the workshop already, and when the team must sign in.
    """
    link = usable_link(kept)
    if link is None:
        raise LinkOver(OVER)
    # In this order everywhere: the workshop, the person, the link.
    workshop = Workshop.objects.select_for_update(no_key=True).get(pk=link.participant.workshop_id)
    participant = Participant.objects.select_for_update().get(pk=link.participant_id)
    if not PersonalLink.objects.select_for_update().filter(pk=link.pk, used_at=None).exists():
        raise LinkOver(OVER)
    if waited is not None:
        waiting_in(workshop).filter(pk=waited.pk).delete()
    _check_account(participant, user)
    PersonalLink.objects.filter(pk=link.pk).update(used_at=timezone.now())
    audit.record("link.used", participant, actor=participant, scope_id=workshop.pk)
    if participant.consented_at is None:
        if workshop.attribution_rule != rule:
            raise RuleViolation(RULE_CHANGED)
        participant.consented_at = timezone.now()
        participant.listing = listing or Listing.NONE
        participant.attribution = attribution or Naming.NO
        _choose(group, participant, workshop)
    if user is not None:
        participant.user = user
        audit.record(
            "participant.account_attached", participant, actor=participant, scope_id=workshop.pk
        )
    if leaves is not None and leaves.pk != participant.pk:
        _leave(leaves, workshop)
    with speaking_for_oneself(participant):
        participant.save(update_fields=["consented_at", "listing", "attribution", "user"])
    return participant


def _leave(person: Participant, workshop: Workshop) -> None:
    """Let a place be left that somebody has without an account: else they would be two.

    Nobody is told whose it was: in the history they left, and that is all.
    """
    row = (
        Participant.objects.select_for_update()
        .filter(pk=person.pk, workshop=workshop, user=None, role=Role.PARTICIPANT, removed_at=None)
        .first()
    )
    if row is None:
        return
    row.removed_at = timezone.now()
    row.version += 1
    row.save(update_fields=["removed_at", "version"])
    audit.record("participant.left", row, actor=row, scope_id=workshop.pk)


def _check_account(participant: Participant, user: User | None) -> None:
    """Raise `RuleViolation` if `user`, or nobody's account, can't come in as `participant`."""
    if user is None:
        if must_sign_in(participant):
            raise RuleViolation(SIGN_IN_FIRST)
        return
    known = Participant.objects.filter(workshop=participant.workshop_id, user=user).first()
    if known is not None:
        not_removed(known)
        raise RuleViolation(HERE_ALREADY)


def must_sign_in(participant: Participant) -> bool:
    """Say whether `participant` takes part with an account only: the team's may have to."""
    return bool(settings.REQUIRE_SECOND_FACTOR) and participant.role in TEAM


def _new_link(
    actor: Actor, participant: Participant, purpose: LinkPurpose
) -> tuple[str, PersonalLink]:
    """Make a link in place of the one before; returns its token, which is kept nowhere."""
    without_account = without_account_in(participant.workshop)
    row = without_account.select_for_update().filter(pk=participant.pk).first()
    if row is None:
        raise Gone(GONE)
    if purpose == LinkPurpose.INVITATION and row.consented_at is not None:
        raise RuleViolation(IN_ALREADY)
    PersonalLink.objects.filter(participant=participant, purpose=purpose, used_at=None).delete()
    token = secrets.token_urlsafe(32)
    link = PersonalLink.objects.create(
        participant=participant,
        purpose=purpose,
        digest=digest(token),
        expires_at=_end_of(participant.workshop),
    )
    audit.record(
        "link.made", participant, actor=actor, scope_id=participant.workshop_id,
        after={"purpose": purpose},
    )  # fmt: skip
    return token, link


def _send(link: PersonalLink, token: str, *, to: str, site: str, actor: Actor) -> None:
    workshop = link.participant.workshop
    audit.record("link.sent", link.participant, actor=actor, scope_id=workshop.pk)
    times = TO_ONE_ADDRESS[LinkPurpose(link.purpose)]
    if not may_again(f"send {link.purpose}", mail.mailbox(to), times=times, within=WITHIN):
        return
    mail.send(
        to=to,
        template=f"participants/email/{link.purpose}",
        context={
            "workshop": workshop,
            "url": f"{site}{_path(token)}",
            "expires_at": link.expires_at.astimezone(workshop.zone),
            "host": site.partition("://")[2],
        },
        about=link.pk,
    )


def _choose(group: Group | None, participant: Participant, workshop: Workshop) -> None:
    """Put `participant` into `group`, unless they have one or none may be kept."""
    if group is None or workshop.attribution_rule == AttributionRule.ANONYMOUS:
        return
    GroupMembership.objects.get_or_create(
        participant=participant, axis=group.axis, defaults={"workshop": workshop, "group": group}
    )


def _path(token: str) -> str:
    return reverse("participants:open_link", args=[token])


def _end_of(workshop: Workshop) -> datetime:
    """Return when links into `workshop` end: with its join code, and before it is purged."""
    day = last_day(workshop)
    if workshop.purge_on is not None:
        day = min(day, workshop.purge_on)
    return datetime.combine(day, time.max, tzinfo=workshop.zone).astimezone(UTC)
