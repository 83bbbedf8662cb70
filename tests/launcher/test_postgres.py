"""The embedded PostgreSQL goes with the last one who uses it."""

import subprocess
import sys

import psycopg
import pytest

from config.launcher.postgres import EmbeddedPostgres

pytestmark = pytest.mark.slow

# Holds the server, tells how to reach it, and lets go when its input closes.
USE = """
import sys
from pathlib import Path
from config.launcher.postgres import EmbeddedPostgres
print(EmbeddedPostgres(Path(sys.argv[1])).hold(), flush=True)
sys.stdin.read()
"""


def user_of(folder):
    return subprocess.Popen(
        [sys.executable, "-c", USE, folder],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def leave(user):
    user.communicate()
    assert user.returncode == 0


@pytest.fixture
def folder(tmp_path_factory):
    """A folder whose path is short enough for a socket."""
    return tmp_path_factory.mktemp("pg") / "db"


def test_the_server_stays_for_the_last_user_and_keeps_the_data(folder):
    one, two = user_of(folder), user_of(folder)
    dsn = one.stdout.readline().strip()
    assert two.stdout.readline().strip() == dsn
    with psycopg.connect(dsn) as connection:
        connection.execute("CREATE TABLE kept (what text)")
    leave(one)
    with psycopg.connect(dsn) as connection:
        connection.execute("INSERT INTO kept VALUES ('a word')")
    two.kill()
    two.communicate()
    # Two was killed and couldn't stop the server; the next user finds it, and stops it.
    three = user_of(folder)
    assert three.stdout.readline().strip() == dsn
    with psycopg.connect(dsn) as connection:
        assert connection.execute("SELECT what FROM kept").fetchall() == [("a word",)]
    leave(three)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(dsn)


def test_a_killed_server_comes_back(folder):
    server = EmbeddedPostgres(folder)
    try:
        dsn = server.hold()
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute("CREATE TABLE kept (what text)")
            postmaster = int((folder / "postmaster.pid").read_text().splitlines()[0])
        subprocess.run(["kill", "-9", str(postmaster)], check=True)
        again = user_of(folder)
        with psycopg.connect(again.stdout.readline().strip()) as connection:
            assert connection.execute("SELECT what FROM kept").fetchall() == []
        leave(again)
    finally:
        server.release()


def test_what_somebody_typed_stands_in_no_log(folder):
    server = EmbeddedPostgres(folder)
    try:
        with psycopg.connect(server.hold(), autocommit=True) as connection:
            connection.execute("CREATE TABLE people (email text UNIQUE)")
            add = "INSERT INTO people VALUES ('ana@example.org')"
            connection.execute(add)
            with pytest.raises(psycopg.errors.UniqueViolation):
                connection.execute(add)
            with pytest.raises(psycopg.DataError):
                connection.execute("SELECT 'Ana Ruiz'::uuid")
    finally:
        server.release()
    log = (folder / "log").read_text()
    assert "ready to accept connections" in log
    assert not any(word in log for word in ("ana@example.org", "Ana Ruiz", "INSERT"))
