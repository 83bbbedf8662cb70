"""A request under a name that the site doesn't go by: a page, and a line in the log."""

import logging
import logging.config

import pytest
from django.conf import settings as configured

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["/", "/accounts/login/", "/join/", "/api/v1/workshops/", "/nope"])
@pytest.mark.parametrize("host", ["elsewhere.example", "a b", "<script>", "::::"])
def test_a_page_says_so(client, settings, page, host):
    settings.ALLOWED_HOSTS = ["rapporteur.example.edu"]
    answer = client.get(page, headers={"host": host})
    assert answer.status_code == 400
    assert "doesn’t go by the name" in answer.content.decode()
    assert host not in answer.content.decode()


def test_a_known_name_is_answered(client, settings):
    settings.ALLOWED_HOSTS = ["rapporteur.example.edu"]
    assert client.get("/join/", headers={"host": "rapporteur.example.edu"}).status_code == 200


def test_the_log_isnt_filled_by_it(client, settings, capsys):
    settings.ALLOWED_HOSTS = ["rapporteur.example.edu"]
    logging.config.dictConfig({**configured.LOGGING, "disable_existing_loggers": False})
    client.get("/", headers={"host": "elsewhere.example"})
    logged = capsys.readouterr().err
    assert "Traceback" not in logged
    assert "elsewhere" not in logged
    assert logged.count("\n") <= 1
