"""Keys stay out of the log."""

import logging

import pytest
from django.conf import settings
from django.test import Client

from apps.core.logs import WithoutKeys


@pytest.mark.parametrize(
    ("said", "logged"),
    [
        ("Not Found: /join/K7QM20D1/", "Not Found: /join/…"),
        ("Method Not Allowed (POST): /k/a4ZBdY53RsGn/?x=1", "Method Not Allowed (POST): /k/…"),
        ('"/k/abc/" and /join/def', '"/k/…" and /join/…'),
        ("Not Found: /joined/ and /k/", "Not Found: /joined/ and /k/"),
    ],
)
def test_what_follows_is_cut_off(said, logged):
    record = logging.LogRecord("x", logging.WARNING, "x", 1, "%s", (said,), None)
    assert WithoutKeys(after=["/join/", "/k/"]).filter(record)
    assert record.getMessage() == logged


@pytest.mark.django_db
def test_refused_links_and_codes_leave_no_trace(capsys):
    handler = logging.StreamHandler()
    handler.addFilter(WithoutKeys(settings.LOGGING["filters"]["without_keys"]["after"]))
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    keys = ["K7QM20D1", "TOKENTOKENTOKEN", "HALFALINK-x", "WHO"]
    try:
        client = Client()
        client.get(f"/join/{keys[0]}/")
        client.post(f"/k/{keys[1]}/")
        client.get(f"/k/{keys[1]}")
        client.put(f"/accounts/link/{keys[3]}/{keys[2]}/")
        client.put(f"/accounts/password/reset/key/{keys[2]}/")
    finally:
        logger.removeHandler(handler)
    logged = capsys.readouterr().err
    assert "/join/…" in logged
    assert "/k/…" in logged
    assert not any(key in logged for key in keys), logged


def test_every_line_goes_through_it():
    handlers = settings.LOGGING["handlers"].values()
    assert all("without_keys" in handler["filters"] for handler in handlers)
