"""What `manage.py check --deploy` says of the table of who said what."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register  # noqa: A004 - Django's word
from django.db import connections

TABLE = "notes_speakerlink"
HOW = "See “Who said what, under a role of its own” in docs/hosting.md."


@register(Tags.security, deploy=True)
def who_said_what_is_protected(
    databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """Warn where the application's own login reads who said a note.

    What only the server knows is asked with `--database default`.
    """
    role = settings.SPEAKERS_ROLE
    if not role:
        return [
            Warning(
                "The login of the application reads who said a note, as any other table: no "
                "SPEAKERS_ROLE is set.",
                hint=HOW,
                id="notes.W001",
            )
        ]
    return [warning for alias in databases or () for warning in _on_the_server(alias, role)]


def _on_the_server(alias: str, role: str) -> list[CheckMessage]:
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT session_user, (SELECT rolsuper FROM pg_roles WHERE rolname = session_user), "
            "(SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = to_regclass(%s))",
            [TABLE],
        )
        login, is_superuser, owner = cursor.fetchone()
    found: list[CheckMessage] = []
    if is_superuser:
        message = f"“{login}” is a superuser and reads who said a note, whoever owns that table."
        found.append(Warning(message, hint=HOW, id="notes.W002"))
    if owner not in {role, None}:
        message = (
            f"Who said a note belongs to “{owner}” and not to SPEAKERS_ROLE, “{role}”: "
            "`manage.py protect_speakers` wasn’t run."
        )
        found.append(Warning(message, hint=HOW, id="notes.W003"))
    return found
