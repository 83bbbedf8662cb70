"""How often somebody may try: counted for all processes together."""

import os
import re
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone
from psycopg.conninfo import make_conninfo

from apps.accounts.models import BrowserSession
from apps.accounts.tasks import clear_expired
from tests.factories import UserFactory

PASSWORD = "a good long password"
# What each of several processes does: three wrong passwords, from an address of its own.
GUESS = """
import django, sys
django.setup()
from django.test import Client
client = Client(REMOTE_ADDR=sys.argv[1])
for _ in range(3):
    answer = client.post("/accounts/login/", {"login": "remi@example.org", "password": "wrong"})
    print("limited" if "wrong too often" in answer.content.decode() else "wrong")
"""


@pytest.fixture
def user(db):
    return UserFactory(email="remi@example.org")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_guesses_of_two_processes_count_together(user):
    cache.clear()
    dsn = make_conninfo(settings.DATABASE_URL, dbname=connection.settings_dict["NAME"])
    environment = {
        **os.environ,
        "DATABASE_URL": dsn,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }
    said = []
    for address in ("203.0.113.7", "198.51.100.9"):
        run = subprocess.run(
            [sys.executable, "-c", GUESS, address],
            cwd=settings.BASE_DIR,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        said += run.stdout.split()
    assert said == ["wrong"] * 5 + ["limited"]
    right = Client().post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert "wrong too often" in right.content.decode()
    cache.clear()


@pytest.mark.django_db(transaction=True)
def test_of_many_guesses_at_once_no_more_are_looked_at_than_allowed(user):
    cache.clear()
    together = threading.Barrier(12)

    def guess(number: int) -> bool:
        together.wait()
        try:
            form = {"login": user.email, "password": f"wrong {number}"}
            answer = Client(REMOTE_ADDR=f"203.0.113.{number}").post("/accounts/login/", form)
            return "don’t go together" in answer.content.decode()
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as pool:
        assert sum(pool.map(guess, range(12))) <= 5
    cache.clear()


def test_nobodys_mailbox_is_flooded_with_codes(user, deliver_mail):
    for number in range(6):
        form = {"email": user.email}
        Client(REMOTE_ADDR=f"203.0.113.{number}").post("/accounts/login/code/", form)
    assert len(deliver_mail()) == 3


def test_from_one_address_not_many_mailboxes_either(db, deliver_mail):
    for number in range(25):
        known = UserFactory(email=f"person{number}@example.org")
        Client().post("/accounts/login/code/", {"email": known.email})
    assert len(deliver_mail()) == 20


def test_a_code_is_no_number_that_could_be_guessed(client, user, deliver_mail):
    """Eight of twenty letters: 25 thousand million, of which three may be tried."""
    client.post("/accounts/login/code/", {"email": user.email})
    code = re.search(r"^    (\S+)$", deliver_mail()[0].body, re.MULTILINE).group(1)
    assert re.fullmatch(r"[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}", code)


def test_what_limits_is_in_the_database_that_all_processes_share(db):
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
    cache.set("shared", "yes")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM core_cache WHERE cache_key LIKE '%shared'")
        assert cursor.fetchone() == (1,)


def test_what_has_expired_is_cleared_away(client, user):
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    client.get("/accounts/")
    cache.set("old", "yes", timeout=3600)
    clear_expired()
    assert (Session.objects.count(), BrowserSession.objects.count()) == (1, 1)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_cache SET expires = now() - interval '1 second'")
        clear_expired()
        cursor.execute("SELECT count(*) FROM core_cache")
        assert cursor.fetchone() == (0,)
    assert (Session.objects.count(), BrowserSession.objects.count()) == (0, 0)
