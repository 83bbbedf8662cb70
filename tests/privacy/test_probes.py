"""Asking in other words doesn't get more: unknown parameters are heard by nobody, and what may be
asked about people gets whoever may not know them the same answer for somebody as for nobody.
"""

import re
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.utils.encoding import iri_to_uri
from django.utils.html import escape
from django.utils.http import urlencode

from apps.workshops.models import AttributionRule, Phase
from tests.permissions.table import Moment, lines
from tests.permissions.walk import cells, number_of, sending
from tests.privacy.conftest import IN_FULL
from tests.privacy.room import same_dice
from tests.privacy.swap import TOKEN

MOMENT = Moment(Phase.REVIEW, AttributionRule.CHATHAM_HOUSE)
INVENTED = {
    "ordering": "speaker", "order_by": "author__display_name", "sort": "-recorded_by",
    "search": "a", "recorded_by": "1", "author": "1", "speaker": "1", "created_by": "1",
    "author__display_name__startswith": "a", "recorded_by__user__email__contains": "@",
    "fields": "author,speaker,recorded_by", "expand": "author", "include": "author,speaker",
    "depth": "3", "embed": "author", "select": "*", "omit": "text", "debug": "1", "as": "owner",
    "role__in": "owner", "created_at__gte": "2020-01-01", "limit": "1", "offset": "1",
    "cursor": "x", "raw": "1",
}  # fmt: skip
# What pages do take, and what one might hope they did.
ABOUT_PEOPLE = [
    "q", "role", "group", "state", "who", "kind", "before", "session", "theme", "shown", "saved",
    "code", "seen", "search", "name", "author", "speaker", "recorded_by", "person", "participant",
    "email", "user", "display_name",
]  # fmt: skip
WHO_DO_NOT_KNOW = {"rapporteur", "participant", "observer", "outsider", "waiting", "removed"}


def told(world, cell, query):
    """Return the answer to a query, without the query where it is repeated."""
    request = sending(world, cell) | {"QUERY_STRING": urlencode(query)}
    with world.browser(cell.kind) as browser, same_dice():
        response = browser.generic(**request)
    # The length goes with what is repeated.
    del response["Content-Length"]
    text = f"{response.status_code} {sorted(response.items())} {response.content.decode('latin-1')}"
    text = TOKEN.sub(r"\1…", text)
    sent = urlencode(query)
    for said in {sent, quote(sent), escape(sent), escape(iri_to_uri(sent))} - {""}:
        text = text.replace(f"?{said}", "").replace(f"%3F{said}", "")
    # Where it is repeated there is a question mark, and where there is none there may be none.
    text = re.sub(r"\?(?=[\"'&])", "", text)
    for value in query.values():
        text = text.replace(str(value), "…") if len(str(value)) > 8 else text
    return text


def reading(kinds, share):
    for cell in cells(lines(), [MOMENT]):
        inside = "slug" in cell.address.arguments and cell.method == "GET"
        there = inside and cell.expected in {"allowed", "empty"}
        if there and cell.kind in kinds and (IN_FULL or number_of(cell) % share == 0):
            yield cell


@pytest.mark.slow
def test_parameters_that_there_are_not_change_nothing(world, measured):
    world.be_in(MOMENT)
    asked, wrong = 0, []
    for cell in reading({"owner", "participant", "observer"}, 8):
        asked += 1
        if told(world, cell, {}) != told(world, cell, INVENTED):
            alone = [
                name
                for name, value in INVENTED.items()
                if told(world, cell, {}) != told(world, cell, {name: value})
            ]
            wrong.append(f"{cell}: {alone}")
    measured(f"{asked * len(INVENTED):,} parameters that there aren’t: {len(wrong)} heard")
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
def test_asking_about_somebody_is_like_asking_about_nobody(cast, measured):
    world, asked, wrong = cast.world, 0, []
    world.be_in(MOMENT)
    about = {token.what: token.text for token in cast.of("joined")}
    values = {
        about["name"]: "zqfool99qz", about["e-mail address"]: "zqnone99qz",
        about["id"]: str(uuid4()),
    }  # fmt: skip
    for cell in reading(WHO_DO_NOT_KNOW, 8):
        for somebody, nobody in values.items():
            asked += len(ABOUT_PEOPLE)
            one = told(world, cell, dict.fromkeys(ABOUT_PEOPLE, somebody))
            if one != told(world, cell, dict.fromkeys(ABOUT_PEOPLE, nobody)):
                wrong.append(f"{cell}: tells {somebody} from {nobody}")
    measured(f"{asked:,} questions about somebody: {len(wrong)} told from one about nobody")
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
def test_a_parameter_that_there_is_is_heard(cast):
    world = cast.world
    world.be_in(MOMENT)
    [cell] = [
        each for each in cells(lines(), [MOMENT])
        if (each.line.route, each.kind, each.method) == ("participants:people", "owner", "GET")
    ]  # fmt: skip
    name = next(token.text for token in cast.of("joined") if token.what == "name")
    assert told(world, cell, {"q": name}) != told(world, cell, {"q": "zqfool99qz"})
