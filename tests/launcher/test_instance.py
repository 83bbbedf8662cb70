"""One run a folder, and nothing left behind for good."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from config.launcher.instance import (
    CannotStart,
    Instance,
    check_port,
    mail_page,
    port_number,
    public_name,
)

# Claims the folder, starts a child that inherits the lock, tells both ids, and waits.
RUN = """
import subprocess, sys
from pathlib import Path
from config.launcher.instance import Instance
instance = Instance(Path(sys.argv[1]))
instance.claim()
child = subprocess.Popen(["sleep", "60"], pass_fds=[instance.lock], start_new_session=True)
instance.write("http://localhost:8123", {"worker": child.pid})
print(child.pid, flush=True)
child.wait()
"""


@pytest.fixture
def instance(tmp_path):
    """A claim to `tmp_path`."""
    instance = Instance(tmp_path)
    yield instance
    instance.release()


@pytest.fixture
def earlier_run(tmp_path):
    """A run of the program in `tmp_path`, and the number of its child."""
    run = subprocess.Popen(
        [sys.executable, "-c", RUN, tmp_path], stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
    )
    child = int(run.stdout.readline())
    yield run, child
    run.kill()
    run.wait()
    run.stdout.close()
    if psutil.pid_exists(child):
        psutil.Process(child).kill()


def test_a_second_run_is_told_where_the_first_one_is(instance, earlier_run):
    run, child = earlier_run
    with pytest.raises(CannotStart, match=rf"http://localhost:8123 \(process {run.pid}\)"):
        instance.claim()
    assert psutil.pid_exists(child)


def test_what_a_killed_run_left_behind_is_stopped(instance, earlier_run):
    run, child = earlier_run
    run.kill()
    run.wait()
    assert psutil.pid_exists(child)
    assert instance.claim() == [f"worker (process {child})"]
    assert not psutil.pid_exists(child)


def test_a_process_that_only_got_the_number_of_an_earlier_one_is_left_alone(tmp_path, instance):
    instance.claim()
    instance.write("http://localhost:8123", {})
    recorded = (
        (tmp_path / "run.json")
        .read_text()
        .replace(
            '"children": {}', f'"children": {{"worker": {{"pid": {os.getpid()}, "started": 1.0}}}}'
        )
    )
    instance.release()
    (tmp_path / "run.json").write_text(recorded)
    assert instance.claim() == []


def test_a_folder_is_free_after_a_run_has_ended(instance, earlier_run):
    run, child = earlier_run
    psutil.Process(child).kill()
    run.wait()
    assert instance.claim() == []


def test_a_port_in_use_is_told_with_a_way_out():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CannotStart, match=f"make run PORT={port + 1}"):
            check_port("127.0.0.1", port)
    check_port("127.0.0.1", port)


@pytest.mark.parametrize("text", ["abc", "0", "99999", "-1", "8000.5", "٨٠٠٠", ""])
def test_what_is_no_port_is_told(text):
    with pytest.raises(CannotStart, match="from 1 to 65535"):
        port_number(text)


@pytest.mark.parametrize(
    ("host", "allowed", "name"),
    [
        ("127.0.0.1", "", "localhost"),
        ("127.0.0.1", "workshop.example.edu", "workshop.example.edu"),
        ("0.0.0.0", ".example.edu, other", "example.edu"),
        ("192.168.1.5", "", "192.168.1.5"),
        ("fd00::5", "", "[fd00::5]"),
    ],
)
def test_people_are_told_a_name_that_the_server_answers_to(host, allowed, name):
    environment = {"ALLOWED_HOSTS": allowed}
    assert public_name(host, environment) == name
    if not allowed and host != "127.0.0.1":
        assert host in environment["ALLOWED_HOSTS"]


def test_a_server_on_every_address_must_have_a_name():
    with pytest.raises(CannotStart, match=r"ALLOWED_HOSTS=\S+ make run"):
        public_name("0.0.0.0", {})


@pytest.mark.parametrize(
    ("host", "allowed", "page"),
    [
        ("127.0.0.1", ["localhost", "127.0.0.1"], "http://localhost:8000/mail/"),
        ("0.0.0.0", ["workshop.example.edu", "localhost"], "http://localhost:8000/mail/"),
        ("0.0.0.0", ["workshop.example.edu"], ""),
        ("192.168.1.20", ["192.168.1.20", "localhost"], ""),
    ],
)
def test_the_mail_is_shown_where_the_machine_answers_to_its_own_name(host, allowed, page):
    assert mail_page(host, 8000, allowed) == page
