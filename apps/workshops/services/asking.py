"""Asking the rules at the moment of writing."""

from django.db import connection, transaction

from apps.core.permissions import require
from apps.workshops.actors import Actor
from apps.workshops.models import Workshop
from apps.workshops.services.phases import as_it_is_now, look_again


def require_now(actor: Actor, permission: str, subject: object) -> None:
    """Raise `NotPermitted` unless the rules let `actor` use `permission`, now and until it's done.

    The workshop may have been published since the request began: it is locked against that until
    the transaction ends, and what it is now decides. Who may not in any case waits for no lock.
    Lock nothing of the workshop before.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("What is asked must hold while it is written.")
    require(actor, permission, subject)
    as_it_is_now(actor)
    require(actor, permission, subject)


def require_meanwhile(actor: Actor, permission: str, subject: object) -> None:
    """As `require_now`, for what many do at the same moment: they don't wait for one another.

    Whoever moves the workshop's phase, or changes it otherwise, waits for all of them.
    """
    require(actor, permission, subject)
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(Workshop._meta.db_table)
        cursor.execute(f"SELECT FROM {table} WHERE id = %s FOR SHARE", [actor.workshop_id])
    look_again(actor)
    require(actor, permission, subject)
