"""The queue of a browser and the endpoint, both real, against a model: any order of mishaps.

The browser's own modules run in Node; what they send goes to the real endpoint, now, later, twice
or never, and what it answers arrives or doesn't.
"""

import json
import shutil
import subprocess
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from apps.notes.models import Note
from apps.participants.models import Participant
from apps.workshops.models import Role
from tests.factories import ParticipantFactory, SessionFactory

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
NODE = shutil.which("node")
BRIDGE = django_settings.BASE_DIR / "tests" / "themes" / "queue" / "bridge.mjs"
TABS = st.sampled_from(["one", "two"])


class Browser:
    """A browser with tabs, as the bridge plays it."""

    def __init__(self) -> None:
        modules = (django_settings.BASE_DIR / "static" / "js" / "queue").as_uri()
        self._node = subprocess.Popen(
            [str(NODE), BRIDGE, modules],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.told: dict[str, Any] = {}

    def let(self, step: str, **given: object) -> None:
        """Let something happen, and hear what came of it."""
        assert self._node.stdin is not None
        assert self._node.stdout is not None
        self._node.stdin.write(json.dumps({"step": step, **given}, default=str) + "\n")
        self._node.stdin.flush()
        self.told = json.loads(self._node.stdout.readline())

    def end(self) -> None:
        assert self._node.stdin is not None
        self._node.stdin.close()
        self._node.wait(timeout=10)


class Queue(RuleBasedStateMachine):
    """Two tabs, a network that does what it likes, a server, and a list of what was written."""

    browser: Browser
    client_of: Any

    @initialize()
    def begin(self) -> None:
        self.person: Participant = ParticipantFactory(role=Role.FACILITATOR)
        self.session = SessionFactory(workshop=self.person.workshop)
        self.server: Client = self.client_of(self.person)
        self.written: list[str] = []
        self.corrected: set[str] = set()
        # What left a device and hasn't arrived: it may still, after everything else.
        self.under_way: list[dict[str, Any]] = []
        self.browser.let("begin")
        for tab in ("one", "two"):
            self.browser.let("open", tab=tab)

    @rule(tab=TABS)
    def write(self, tab: str) -> None:
        note = str(uuid.uuid4())
        self.written.append(note)
        self._add(tab, id=note, kind="note", note=note, fields={"text": f"{note} as written"})

    @precondition(lambda self: self.written)
    @rule(tab=TABS, which=st.integers(0, 100))
    def correct(self, tab: str, which: int) -> None:
        note = self.written[which % len(self.written)]
        if note not in self.corrected:
            self.corrected.add(note)
            fields = {"text": f"{note} as corrected", "from": f"{note} as written"}
            self._add(tab, id=str(uuid.uuid4()), kind="correction", note=note, fields=fields)

    @precondition(lambda self: self._requests)
    @rule()
    def arrive(self) -> None:
        self._answer(self._deliver(self._first["body"]))

    @precondition(lambda self: self._requests)
    @rule()
    def arrive_twice(self) -> None:
        body = self._first["body"]
        self._deliver(body)
        self._answer(self._deliver(body))

    @precondition(lambda self: self._requests)
    @rule()
    def arrive_and_lose_the_answer(self) -> None:
        self._deliver(self._first["body"])
        self.browser.let("cut", number=self._first["number"])

    @precondition(lambda self: self._requests)
    @rule()
    def be_held_up(self) -> None:
        self.under_way.append(self._first["body"])
        self.browser.let("cut", number=self._first["number"])

    @precondition(lambda self: self.under_way)
    @rule(which=st.integers(0, 100))
    def arrive_late(self, which: int) -> None:
        self._deliver(self.under_way.pop(which % len(self.under_way)))

    @precondition(lambda self: self._requests)
    @rule(status=st.sampled_from([200, 302, 403, 413, 429, 500, 502]))
    def be_answered_by_somebody_else(self, status: int) -> None:
        if status == 413 and len(self._first["body"]["entries"]) == 1:
            status = 502
        self.browser.let("answer", number=self._first["number"], status=status, body=None)

    @rule()
    def wait(self) -> None:
        self.browser.let("wait")

    @rule(tab=TABS)
    def kill_a_tab(self, tab: str) -> None:
        self.under_way += [each["body"] for each in self._requests]
        self.browser.let("close", tab=tab)
        self.browser.let("open", tab=tab)

    @rule(role=st.sampled_from([Role.FACILITATOR, Role.PARTICIPANT]))
    def change_the_role(self, role: str) -> None:
        Participant.objects.filter(pk=self.person.pk).update(role=role)

    @invariant()
    def nothing_is_lost_or_doubled_and_the_order_is_kept(self) -> None:
        if not hasattr(self, "written"):
            return
        saved = self._saved()
        kept = [each["id"] for each in self.browser.told["kept"]]
        assert len(saved) == len(set(saved))
        assert set(saved) | set(kept) >= set(self.written)
        assert saved == [note for note in self.written if note in set(saved)]

    @invariant()
    def saved_is_said_of_what_the_database_has(self) -> None:
        if "All saved" in self.browser.told.get("said", {}).values():
            assert self._saved() == self.written

    def teardown(self) -> None:
        """Let the network be kind again: then everything is saved."""
        if not hasattr(self, "written"):
            return
        self.change_the_role(Role.FACILITATOR)
        for late in self.under_way:
            self._deliver(late)
        for _ in range(3 * len(self.written) + 12):
            while self._requests:
                self.arrive()
            self.wait()
        assert self.browser.told["kept"] == []
        assert self._saved() == self.written
        assert set(self.browser.told["said"].values()) == {"All saved"}
        texts = dict(Note.objects.filter(pk__in=self.written).values_list("pk", "text"))
        for note in self.written:
            ending = "corrected" if note in self.corrected else "written"
            assert texts[uuid.UUID(note)] == f"{note} as {ending}"

    @property
    def _requests(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.browser.told.get("requests", [])
        return found

    @property
    def _first(self) -> dict[str, Any]:
        return self._requests[0]

    def _add(self, tab: str, **entry: object) -> None:
        about = {"workshop": self.person.workshop.slug, "actor": str(self.person.pk)}
        self.browser.let("add", tab=tab, entry={**about, "session": str(self.session.pk), **entry})

    def _deliver(self, body: dict[str, Any]) -> Any:
        url = f"/w/{self.person.workshop.slug}/capture/queue/"
        return self.server.post(url, json.dumps(body), content_type="application/json")

    def _answer(self, answer: Any) -> None:
        given = {"status": answer.status_code, "body": answer.json()}
        self.browser.let("answer", number=self._first["number"], **given)

    def _saved(self) -> list[str]:
        notes = Note.objects.filter(workshop=self.person.workshop_id).order_by("sequence")
        return [str(key) for key in notes.values_list("pk", flat=True)]


@pytest.fixture
def browser() -> Iterator[Browser]:
    if NODE is None:
        pytest.skip("no Node here")
    browser = Browser()
    yield browser
    browser.end()


def test_whatever_happens_nothing_is_lost_doubled_or_said_too_early(browser, browser_of):
    class Ours(Queue):
        pass

    Ours.browser, Ours.client_of = browser, staticmethod(browser_of)
    how = settings(
        max_examples=12,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Ours, settings=how)


def test_what_was_refused_is_tried_again_also_after_a_lost_answer(browser, browser_of):
    class Ours(Queue):
        pass

    Ours.browser, Ours.client_of = browser, staticmethod(browser_of)
    run = Ours()
    run.begin()
    run.change_the_role(Role.PARTICIPANT)
    run.write("one")
    run.arrive_and_lose_the_answer()
    run.wait()
    run.arrive()
    run.teardown()
