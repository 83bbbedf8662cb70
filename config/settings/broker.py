"""What each kind of broker needs to be told."""

from typing import Any

from psycopg.conninfo import conninfo_to_dict, make_conninfo

# What nobody acknowledged in this time is delivered again; longer than any task takes.
VISIBILITY_SECONDS = 900


def transport_options(broker_url: str, database_dsn: str) -> dict[str, Any]:
    """Return Celery's `broker_transport_options` for the broker at `broker_url`."""
    scheme = broker_url.partition(":")[0]
    # Who sends a message doesn't wait for a broker that is down: the sweeper sends it later.
    patience = {"max_retries": 0}
    if scheme == "pgmq":
        return {
            # As key=value: the transport drops the query of a URI, and with it a socket folder.
            "conn_string": make_conninfo(**_parts(database_dsn)),
            # The schema comes with a migration; the extension isn't needed.
            "init_extension": False,
            "visibility_timeout": VISIBILITY_SECONDS,
            "use_notify": True,
            "polling_interval": 0.1,
        }
    if scheme in {"redis", "rediss"}:
        return {
            "visibility_timeout": VISIBILITY_SECONDS,
            # By default a lost message is looked for only every 100 seconds.
            "unacked_restore_interval": 5,
            "unacked_restore_throttle": 1,
            **patience,
        }
    return patience


def _parts(dsn: str) -> dict[str, str]:
    return {key: str(value) for key, value in conninfo_to_dict(dsn).items()}
