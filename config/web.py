"""`python -m config.web`: the web server, in as many processes as `WEB_CONCURRENCY` says.

Processes that accept from one socket leave the work to whichever of them is awake, and what it
accepted stays with it: of two, one may serve the whole room. Here each has a socket of its own at
the same address, over which the kernel spreads the connections.
"""

import argparse
import socket
from collections.abc import Callable, Sequence
from typing import Any

import uvicorn
from uvicorn.supervisors import Multiprocess

APPLICATION = "config.asgi:application"
# Open event streams would hold up a graceful end for good.
GRACE_SECONDS = 3
# One that is slow to answer isn't dead.
PATIENCE_SECONDS = 30


class OwnSocket(socket.socket):
    """Bound to an address; whichever process it is passed on to gets another, bound to the same."""

    def __reduce__(self) -> tuple[Callable[..., "OwnSocket"], tuple[int, Any]]:
        return bound, (int(self.family), self.getsockname())


def bound(family: int, address: Any) -> OwnSocket:
    """Return a socket at `address` that shares it with the others of this program."""
    shared = OwnSocket(family, socket.SOCK_STREAM)
    shared.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    shared.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    shared.bind(address)
    return shared


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(prog="python -m config.web", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--reload", action="store_true", help="start again when a file changes")
    options = parser.parse_args(arguments)
    settings: dict[str, Any] = {
        "host": options.host,
        "port": options.port,
        "reload": options.reload,
        # An access log would hold join codes and sign-in links, and who wrote when.
        "access_log": False,
        "server_header": False,
        "timeout_graceful_shutdown": GRACE_SECONDS,
        "timeout_worker_healthcheck": PATIENCE_SECONDS,
    }
    config = uvicorn.Config(APPLICATION, **settings)
    if options.reload or config.workers == 1:
        uvicorn.run(APPLICATION, **settings)
        return
    # Says so, and ends, where something else is at that address already.
    with config.bind_socket() as probe:
        family, address = int(probe.family), probe.getsockname()
    Multiprocess(config, sockets=[bound(family, address)]).run()


if __name__ == "__main__":
    main()
