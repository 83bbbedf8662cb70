"""What belongs to another workshop isn't there: in a path, a body or a query, for anybody.

It makes no difference whether a thing is elsewhere or nowhere: the answers are the same.
"""

import json
import re
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.http import urlencode

from apps.workshops.models import AttributionRule, Phase
from tests.permissions.bodies import body_of
from tests.permissions.table import READING, Moment, lines
from tests.permissions.walk import FORM, cells, number_of, sending
from tests.permissions.world import World
from tests.privacy.conftest import IN_FULL
from tests.privacy.inputs import Form, elsewhere, takes_ids
from tests.privacy.room import same_dice
from tests.privacy.stored import changed, stored
from tests.privacy.swap import TOKEN

OPEN = Moment(Phase.SYNTHESIS, AttributionRule.ON_RECORD)
# What an address is asked with whatever is meant by it, and what only readers of a mail know.
ANYTHING = {"token", "who", "key", "uidb36", "code", "slug"}
KINDS = {"owner", "rapporteur", "participant", "joined"} if IN_FULL else {"owner"}
QUERIED = ["theme", "session", "parent", "group", "shown", "saved", "annotation", "note"]


@pytest.fixture
def other(world):
    """Another workshop, in which nobody of the first takes part."""
    return World()


@pytest.fixture(autouse=True)
def at_work(world):
    """Open the workshop."""
    world.be_in(OPEN)


def allowed(share=1):
    """Yield what each person may ask for; every so manieth of it in the short form."""
    for cell in cells(lines(), [OPEN]):
        here = "slug" in cell.address.arguments and cell.method not in {"HEAD", "OPTIONS"}
        if not here or cell.kind not in KINDS or cell.expected != "allowed":
            continue
        if IN_FULL or number_of(cell) % share == 0:
            yield cell


def answer(world, kind, request):
    """Make a request, and return the answer and the tables that it changed."""
    before = stored()
    with world.browser(kind) as browser:
        response = browser.generic(**request)
        response.tables = changed(before, stored()) if request["method"] not in READING else []
    return response


def text(response, *ids):
    """Return an answer without the ids that were asked for."""
    # A sheet to print is told from another by its bytes.
    said = response.content.decode(errors="backslashreplace")
    found = TOKEN.sub(r"\1…", said + str(sorted(response.items())))
    for each in ids:
        found = found.replace(str(each), "…")
    return found


@pytest.mark.slow
def test_nothing_of_another_workshop_is_found_by_a_path(world, other, measured):
    asked, wrong = 0, []
    for cell in allowed(2):
        own = world.arguments(cell.address, cell.line, cell.kind)
        foreign = other.arguments(cell.address, cell.line, cell.kind)
        for name in own.keys() - ANYTHING:
            nowhere = uuid4()
            request = sending(world, cell)
            there, not_there = (
                answer(
                    world, cell.kind,
                    request | {"path": reverse(cell.address.name, kwargs=own | {name: each})},
                )
                for each in (foreign[name], nowhere)
            )  # fmt: skip
            asked += 1
            if there.status_code != 404 or there.tables:
                wrong.append(f"{cell}, {name} of elsewhere: {there.status_code} {there.tables}")
            elif text(there, foreign[name], own.get(name)) != text(
                not_there, nowhere, own.get(name)
            ):
                wrong.append(f"{cell}: {name} of elsewhere and of nowhere are told apart")
    measured(f"{asked:,} ids of another workshop in paths: {len(wrong)} found")
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
def test_another_workshop_is_not_there(world, other, measured):
    asked, wrong = 0, []
    for cell in allowed(4):
        own = world.arguments(cell.address, cell.line, cell.kind)
        path = reverse(cell.address.name, kwargs=own | {"slug": other.workshop.slug})
        found = answer(world, cell.kind, sending(world, cell) | {"path": path})
        asked += 1
        if found.status_code != 404 or found.tables:
            wrong.append(f"{cell} in another workshop: {found.status_code} {found.tables}")
    measured(f"{asked:,} addresses in another workshop: {len(wrong)} found")
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
def test_nothing_of_another_workshop_is_taken_in_a_body(world, other, measured):
    slots, wrong = 0, []
    for cell in allowed(2):
        if cell.method in READING:
            continue
        good = body_of(world, cell.line.route, cell.kind)
        for name, many in slots_of(world, cell, good):
            foreign, nowhere = elsewhere(name, cell.line.route, other), uuid4()
            answers = []
            for each in (foreign, nowhere):
                body = good | {name: [each] if many else each}
                answers.append(answer(world, cell.kind, sending(world, cell, body=body)))
            slots += 1
            there, not_there = answers
            refused = there.status_code in {400, 404, 422} and not there.tables
            if _passed_over(cell, there, not_there):
                continue
            if not refused and not _leads_back(cell, there):
                wrong.append(f"{cell}, {name}: {there.status_code} {there.tables}")
            elif cell.address.is_api and name not in json.loads(there.content).get("errors", {}):
                wrong.append(f"{cell}, {name}: the answer doesn't name the field")
            elif text(there, foreign) != text(not_there, nowhere):
                wrong.append(f"{cell}: {name} of elsewhere and of nowhere are told apart")
    measured(f"{slots} ids of another workshop in bodies: {len(wrong)} taken")
    assert slots > 20
    assert not wrong, "\n".join(wrong)


