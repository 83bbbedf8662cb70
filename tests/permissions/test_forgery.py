"""Nobody's browser can be made to change something from another site."""

import json
from collections.abc import Iterable, Iterator

import pytest
from django.http import HttpResponse  # noqa: TID251 - of a view of this test's own
from django.test import override_settings
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from apps.accounts.authentication import TokenAuthentication
from apps.accounts.services import replace_api_token
from apps.participants.authentication import SessionAuthentication
from apps.workshops.models import AttributionRule, Phase
from tests.permissions.addresses import Address, addresses
from tests.permissions.table import READING, Moment, lines
from tests.permissions.walk import Cell, cells, sending
from tests.permissions.world import World

# Limits what it takes before it reads the body, and checks then; that it does is shown below.
CHECKED_LATER = {"participants:import_people", "themes:import_notes"}
OPEN = Moment(Phase.SYNTHESIS, AttributionRule.ON_RECORD)


def writing() -> Iterator[Cell]:
    """Yield what each person may write while a workshop is open."""
    for cell in cells(lines(), [OPEN]):
        if cell.expected == "allowed" and cell.method not in {*READING, "OPTIONS"}:
            yield cell


def unguarded(found: Iterable[Address]) -> Iterator[str]:
    """Yield the addresses that Django leaves out of its check, and which don't check themselves."""
    ours = {TokenAuthentication, SessionAuthentication}
    for address in found:
        view = getattr(address.view, "cls", None)
        checks = set(getattr(view, "authentication_classes", [])) == ours
        exempt = getattr(address.view, "csrf_exempt", False) and address.name not in CHECKED_LATER
        if exempt and not checks:
            yield f"`{address.name}` is exempt from the CSRF check. Take `csrf_exempt` away."


def forged(world: World, found: Iterable[Cell]) -> Iterator[str]:
    """Make the requests without a token, and yield a sentence for each that isn't refused."""
    for cell in found:
        with world.browser(cell.kind, checked=True) as browser:
            response = browser.generic(**sending(world, cell))
        if world.written or response.status_code != 403:
            yield f"{cell} needs no CSRF token ({response.status_code})."


@pytest.fixture(autouse=True)
def at_work(world):
    """Open the workshop."""
    world.be_in(OPEN)


def test_no_view_is_left_out_of_the_check():
    assert list(unguarded(addresses())) == []


@pytest.mark.slow
def test_what_changes_something_needs_a_token_in_the_form(world):
    found = list(writing())
    assert {cell.kind for cell in found} >= {"owner", "joined", "nobody"}
    assert list(forged(world, found)) == []


def test_a_program_with_an_api_token_needs_none(world):
    token = replace_api_token(user=world.users["owner"])
    slug = world.workshop.slug
    with world.browser("nobody", checked=True) as browser:
        answer = browser.post(
            f"/api/v1/workshops/{slug}/themes/",
            json.dumps({"title": "By a program"}),
            content_type="application/json",
            headers={"Authorization": f"Token {token}"},
        )
    assert answer.status_code == 201


@csrf_exempt
def careless(request, **given):
    return HttpResponse("done")


urlpatterns = [path("careless/", careless, name="careless"), path("", include("config.urls"))]


def test_the_checks_find_a_view_that_is_exempt(world):
    [said] = unguarded(addresses(urlpatterns[:1]))
    assert said == "`careless` is exempt from the CSRF check. Take `csrf_exempt` away."
    cell = next(cell for cell in writing() if cell.line.route == "themes:add")
    [address] = addresses(urlpatterns[:1])
    with override_settings(ROOT_URLCONF=__name__):
        [said] = forged(world, [Cell(address, cell.line, "owner", "POST", OPEN)])
    assert said.endswith("needs no CSRF token (200).")
