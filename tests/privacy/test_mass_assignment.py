"""A request changes what its address is for, and nothing that somebody adds to it.

Each address is sent a good body, and then the same with every field of every model added that it
doesn't take. Ids and the clock being the same, what is stored afterwards must be the same too.
"""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from apps.workshops.models import AttributionRule, Phase
from tests.permissions.bodies import SECRET, body_of
from tests.permissions.table import READING, Moment, lines
from tests.permissions.walk import cells, number_of, sending
from tests.privacy.conftest import IN_FULL
from tests.privacy.inputs import fields_of, known_to
from tests.privacy.room import same_dice
from tests.privacy.stored import changed, stored

OPEN = Moment(Phase.SYNTHESIS, AttributionRule.ON_RECORD)
KINDS = {"owner", "rapporteur", "participant", "joined"} if IN_FULL else {"owner", "joined"}
# They draw a key, or ask the database for the time: another one each time.
DRAWN = {
    "participants:renew_join_code", "participants:invitation", "participants:keep_place",
    "accounts:make_api_token", "participants:start_workshop", "api:workshop-list",
    "participants:use_link", "participants:join_workshop", "accounts:use_sign_in_link",
    "participants:import_people", "memos:load_workshop", "api:memo-file-retry", "memos:retry",
}  # fmt: skip


def tempting(world) -> dict[str, Any]:
    """Return every field of every model of ours, with a value that would matter."""
    found: dict[str, Any] = {}
    for model in apps.get_models():
        if model.__module__.startswith("apps."):
            for field in model._meta.get_fields():
                if getattr(field, "concrete", False):
                    found[field.name] = _value(field, world)
                    found[getattr(field, "attname", field.name)] = _value(field, world)
    return found | {"is_superuser": True, "is_staff": True, "actor": world.people["removed"].pk}


def _value(field: Any, world: Any) -> Any:
    if field.is_relation or isinstance(field, models.UUIDField):
        names = {"participants.Participant": "participant", "workshops.Session": "session"}
        label = field.related_model._meta.label if field.is_relation else ""
        found = str(world.id(names.get(label, label.rpartition(".")[2].lower() or "participant"))
                    if label.rpartition(".")[2].lower() in {n for n, _ in world.things}
                    else world.people["joined"].pk)  # fmt: skip
        return [found] if field.many_to_many else found
    if field.choices:
        return list(field.choices)[-1][0]
    for kind, value in (
        (models.BooleanField, True),
        (models.DateTimeField, datetime(2020, 1, 1, tzinfo=UTC).isoformat()),
        (models.DateField, "2020-01-01"),
        (models.IntegerField, 99),
        (models.EmailField, "planted@example.org"),
    ):
        if isinstance(field, kind):
            return value
    return "planted"


def after(world, cell, body):
    """Send `body`, and return the status and all that is stored then."""
    with world.browser(cell.kind) as browser, same_dice():
        response = browser.generic(**sending(world, cell, body=body))
        return response.status_code, stored()


@pytest.mark.slow
def test_nothing_is_changed_by_what_an_address_does_not_take(world, measured):
    world.be_in(OPEN)
    extra, asked, fields, wrong = tempting(world), 0, 0, []
    assert len(extra) > 100
    for cell in cells(lines(), [OPEN]):
        writes = cell.method not in {*READING, "OPTIONS"} and cell.expected == "allowed"
        if not writes or cell.kind not in KINDS or cell.line.route in {*DRAWN, *SECRET}:
            continue
        if not IN_FULL and number_of(cell) % 3:
            continue
        good = body_of(world, cell.line.route, cell.kind)
        taken = set(fields_of(cell.address, cell.method)) | set(good)
        if cell.method == "DELETE":
            # For which the schema has no body: what is removed, as it was read.
            taken.add("version")
        if not cell.address.is_api:
            taken |= known_to(world, cell, _page(world, cell))
        planted = {name: value for name, value in extra.items() if name not in taken}
        asked, fields = asked + 1, fields + len(planted)
        plain, more = after(world, cell, good), after(world, cell, planted | good)
        if plain[0] != more[0] or changed(plain[1], more[1]):
            wrong.append(f"{cell}: {plain[0]} and {more[0]}; {_by(world, cell, good, planted)}")
    measured(f"{fields:,} fields added to {asked} requests: {len(wrong)} changed something")
    assert not wrong, "\n".join(wrong)


def _page(world, cell):
    if "GET" not in cell.line.methods:
        return ""
    with world.browser(cell.kind) as browser:
        return browser.get(sending(world, cell)["path"]).content.decode()


def _by(world, cell, good, planted):
    """Return which of the fields alone changes something."""
    plain = after(world, cell, good)
    return [
        name
        for name, value in planted.items()
        if (more := after(world, cell, {name: value} | good)) and more != plain
    ]


def test_the_comparison_sees_a_field_that_is_taken(world):
    world.be_in(OPEN)
    [cell] = [
        cell
        for cell in cells(lines(), [OPEN])
        if (cell.line.route, cell.kind, cell.method) == ("api:person-detail", "owner", "PATCH")
    ]
    good = body_of(world, cell.line.route, cell.kind)
    plain = after(world, cell, good)
    assert plain == after(world, cell, good)
    assert plain != after(world, cell, good | {"role": "owner"})