def slots_of(world, cell, good):
    """Yield the fields that name things, and whether they name several."""
    if cell.address.is_api:
        for name in takes_ids(cell.address, cell.method):
            yield name, name.endswith("s")
        return
    names = {
        name for name, value in good.items() if re.fullmatch(ID, str(value).strip("[]UID('\")"))
    }
    if "GET" in cell.line.methods:
        page = sending(world, cell) | {"method": "GET"}
        names |= Form(answer(world, cell.kind, page).content.decode()).choosing
    # What devices send says whose it is, and is refused as a whole where that is somebody else.
    for name in sorted(names - {"id", "note_id", "csrfmiddlewaretoken", "actor"}):
        yield name, isinstance(good.get(name), list)


ID = r"[0-9a-f]{8}-[0-9a-f-]{27}"


def _passed_over(cell, there, not_there):
    """Say whether a page did the same with an id that nothing has: then it took no notice of it.

    It may be a field of another form beside the one that was sent.
    """
    taken = there.status_code == 302 and there.tables
    same = (there.status_code, there.tables) == (not_there.status_code, not_there.tables)
    return bool(taken and same and not cell.address.is_api)


def _leads_back(cell, response):
    """Say whether a page did nothing, and said so on the page that it leads to."""
    return response.status_code == 302 and not response.tables


@pytest.mark.slow
def test_a_query_for_something_elsewhere_is_one_for_nothing(world, other, measured):
    asked, wrong = 0, []
    for cell in allowed(4):
        if cell.method != "GET":
            continue
        nowhere = uuid4()
        told = []
        for ids in ({}, dict.fromkeys(QUERIED, nowhere)):
            query = ids or {name: elsewhere_or(name, other) for name in QUERIED}
            request = sending(world, cell) | {"QUERY_STRING": urlencode(query)}
            # Forms come with an id for what is written in them.
            with same_dice():
                found = answer(world, cell.kind, request)
            told.append(text(found, *query.values(), urlencode(query)))
        asked += 1
        if told[0] != told[1]:
            wrong.append(f"{cell}: elsewhere and nowhere are told apart")
    measured(f"{asked} queries for things of another workshop: {len(wrong)} told apart")
    assert not wrong, "\n".join(wrong)


def elsewhere_or(name, other):
    """Return an id of another workshop for a parameter."""
    names = {"shown": "note", "saved": "note", "parent": "research-question"}
    return other.id(names.get(name, name))


def test_the_checksum_sees_a_change(world):
    before = stored()
    with world.browser("owner") as browser:
        slug = world.workshop.slug
        browser.post(f"/w/{slug}/themes/new/", urlencode({"title": "New"}), content_type=FORM)
        world.full.theme.title = "Otherwise"
        world.full.theme.save()
        assert "themes_theme.title" in changed(before, stored())
    assert changed(before, stored()) == []
