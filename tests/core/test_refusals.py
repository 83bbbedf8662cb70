"""What services refuse, as pages and as problem details."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import include, path
from rest_framework.views import APIView

from apps.core.exceptions import GONE, Conflict, Gone, NotPermitted, RuleViolation
from apps.core.permissions import REFUSAL, allowed, permit, predicate, require
from apps.workshops.models import Role
from tests.factories import ParticipantFactory

REFUSALS = {
    "permission": NotPermitted(REFUSAL),
    "gone": Gone(GONE),
    "rule": RuleViolation("Too late.", fields={"text": "Too late."}),
    "conflict": Conflict("Changed meanwhile.", current=object()),
}


def page(_request: Any, kind: str) -> Any:
    raise REFUSALS.get(kind, ZeroDivisionError)


class Endpoint(APIView):
    permission_classes = ()

    def get(self, _request: Any, kind: str) -> Any:
        raise REFUSALS[kind]


urlpatterns = [
    path("page/<str:kind>/", page),
    path("endpoint/<str:kind>/", Endpoint.as_view()),
    path("", include("config.urls")),
]
handler400 = "apps.core.views.bad_request"
pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.test_refusals")]


@pytest.mark.parametrize(
    ("kind", "status"), [("permission", 403), ("gone", 404), ("rule", 422), ("conflict", 409)]
)
def test_a_refusal_becomes_a_page_that_says_why(client, kind, status):
    answer = client.get(f"/page/{kind}/")
    assert answer.status_code == status
    assert str(REFUSALS[kind]) in answer.content.decode()
    assert 'class="plain"' in answer.content.decode()


@pytest.mark.parametrize(
    ("kind", "status"), [("permission", 403), ("gone", 404), ("rule", 422), ("conflict", 412)]
)
def test_a_refusal_becomes_problem_details(client, kind, status):
    answer = client.get(f"/endpoint/{kind}/")
    assert answer.status_code == answer.json()["status"] == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"] == str(REFUSALS[kind])
    assert answer.json().get("errors") == ({"text": ["Too late."]} if kind == "rule" else None)


def test_what_is_no_refusal_is_an_error_in_the_house_look():
    answer = Client(raise_request_exception=False).get("/page/bug/")
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.content.decode()


def test_a_missing_page_is_told_in_the_house_look(client):
    answer = client.get("/no/such/page/")
    assert answer.status_code == 404
    assert "This page isn’t here" in answer.content.decode()


def test_the_page_for_errors_needs_no_database(client, django_db_blocker):
    with django_db_blocker.block():
        answer = Client(raise_request_exception=False).get("/page/bug/")
    assert answer.status_code == 500


TOO_MUCH = "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)


@pytest.mark.parametrize("checks", [True, False])
@pytest.mark.parametrize("where", ["capture/", "set-up/sessions/programme/", "people/import/"])
def test_too_much_at_once_is_told_with_what_to_do(browser_of, checks, where):
    owner = ParticipantFactory(role=Role.OWNER)
    browser = browser_of(owner)
    browser.handler.enforce_csrf_checks = checks
    address = f"/w/{owner.workshop.slug}/{where}"
    answer = browser.post(address, {"text": TOO_MUCH})
    said = answer.content.decode()
    assert answer.status_code == 413
    assert "That is too much at once" in said
    assert "Send it in parts" in said
    assert "what you wrote is still there" in said
    part = browser.post(address, {"text": TOO_MUCH}, headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Retarget"]) == (413, "#live")
    assert part.content.decode().startswith("<p>This is more than 2 MiB")


def test_too_many_at_once_is_told(client):
    answer = client.post("/accounts/login/", {"notes": ["x"] * 8_001})
    assert answer.status_code == 413
    assert "Choose fewer" in answer.content.decode()


def test_too_much_at_once_is_told_by_the_api(api_of):
    owner = ParticipantFactory(role=Role.OWNER)
    answer = api_of(owner).post(
        f"/api/v1/workshops/{owner.workshop.slug}/notes/", {"text": TOO_MUCH}
    )
    assert answer.status_code == answer.json()["status"] == 413
    assert "Send it in parts" in answer.json()["detail"]


def test_what_makes_no_sense_is_told_in_the_house_look(client):
    answer = client.post("/accounts/login/", b"--", content_type="multipart/form-data; boundary=")
    assert answer.status_code == 400
    assert "We couldn’t make sense of that" in answer.content.decode()


def test_an_expired_page_gives_back_what_was_typed():
    client = Client(enforce_csrf_checks=True)
    typed = "A long thought <b>that</b> must not be lost"
    answer = client.post("/new/", {"purpose": typed, "password": "a secret that is not shown"})
    assert answer.status_code == 403
    assert "A long thought &lt;b&gt;that&lt;/b&gt; must not be lost" in answer.content.decode()
    assert "a secret" not in answer.content.decode()


def test_a_rule_that_nobody_wrote_is_a_mistake_and_not_a_refusal():
    with pytest.raises(KeyError):
        allowed(None, "core.no_such_rule", None)
    permit("core.test_only", predicate(lambda actor, subject: actor == subject))
    require("me", "core.test_only", "me")
    with pytest.raises(NotPermitted):
        require("you", "core.test_only", "me")
