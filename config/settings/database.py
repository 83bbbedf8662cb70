"""`DATABASE_URL` in PostgreSQL's own terms: a libpq URI or key=value string."""

from typing import Any

from psycopg.conninfo import conninfo_to_dict

NAMES = {"host": "HOST", "port": "PORT", "dbname": "NAME", "user": "USER", "password": "PASSWORD"}


def database(dsn: str, *, pool: bool = True) -> dict[str, Any]:
    """Return Django's description of the database that `dsn` names.

    Parameters that Django has no name for (`sslmode`, `application_name`…) become options.
    """
    parts = conninfo_to_dict(dsn)
    described: dict[str, Any] = {"ENGINE": "django.db.backends.postgresql"}
    described |= {ours: str(parts.pop(theirs, "")) for theirs, ours in NAMES.items()}
    described["OPTIONS"] = dict(parts)
    if pool:
        # Under ASGI a connection per thread would outlive its use; a pool is shared. It holds as
        # many as take turns (`apps.core.turns`), and some for what live pages look up.
        described["OPTIONS"]["pool"] = {"min_size": 0, "max_size": 10, "timeout": 30}
    return described
