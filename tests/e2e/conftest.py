"""Real Chromium against the program as `make run` starts it: launcher, web server, worker."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
ABSENT = (
    "No Chromium here. On Debian: apt-get install chromium; elsewhere set CHROMIUM to its path."
)
# The address bar that nobody sees draws its suggestions in a process of its own for each window,
# which takes longer than most tests. Named here are these, and what Playwright switches off.
UNNEEDED = (
    "WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,"
    "AimEnabled,AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,"
    "HttpsFirstBalancedModeAutoEnable,LensOverlay,MediaRouter,NetworkTimeServiceQuerying,"
    "OptimizationHints,PaintHolding,PreconnectToSearch,ThirdPartyStoragePartitioning"
)
QUIET = [
    f"--disable-features={UNNEEDED}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run all of these in one process, and skip them, or fail, where there is no Chromium."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("e2e"))
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None and not os.environ.get("REQUIRE_BROWSER"):
                item.add_marker(pytest.mark.skip(reason=ABSENT))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the machine's Chromium instead of a download."""
    if CHROMIUM is None:
        pytest.fail(ABSENT)
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": QUIET}


@pytest.fixture(autouse=True)
def nothing_stays_open(request: pytest.FixtureRequest) -> Iterator[None]:
    """Close what a test opened: a page that is forgotten goes on listening and asking."""
    yield
    if "browser" in request.fixturenames:
        for context in request.getfixturevalue("browser").contexts:
            context.close()


@dataclass
class Running:
    """The program, as a newcomer sees it: what it printed."""

    address: str
    sign_in_link: str
    join_link: str
    mail_page: str
    environment: dict[str, str]
    _beside: "subprocess.Popen[str] | None" = None

    def manage(self, *arguments: str) -> str:
        """Run a management command beside the program; returns what it prints."""
        if self._beside is None:
            self._beside = subprocess.Popen(
                [sys.executable, "-m", "tests.e2e.beside"],
                cwd=settings.BASE_DIR, env=self.environment, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            )  # fmt: skip
        assert self._beside.stdin
        assert self._beside.stdout
        self._beside.stdin.write(json.dumps(arguments) + "\n")
        self._beside.stdin.flush()
        printed = self._beside.stdout.readline()
        if not printed:
            # It ended, and would be of no use to the next who ask.
            self._beside = None
        assert printed, f"{arguments[0]} failed: what it said stands above"
        return str(json.loads(printed))

    def stop(self) -> None:
        """Let nothing run on beside the program."""
        if self._beside is not None:
            self._beside.communicate(timeout=30)

    def link_for(self, email: str) -> str:
        """Return a fresh sign-in link."""
        return self.manage("sign_in_link", email, "--base-url", self.address).strip()


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(var: Path) -> Iterator[Running]:
    """Start the program with its data in the empty folder `var`, and the example it brings."""
    port = free_port()
    environment = {
        key: value
        for key, value in os.environ.items()
        if key not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "CELERY_BROKER_URL"}
    } | {"RAPPORTEUR_VAR": str(var), "PYTHONUNBUFFERED": "1"}
    launcher = subprocess.Popen(
        [sys.executable, "-m", "config.launcher", "--port", str(port)],
        cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True,
    )  # fmt: skip
    assert launcher.stdout is not None
    deadline = threading.Timer(240, launcher.kill)
    deadline.start()
    printed = ""
    for line in launcher.stdout:
        printed += line
        if "Stop: Ctrl+C" in line:
            break
    deadline.cancel()
    links = re.findall(r"http://\S+", printed)
    try:
        assert len(links) == 4, printed
        program = Running(*links, environment=environment)
        try:
            yield program
        finally:
            program.stop()
    finally:
        launcher.send_signal(signal.SIGINT)
        launcher.communicate(timeout=30)


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The program, started once for all tests."""
    with started(tmp_path_factory.mktemp("run")) as program:
        yield program
