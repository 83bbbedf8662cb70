"""The supervisor keeps its processes up, and takes them down."""

import os
import signal
import sys
import time

import psutil
import pytest

from config.launcher.supervisor import GaveUp, Supervisor

STAY = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "print('up', flush=True); time.sleep(60)"
    ),
]
END = [sys.executable, "-c", "print('no such table'); raise SystemExit(1)"]


@pytest.fixture
def supervise(tmp_path):
    """Return a function that starts a supervisor of the given commands."""
    started = []
    read, write = os.pipe()

    def start(**commands):
        supervisor = Supervisor(commands, environment={}, logs=tmp_path, inherit=write)
        supervisor.start()
        started.append(supervisor)
        return supervisor

    yield start
    for supervisor in started:
        supervisor.stop(patience=0.2)
    os.close(read)
    os.close(write)


def until(condition, seconds=10):
    """Wait for `condition`, failing the test when it doesn't come."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "it never came"
        os.sched_yield()
    return found


def test_a_process_that_ends_is_started_again(supervise):
    supervisor = supervise(worker=STAY)
    first = supervisor.pids["worker"]
    os.kill(first, signal.SIGKILL)
    assert until(supervisor.tend) == ["worker"]
    assert supervisor.pids["worker"] != first


def test_a_process_that_will_not_stay_up_is_given_up_with_its_last_words(supervise):
    supervisor = supervise(web=END)
    with pytest.raises(GaveUp, match="no such table"):
        until(lambda: supervisor.tend() and False)


@pytest.mark.parametrize("command", [STAY, STUBBORN], ids=["polite", "stubborn"])
def test_stopping_leaves_nothing_behind(supervise, tmp_path, command):
    supervisor = supervise(worker=command)
    until((tmp_path / "worker.log").read_text)
    pid = supervisor.pids["worker"]
    supervisor.stop(patience=1)
    assert not psutil.pid_exists(pid)
