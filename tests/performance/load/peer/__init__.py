"""The same room at Etherpad, the collaborative editor that such rooms use otherwise.

As published on npm, in a folder of its own under `var/`, with its own file for a database; so it
is no dependency of the project.
"""

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.performance.load.measuring import Measured

HERE = Path(__file__).parent
INSTALL_SECONDS, START_SECONDS = 600, 90
NPM = ["npm", "install", "--ignore-scripts", "--omit=dev", "--omit=optional", "--no-audit"]


class NoPeer(Exception):
    """There is nothing to compare with here, and why."""


def fill_room_at_peer(folder: Path, people: int, seconds: float, takers: int = 3) -> Measured:
    """Fill a room at Etherpad, installed in `folder`; raises `NoPeer` where it can't be had."""
    if shutil.which("npm") is None:
        raise NoPeer("npm isn’t installed")
    _install(folder)
    with _served(folder) as address:
        room = [str(folder / "room.js"), address, str(people), str(takers), str(int(seconds))]
        done = subprocess.run(
            ["node", *room], cwd=folder, check=False, capture_output=True, text=True,
            timeout=seconds + 300,
        )  # fmt: skip
    if done.returncode:
        raise NoPeer(done.stderr[-500:])
    told = json.loads(done.stdout)
    return Measured(
        people,
        acknowledged=[each / 1000 for each in told["acknowledged"]],
        heard=[each / 1000 for each in told["heard"]],
        errors=told["errors"],
    )


def _install(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "room.js"):
        shutil.copy(HERE / name, folder)
    if (folder / "etherpad" / "src").exists():
        return
    try:
        subprocess.run(
            NPM, cwd=folder, check=True, capture_output=True, text=True, timeout=INSTALL_SECONDS
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise NoPeer(f"Etherpad can’t be installed: {error}") from error
    # It starts only from a folder `src`, with its packages beside that.
    (folder / "etherpad").mkdir()
    (folder / "node_modules" / "ep_etherpad-lite").rename(folder / "etherpad" / "src")
    (folder / "node_modules" / "ep_etherpad-lite").symlink_to("../etherpad/src")
    (folder / "etherpad" / "node_modules").symlink_to("../node_modules")


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    database = folder / "pads.db"
    database.unlink(missing_ok=True)
    settings = {
        "ip": "127.0.0.1",
        "port": port,
        "dbType": "dirty",
        "dbSettings": {"filename": str(database)},
        "loglevel": "ERROR",
        "defaultPadText": "\n",
        # It slows down who writes much, and counts all of one machine as one.
        "commitRateLimiting": {"duration": 1, "points": 100_000},
        "loadTest": True,
        "socketTransportProtocols": ["websocket"],
    }
    (folder / "settings.json").write_text(json.dumps(settings))
    command = ["node", "src/node/server.js", "--settings", str(folder / "settings.json")]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            command, cwd=folder / "etherpad", stdout=log, stderr=log,
            env={**os.environ, "NODE_ENV": "production"},
        )  # fmt: skip
    try:
        _wait_for(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise NoPeer("Etherpad doesn’t start; see server.log in its folder")
