"""Nobody finds out anything about anybody that the field table doesn't let them know."""

import logging

import pytest
from django.db import transaction
from django.http import HttpResponse  # noqa: TID251 - of a view of this test's own
from django.test import override_settings
from django.urls import include, path, reverse
from django.utils.http import urlencode

from apps.core.models import JobState, OutgoingMail
from apps.memos.services import build_memo
from apps.workshops.models import AttributionRule, Phase
from tests.permissions.table import MOMENTS, Moment, lines
from tests.permissions.walk import FORM, cells, each_outcome_once, number_of
from tests.privacy.conftest import IN_FULL
from tests.privacy.crawl import Crawl
from tests.privacy.entitlement import CELLS, Token

# Of what is asked, the short form takes every so manieth; of methods that aren't there both do.
READ, WRITTEN, REFUSED, UNKNOWN = 3, 5, 15, 61
LONG = [m for m in MOMENTS if m.phase in {Phase.LIVE, Phase.REVIEW, Phase.PUBLISHED}]
# Where the log holds what stands nowhere else.
LOGGED = "accounts:end_session"
# What nobody is ever told, not even who it belongs to.
NEVER = {"key", "browser and network", "the account's id"}


def listed(moments):
    """Yield what the table names at `moments`, and some of what it doesn't."""
    for cell in cells(lines(), moments):
        known = cell.method in cell.line.methods
        if cell.method != "HEAD" and (known or number_of(cell) % UNKNOWN == 0):
            yield cell


def sample():
    """Yield some of each outcome, the same at every run."""
    yield from (cell for cell in cells(lines(), MOMENTS[:1]) if cell.line.route == LOGGED)
    for cell in each_outcome_once(listed(MOMENTS)):
        share = 1 if cell.expected == "no method" else REFUSED
        if cell.expected in {"allowed", "empty"}:
            share = READ if cell.method == "GET" else WRITTEN
        if number_of(cell) % share == 0:
            yield cell


@pytest.mark.slow
@pytest.mark.parametrize("moment", LONG if IN_FULL else [None])
def test_nobody_is_told_what_they_may_not_know(cast, log, measured, moment):
    found = Crawl(cast, log).over(sample() if moment is None else listed([moment]))
    measured(str(found))
    assert not found.leaks, f"{found}\n" + "\n".join(found.leaks[:100])
    # It looks where there is something to find.
    assert found.told >= {what for what, _ in CELLS} - NEVER


@pytest.mark.slow
def test_a_printed_memo_tells_no_more(cast, log, measured):
    world, crawl = cast.world, Crawl(cast, log)
    world.full.memo.with_record = True
    world.full.memo.save()
    routes = {"memos:memo", "memos:file", "api:memo-latest", "api:memo-file-download"}
    for rule in AttributionRule:
        moment = Moment(Phase.PUBLISHED, rule)
        world.be_in(moment)
        crawl.found.told.clear()
        # What was printed under a looser rule stays as those who were asked then agreed to.
        with transaction.atomic():
            file = build_memo(workshop=world.workshop)
            assert file.state == JobState.READY, file.reason
            world.things |= {("memo", ""): file.version_id, ("memo-file", ""): file.pk}
            for cell in listed([moment]):
                if cell.line.route in routes and not cell.line.thing:
                    crawl.over([cell])
            transaction.set_rollback(True)
        assert not crawl.found.leaks, "\n".join(crawl.found.leaks[:100])
        named = {"name", "affiliation"} if rule != AttributionRule.ANONYMOUS else set()
        assert crawl.found.told >= {"comment", "note"} | named
    measured(f"three printed memos: {crawl.found}")


def test_a_mail_tells_no_more(cast, log, measured):
    world, crawl = cast.world, Crawl(cast, log)
    invited = [world.workshop.slug, world.id("participant", "invited")]
    [own] = [each.text for each in cast.of("owner") if each.what == "the account's address"]
    for rule in AttributionRule:
        moment = Moment(Phase.REVIEW, rule)
        world.be_in(moment)
        for kind, where, body in (
            ("owner", reverse("participants:invitation", args=invited), {"send": "yes"}),
            ("facilitator", reverse("participants:invitation", args=invited), {"send": "yes"}),
            ("joined", reverse("participants:keep_place", args=invited[:1]),
             {"send": "yes", "to": "somebody@example.org"}),
            ("nobody", reverse("account_reset_password"), {"email": f"{own}@example.org"}),
            ("nobody", reverse("account_request_login_code"), {"email": f"{own}@example.org"}),
        ):  # fmt: skip
            request = {"method": "POST", "path": where, "content_type": FORM}
            crawl.ask(request | {"data": urlencode(body)}, kind, moment, f"{kind} {where}")
    measured(str(crawl.found))
    assert not crawl.found.leaks
    assert crawl.found.mails == 5 * len(AttributionRule)


def careless(request, where):
    """Tell what nobody may know: by whichever way is asked for."""
    secret = HELD["secret"]
    response = HttpResponse("fine")
    if where == "body":
        response.write(f"<p hidden>{secret.upper()}</p>")
    elif where == "header":
        response["X-Trace"] = secret
    elif where == "cookie":
        response.set_cookie("seen", secret)
    elif where == "log":
        logging.getLogger("apps").info("Told %s", secret)
    elif where == "mail":
        OutgoingMail.objects.create(to="x@example.org", subject="Hello", text=secret)
    return response


HELD: dict[str, str] = {}
urlpatterns = [
    path("careless/<where>/", careless, name="careless"),
    path("", include("config.urls")),
]


def test_the_crawl_finds_a_leak_wherever_it_is(cast, log):
    [secret] = [token for token in cast.of("joined") if token.what == "e-mail address"]
    HELD["secret"] = secret.text
    cast.tokens.append(Token("key", "nobody", "zqdecoyqz"))
    moment = Moment(Phase.SYNTHESIS, AttributionRule.ON_RECORD)
    found = {}
    for where in ("body", "header", "cookie", "log", "mail", "nowhere"):
        crawl = Crawl(cast, log)
        request = {"method": "GET", "path": f"/careless/{where}/"}
        with override_settings(ROOT_URLCONF=__name__):
            for kind in ("facilitator", "joined"):
                crawl.ask(request, kind, moment, "careless")
        found[where] = len(crawl.found.leaks)
        assert not any("zqdecoyqz" in leak for leak in crawl.found.leaks)
    # A log and a mail to a stranger aren't read by whoever asked.
    assert found == {"body": 1, "header": 1, "cookie": 1, "log": 2, "mail": 2, "nowhere": 0}


def test_everybody_carries_at_least_ten_tokens(cast):
    people = {token.whose for token in cast.tokens}
    assert people >= set(cast.world.people) | {"administrator", "invited"}
    for whose in people - {"administrator"}:
        assert len(list(cast.of(whose))) >= 10, whose
    texts = [token.text for token in cast.tokens]
    assert len(texts) == len(set(texts))
