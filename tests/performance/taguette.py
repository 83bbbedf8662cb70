"""The same notes at Taguette, the tool for coding texts that such workshops use otherwise.

As published on PyPI, in an environment of its own under `var/`, with its own file for a database;
so it is no dependency of the project. Notes are its highlights, themes its tags.
"""

import json
import re
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path

VERSION = "1.5.2"
INSTALL_SECONDS, START_SECONDS = 300, 60
# Runs with Taguette's own Python: its models write its file.
FILL = """
import json, sys
from taguette import database
given = json.load(sys.stdin)
db = database.connect(f"sqlite:///{sys.argv[1]}")()
project = database.Project(name="Workshop", description="")
db.add(project)
db.flush()
db.add(database.ProjectMember(
    project=project, user_login="admin", privileges=database.Privileges.ADMIN))
for tag in list(project.tags):
    db.delete(tag)
text = "".join(f"<p>{each}</p>" for each in given["notes"])
document = database.Document(
    name="Notes", description="", filename="notes.html", project=project, contents=text,
    text_direction=database.TextDirection.LEFT_TO_RIGHT)
tags = [database.Tag(project=project, path=each, description="") for each in given["themes"]]
db.add_all([document, *tags])
place = 0
for each, themes in zip(given["notes"], given["filed"]):
    db.add(database.Highlight(
        document=document, start_offset=place, end_offset=place + len(each), snippet=each,
        tags=[tags[number] for number in themes]))
    place += len(each)
db.commit()
print(project.id)
"""


class NoPeer(Exception):
    """There is nothing to compare with here, and why."""


@contextmanager
def served(
    folder: Path, *, notes: list[str], themes: list[str], filed: list[list[int]], port: int
) -> Iterator["Peer"]:
    """Serve a project of `notes`, each `filed` under some of `themes`; raises `NoPeer`."""
    python = _installed(folder)
    database = folder / "taguette.sqlite3"
    database.unlink(missing_ok=True)
    server = subprocess.Popen(
        [
            python, "-m", "taguette.main", "--no-browser", "--port", str(port),
            "--database", str(database),
        ],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        address = _address(server)
        done = subprocess.run(
            [python, "-c", FILL, str(database)], check=False, capture_output=True, text=True,
            input=json.dumps({"notes": notes, "themes": themes, "filed": filed}), timeout=60,
        )  # fmt: skip
        if done.returncode:
            raise NoPeer(done.stderr[-500:])
        yield Peer(address, int(done.stdout))
    finally:
        server.terminate()
        server.wait(timeout=30)


class Peer:
    """A running Taguette, and what of it shows one theme: the page, and the notes it asks for."""

    def __init__(self, address: str, project: int) -> None:
        self._base = address.partition("?")[0].rstrip("/")
        self._project = project
        self._browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self._browser.open(address).read()

    def theme(self, title: str) -> bytes:
        """Ask for all that a visit to a tag asks the server for."""
        page = self._browser.open(f"{self._base}/project/{self._project}/highlights/{title}")
        rows = self._browser.open(f"{self._base}/api/project/{self._project}/highlights/{title}")
        return bytes(page.read() + rows.read())


def _installed(folder: Path) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    python = folder / "venv" / "bin" / "python"
    if (folder / "venv" / "bin" / "taguette").exists():
        return str(python)
    try:
        for command in (
            [sys.executable, "-m", "venv", str(folder / "venv")],
            [str(python), "-m", "pip", "install", "--quiet", f"taguette=={VERSION}"],
        ):
            subprocess.run(command, check=True, capture_output=True, timeout=INSTALL_SECONDS)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise NoPeer(f"Taguette can’t be installed: {error}") from error
    return str(python)


def _address(server: "subprocess.Popen[str]") -> str:
    deadline = threading.Timer(START_SECONDS, server.kill)
    deadline.start()
    assert server.stdout is not None
    try:
        for line in server.stdout:
            if found := re.search(r"http://\S+token=\S+", line):
                # What it says from now on would fill the pipe.
                threading.Thread(target=server.stdout.read, daemon=True).start()
                return found[0]
    finally:
        deadline.cancel()
    raise NoPeer("Taguette doesn’t start")
