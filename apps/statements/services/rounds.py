"""Opening, closing and revealing rounds, and asking again."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from apps.annotations.services.given import refuse
from apps.core import audit
from apps.core.editing import lock_version
from apps.participants.models import Participant
from apps.statements.models import (
    Means,
    Round,
    RoundState,
    Snapshot,
    Statement,
)
from apps.statements.selectors.plans import members_when_closed, plan_of
from apps.statements.selectors.rounds import to_ask_again
from apps.statements.services.revealing import reveal
from apps.statements.services.shuffling import put_in_no_order
from apps.statements.services.statements import begin_round
from apps.workshops.attribution import leaves_no_trace
from apps.workshops.services.asking import require_now

NOT_DRAFT = "It was asked already. Ask it again in another round."
WITHDRAWN = "This statement was withdrawn. Bring it back before you ask it."
NOT_OPEN = "This round isn’t open."
STAYS_CLOSED = (
    "Under the anonymous rule a closed round stays closed: who has answered isn’t known any more."
)
CLOSED_MEANWHILE = (
    "It was closed meanwhile, and takes no more answers. Open it again if that is what you mean."
)
UNCONFIRMED = "Somebody else of the team has to confirm the hands before they are revealed."
NO_MORE_ROUNDS = (
    "The plan has {} at most, set before the first answer. The owner can change it and say why."
)
NOT_REVEALED = "Reveal this round before you ask again."
NOTHING_AGAIN = "By the plan nothing is to be asked again."


@transaction.atomic
def choose_means(*, actor: Participant, asked: Round, means: str) -> Round:
    """Say whether the round `asked` is answered on devices or by a show of hands, before it opens.

    The facilitation team may, until the workshop is published. Raises `NotPermitted`, and
    `RuleViolation` once it was opened.
    """
    require_now(actor, "statements.ask", asked)
    row: Round = lock_version(Round.objects.all(), asked.pk, None)
    if row.state != RoundState.DRAFT:
        raise refuse("means", NOT_DRAFT)
    if means not in Means.values:
        raise refuse("means", "Choose how it is answered.")
    if row.means != means:
        row.means = means
        row.version += 1
        row.save(update_fields=["means", "version"])
        after = {"means": row.get_means_display()}
        audit.record("round.means_chosen", row, actor=actor, scope_id=row.workshop_id, after=after)
    return row


@transaction.atomic
def open_rounds(
    *, actor: Participant, rounds: Collection[Round], again: bool = False
) -> list[Round]:
    """Let `rounds` be answered from now on; those that are open stay so. Returns those opened.

    A closed one is opened only where `again` is meant, and not under the anonymous rule. The
    facilitation team may, until the workshop is published. Raises `NotPermitted`, and
    `RuleViolation` for a round that was revealed, or a statement that was withdrawn.
    """
    opened = []
    for row in _locked(actor, rounds):
        if row.state == RoundState.OPEN:
            continue
        if row.state == RoundState.REVEALED:
            raise refuse("", NOT_DRAFT)
        if row.statement.withdrawn_at is not None:
            raise refuse("", WITHDRAWN)
        if row.state == RoundState.CLOSED and leaves_no_trace(row.workshop):
            raise refuse("", STAYS_CLOSED)
        if row.state == RoundState.CLOSED and not again:
            raise refuse("", CLOSED_MEANWHILE)
        row.opened_at = row.opened_at or timezone.now()
        row.closed_at = None
        _go_to(row, RoundState.OPEN, actor, "round.opened", ["opened_at", "closed_at"])
        opened.append(row)
    return opened


@transaction.atomic
def close_rounds(*, actor: Participant, rounds: Collection[Round]) -> list[Round]:
    """Let `rounds` take no more answers; how many could have answered is held fast.

    Those that are closed stay so. The facilitation team may, until the workshop is published.
    Raises `NotPermitted`, and `RuleViolation` for a round that wasn't opened or was revealed.
    """
    closed = []
    rows = _locked(actor, rounds)
    members = members_when_closed(actor.workshop, rows)
    for row in rows:
        if row.state == RoundState.CLOSED:
            continue
        if row.state != RoundState.OPEN:
            raise refuse("", NOT_OPEN)
        if row.means == Means.DEVICES:
            row.members = members[row.pk]
        row.closed_at = timezone.now()
        _go_to(row, RoundState.CLOSED, actor, "round.closed", ["closed_at", "members"])
        closed.append(row)
    if leaves_no_trace(actor.workshop):
        put_in_no_order([row for row in closed if row.means == Means.DEVICES])
    return closed


@transaction.atomic
def reveal_rounds(*, actor: Participant, rounds: Collection[Round]) -> Snapshot | None:
    """Reveal what `rounds` came to, to everybody and for good; open ones are closed before.

    Returns the snapshot of all that was revealed by now; None when all were revealed already. The
    facilitation team may, until the workshop is published. Raises `NotPermitted`, and
    `RuleViolation` for a round that wasn't opened, or hands that nobody confirmed.
    """
    rows = [row for row in _locked(actor, rounds) if row.state != RoundState.REVEALED]
    if not rows:
        return None
    still_open = [row for row in rows if row.state == RoundState.OPEN]
    if still_open:
        close_rounds(actor=actor, rounds=still_open)
        rows = [row for row in _locked(actor, rounds) if row.state != RoundState.REVEALED]
    for row in rows:
        if row.state != RoundState.CLOSED:
            raise refuse("", NOT_OPEN)
        if row.means == Means.HANDS and row.confirmed_at is None:
            raise refuse("", UNCONFIRMED)
    snapshot = reveal(actor.workshop, plan_of(actor.workshop), rows)
    for row in rows:
        _go_to(row, RoundState.REVEALED, actor, "round.revealed", [])
    return snapshot


@transaction.atomic
def ask_again(*, actor: Participant, statement: Statement) -> Round:
    """Make another round of `statement`, in its present words, not open yet; return it.

    The facilitation team may, until the workshop is published, as far as the plan foresees. Raises
    `NotPermitted`, and `RuleViolation` when the last round isn't revealed, the plan has no further
    one, or the statement was withdrawn.
    """
    require_now(actor, "statements.ask", statement)
    row: Statement = lock_version(Statement.objects.all(), statement.pk, None)
    if row.withdrawn_at is not None:
        raise refuse("", WITHDRAWN)
    plan = plan_of(actor.workshop)
    last = row.rounds.latest("number")
    if last.state == RoundState.DRAFT:
        return last
    if last.state != RoundState.REVEALED:
        raise refuse("", NOT_REVEALED)
    if last.number >= plan.rounds:
        rounds = "one round" if plan.rounds == 1 else f"{plan.rounds} rounds"
        raise refuse("", NO_MORE_ROUNDS.format(rounds))
    wording = row.wordings.latest("number")
    begun = begin_round(row, wording, number=last.number + 1)
    audit.record(
        "round.begun", begun, actor=actor, scope_id=row.workshop_id, after={"number": begun.number}
    )
    return begun


@transaction.atomic
def begin_next_round(*, actor: Participant) -> list[Round]:
    """Make the next round of all that the plan asks again, not open yet; return what was begun.

    What isn't settled, or everything that was revealed, as far as there are rounds left. The
    facilitation team may, until the workshop is published. Raises `NotPermitted`, and
    `RuleViolation` when nothing is to be asked again.
    """
    require_now(actor, "statements.ask", actor.workshop)
    begun = [
        ask_again(actor=actor, statement=statement)
        for statement in Statement.objects.filter(
            pk__in=to_ask_again(actor.workshop, plan_of(actor.workshop))
        )
    ]
    if not begun:
        raise refuse("", NOTHING_AGAIN)
    return begun


def _locked(actor: Participant, rounds: Collection[Round]) -> list[Round]:
    """Lock `rounds`, in one order for everybody, and return them as they are."""
    require_now(actor, "statements.ask", actor.workshop)
    rows = Round.objects.filter(
        workshop=actor.workshop_id, pk__in=[each.pk for each in rounds]
    ).order_by("pk")
    locked = list(rows.select_for_update(of=("self",)).select_related("statement", "wording"))
    for row in locked:
        row.workshop = actor.workshop
    return locked


def _go_to(row: Round, state: RoundState, actor: Participant, verb: str, fields: list[str]) -> None:
    row.state = state
    row.version += 1
    row.save(update_fields=["state", "version", *fields])
    audit.record(verb, row, actor=actor, scope_id=row.workshop_id)
