"""The page that shows the mail: on one's own machine, and nowhere else."""

import os
import stat
import subprocess
import sys

import pytest
from django.conf import settings as configured
from django.core.mail import EmailMessage
from django.test import Client

from apps.accounts import local_mail
from apps.accounts.local_mail import letters
from tests.factories import UserFactory

HERE = {"headers": {"host": "localhost:8000"}}


@pytest.fixture
def folder(tmp_path, settings):
    settings.MAIL_FOLDER = tmp_path
    settings.EMAIL_BACKEND = "apps.accounts.local_mail.Backend"
    return tmp_path


def write(folder, subject, text="Look: http://localhost:8000/accounts/login/ <b>", *, age=0):
    EmailMessage(subject, text, to=["remi@example.org"]).send()
    newest = max(folder.iterdir(), key=lambda file: file.stat().st_ctime_ns)
    stat = newest.stat()
    os.utime(newest, (stat.st_atime - age, stat.st_mtime - age))


def test_mail_is_shown_the_newest_first_with_links_to_press(folder, client):
    write(folder, "An older one", age=60)
    write(folder, "Ünïcode — a new one")
    page = client.get("/mail/", **HERE)
    shown = page.content.decode()
    assert shown.index("Ünïcode — a new one") < shown.index("An older one")
    assert '<a href="http://localhost:8000/accounts/login/"' in shown
    assert "&lt;b&gt;" in shown
    assert "no-store" in page.headers["Cache-Control"]


def test_whoever_asks_for_a_code_finds_it(folder, db, deliver_mail, settings):
    user = UserFactory(email="remi@example.org")
    client = Client(**HERE)
    client.post("/accounts/login/code/", {"email": user.email})
    deliver_mail()
    assert 'href="/mail/"' in client.get("/accounts/login/code/confirm/").content.decode()
    code = next(letters(folder)).text.split("\n    ")[1].split()[0]
    assert code in client.get("/mail/").content.decode()
    assert client.post("/accounts/login/code/confirm/", {"code": code}).status_code == 302


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.1", "::1"])
@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "[::1]:8000", "localhost"])
def test_it_is_shown_at_the_machine_itself(folder, client, address, host):
    assert client.get("/mail/", headers={"host": host}, REMOTE_ADDR=address).status_code == 200


@pytest.mark.parametrize(
    "request_",
    [
        {"REMOTE_ADDR": "192.168.1.20"},
        {"REMOTE_ADDR": "10.0.0.1"},
        {"REMOTE_ADDR": "::ffff:192.168.1.20"},
        {"REMOTE_ADDR": ""},
        {"headers": {"host": "rapporteur.example.edu"}},
        {"headers": {"host": "localhost.evil.example"}},
        {"headers": {"host": "localhost", "x-forwarded-for": "203.0.113.7"}},
        {"headers": {"host": "localhost", "x-forwarded-for": "127.0.0.1"}},
        {"headers": {"host": "localhost", "forwarded": "for=203.0.113.7"}},
        {"headers": {"host": "localhost", "x-real-ip": "203.0.113.7"}},
        {"headers": {"host": "localhost", "x-forwarded-host": "localhost"}},
        {"headers": {"host": "localhost", "via": "1.1 tunnel"}},
    ],
)
def test_nobody_else_sees_it(folder, client, request_):
    write(folder, "Your sign-in code")
    assert client.get("/mail/", **{**HERE, **request_}).status_code == 404


def test_other_machines_arent_led_there(folder, client, db):
    client.post("/accounts/login/code/", {"email": "remi@example.org"})
    page = client.get("/accounts/login/code/confirm/", headers={"host": "laptop.example.edu"})
    assert 'href="/mail/"' not in page.content.decode()


def test_in_production_there_is_no_such_address():
    code = (
        "import django; django.setup()\n"
        "from django.conf import settings\n"
        "from django.urls import NoReverseMatch, reverse\n"
        "assert settings.MAIL_FOLDER is None\n"
        "try: reverse('mail')\n"
        "except NoReverseMatch: print('none')"
    )
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "SECRET_KEY": "x" * 40,
        "DATABASE_URL": "postgresql://nobody@localhost/nothing",
    }
    said = subprocess.run(
        [sys.executable, "-c", code],
        cwd=configured.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.stdout.strip() == "none", said.stderr


def test_an_empty_folder_and_a_missing_one_say_so(folder, client, settings):
    assert "Nothing yet" in client.get("/mail/", **HERE).content.decode()
    settings.MAIL_FOLDER = folder / "missing"
    assert "Nothing yet" in client.get("/mail/", **HERE).content.decode()


def test_a_mail_is_a_file_that_others_on_the_machine_cannot_read(folder, settings):
    settings.MAIL_FOLDER = folder = folder / "mail"
    for number in range(3):
        EmailMessage(f"Number {number}", "Text\n\nMore", to=["a@example.org"]).send()
    files = list(folder.iterdir())
    assert len(files) == 3
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {letter.text.strip() for letter in letters(folder)} == {"Text\n\nMore"}


def test_old_mail_goes(folder, monkeypatch):
    monkeypatch.setattr(local_mail, "MOST", 2)
    for age in (30, 20, 10):
        write(folder, f"{age} seconds old", age=age)
    assert [letter.subject for letter in letters(folder)] == ["10 seconds old", "20 seconds old"]
