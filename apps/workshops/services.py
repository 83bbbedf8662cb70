"""Writing workshops: their basics, their phases, their sessions and their questions."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from apps.core import audit
from apps.core.editing import apply_changes, check, lock_version
from apps.core.exceptions import RuleViolation
from apps.core.permissions import require
from apps.workshops.actors import Actor
from apps.workshops.models import (
    AttributionRule,
    GuidingQuestion,
    QuestionOrigin,
    Session,
    SessionKind,
    Workshop,
)
from apps.workshops.rules import TEAM
from apps.workshops.selectors import holds_content, phase_after, phase_before

ENDS_EARLY = "The last day is before the first."
PURGES_EARLY = "This is before the workshop is over."
NO_REASON = "Say in a few words why: it stands in the history."
DAYS = ("starts_on", "ends_on", "purge_on")
NOT_BESIDE = "A workshop moves one phase at a time. It may have moved meanwhile: look again."


def found_workshop(
    *, title: str, starts_on: date, ends_on: date | None = None, **basics: Any
) -> Workshop:
    """Make the row of a new workshop, with an address made of its title, and return it.

    It ends on the day it starts if nothing else is said. Part of
    `participants.services.start_workshop`, which says who may and makes the rest. Raises
    `RuleViolation` for days in the wrong order and texts that are too long.
    """
    days = {"starts_on": starts_on, "ends_on": ends_on or starts_on}
    _check_days(**days, purge_on=basics.get("purge_on"))
    workshop = Workshop(title=title, **days, **basics)
    slug = slugify(title)[:70].strip("-") or "workshop"
    check(workshop, fields={field.name for field in Workshop._meta.fields} - {"slug"})
    for address in (slug, f"{slug}-{get_random_string(6, '23456789abcdefghjkmnpqrstvwxyz')}"):
        workshop.slug = address
        try:
            with transaction.atomic():
                workshop.save(force_insert=True)
        except IntegrityError:
            continue
        return workshop
    raise RuleViolation("Another workshop has this title. Try again, or give it another one.")


@transaction.atomic
def edit_basics(*, actor: Actor, version: int | None = None, **basics: Any) -> Workshop:
    """Change the basics of the actor's workshop; those left out stay as they are.

    The owner may, until it is published. Raises `NotPermitted`, `Conflict` when `version` isn't
    the workshop's any more, and `RuleViolation` for days in the wrong order and for an
    attribution rule that is looser than the one under which notes were taken or people joined.
    """
    require(actor, "workshops.set_up", actor.workshop)
    # The lock waits for notes that are being recorded: none slips in under the earlier rule.
    row: Workshop = lock_version(Workshop.objects.all(), actor.workshop_id, version)
    days = {name: basics.get(name, getattr(row, name)) for name in DAYS}
    _check_days(**days)
    _check_rule(row, basics.get("attribution_rule", row.attribution_rule))
    apply_changes(row, basics, verb="workshop.changed", actor=actor)
    if row.attribution_rule == AttributionRule.ANONYMOUS:
        # What was kept under the earlier rule goes; what the team wrote it wrote in its role.
        row.notes.exclude(group=None).update(group=None)
        row.comments.exclude(author=None).exclude(author__role__in=TEAM).update(author=None)
    return row


def as_it_is_now(actor: Actor) -> None:
    """Let the actor's workshop be what it is now, and stay so until the transaction ends.

    For services whose rules hang on its phase or on its attribution rule, which may have changed
    since the request began. Ask the rules after this, and lock nothing of the workshop before.
    """
    locked = Workshop.objects.select_for_update(no_key=True)
    actor.workshop.refresh_from_db(from_queryset=locked)


@transaction.atomic
def move_phase(*, actor: Actor, workshop: Workshop, phase: str, reason: str = "") -> Workshop:
    """Move `workshop` into the next `phase`, or back into the one before for a `reason`.

    Owner and facilitators may. A workshop that is in `phase` already stays as it is. Raises
    `NotPermitted`, and `RuleViolation` for any other phase and for going back without a reason.
    """
    require(actor, "workshops.move_phase", workshop)
    row: Workshop = lock_version(Workshop.objects.all(), workshop.pk, None)
    if phase == row.phase:
        return row
    if phase not in {phase_after(row), phase_before(row)}:
        raise RuleViolation(NOT_BESIDE, fields={"phase": NOT_BESIDE})
    if phase == phase_before(row) and not reason.strip():
        raise RuleViolation(NO_REASON, fields={"reason": NO_REASON})
    apply_changes(
        row, {"phase": phase}, verb="workshop.phase_moved", actor=actor, reason=reason.strip()
    )
    return row


@transaction.atomic
def add_session(
    *,
    actor: Actor,
    title: str,
    kind: str = SessionKind.PLENARY,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    room: str = "",
) -> Session:
    """Add a session to the actor's workshop, in its place by the clock, and return it.

    The owner may, until it is published. Raises `NotPermitted`, and `RuleViolation` for one that
    ends before it starts.
    """
    require(actor, "workshops.set_up", actor.workshop)
    return make_session(
        workshop=actor.workshop,
        actor=actor,
        title=title,
        kind=kind,
        starts_at=starts_at,
        ends_at=ends_at,
        room=room,
    )


def make_session(*, workshop: Workshop, actor: audit.Acts, title: str, **values: Any) -> Session:
    """Make a session of `workshop` without asking who may: for services that asked."""
    Workshop.objects.select_for_update().get(pk=workshop.pk)
    last = Session.objects.filter(workshop=workshop).order_by("order").last()
    session = Session(workshop=workshop, title=title, order=last.order + 1 if last else 0, **values)
    check(session)
    session.save(force_insert=True)
    _put_in_order(workshop)
    audit.record(
        "session.added", session, actor=actor, scope_id=workshop.pk, after={"title": title}
    )
    return session


@transaction.atomic
def change_session(
    *, actor: Actor, session: Session, version: int | None = None, **values: Any
) -> Session:
    """Change a session; what is left out stays, and its place follows the clock.

    The owner may, until the workshop is published. Raises `NotPermitted`, `Conflict` when
    `version` isn't the session's any more, and `RuleViolation` as `add_session`.
    """
    require(actor, "workshops.set_up", session)
    Workshop.objects.select_for_update().get(pk=session.workshop_id)
    row: Session = lock_version(Session.objects.all(), session.pk, version)
    if apply_changes(row, values, verb="session.changed", actor=actor):
        if row.attribution_rule == AttributionRule.ANONYMOUS:
            row.notes.exclude(group=None).update(group=None)
        _put_in_order(row.workshop)
    return row


@transaction.atomic
def add_guiding_question(
    *,
    actor: Actor,
    text: str,
    origin: str = QuestionOrigin.FRAMING,
    session: Session | None = None,
    parent: GuidingQuestion | None = None,
) -> GuidingQuestion:
    """Add a question that frames the day, or that arose in a `session` of it, and return it.

    The owner may, until the workshop is published. Raises `NotPermitted`, and `RuleViolation`
    for a part of a part and for a framing question that arose in a session.
    """
    require(actor, "workshops.set_up", actor.workshop)
    _check_parent(None, parent)
    question = GuidingQuestion(
        workshop=actor.workshop,
        text=text,
        origin=origin,
        session=session,
        parent=parent,
        order=GuidingQuestion.objects.filter(workshop=actor.workshop).count(),
    )
    check(question)
    question.save(force_insert=True)
    audit.record(
        "guiding_question.added",
        question,
        actor=actor,
        scope_id=question.workshop_id,
        after={"text": text, "origin": origin},
    )
    return question


@transaction.atomic
def change_guiding_question(
    *, actor: Actor, question: GuidingQuestion, version: int | None = None, **values: Any
) -> GuidingQuestion:
    """Change a guiding question; what is left out stays as it is.

    The owner may, until the workshop is published. Raises as `add_guiding_question`, and
    `Conflict` when `version` isn't the question's any more.
    """
    require(actor, "workshops.set_up", question)
    # The workshop first: two questions that are put under one another at once would wait for
    # each other for good.
    Workshop.objects.select_for_update(no_key=True).get(pk=question.workshop_id)
    row: GuidingQuestion = lock_version(GuidingQuestion.objects.all(), question.pk, version)
    _check_parent(row, values.get("parent", row.parent))
    apply_changes(row, values, verb="guiding_question.changed", actor=actor)
    return row


def _check_days(*, starts_on: date, ends_on: date, purge_on: date | None) -> None:
    if ends_on < starts_on:
        raise RuleViolation(ENDS_EARLY, fields={"ends_on": ENDS_EARLY})
    if purge_on is not None and purge_on <= ends_on:
        raise RuleViolation(PURGES_EARLY, fields={"purge_on": PURGES_EARLY})


def _check_rule(workshop: Workshop, rule: str) -> None:
    order = list(AttributionRule)
    if rule not in order or order.index(AttributionRule(rule)) >= order.index(
        AttributionRule(workshop.attribution_rule)
    ):
        return
    if holds_content(workshop):
        name = workshop.get_attribution_rule_display()
        message = (
            f"People have spoken or joined under “{name}”. From now on the rule can only become "
            "stricter."
        )
        raise RuleViolation(message, fields={"attribution_rule": message})


def _check_parent(question: GuidingQuestion | None, parent: GuidingQuestion | None) -> None:
    if parent is None:
        return
    has_parts = question is not None and question.parts.exists()
    if parent.parent_id is not None or parent == question or has_parts:
        message = "A question has parts, and parts have none."
        raise RuleViolation(message, fields={"parent": message})


def _put_in_order(workshop: Workshop) -> None:
    """Order the sessions by the clock; one without a time stays behind the one before it."""
    placed: list[tuple[datetime | None, Session]] = []
    clock: datetime | None = None
    for session in Session.objects.filter(workshop=workshop).order_by("order", "created_at"):
        clock = session.starts_at or clock
        placed.append((clock, session))
    placed.sort(key=lambda pair: (pair[0] is not None, pair[0]))
    for order, (_, session) in enumerate(placed):
        if session.order != order:
            Session.objects.filter(pk=session.pk).update(order=order)
