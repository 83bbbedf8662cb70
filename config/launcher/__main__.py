"""`make run`: the whole program on one machine, with no server installed.

Starts the embedded PostgreSQL unless `DATABASE_URL` names another, migrates, loads the example
workshop into an empty database, and runs web server, Celery worker and scheduler until Ctrl+C.
"""

import argparse
import os
import signal
import sys
import time
import urllib.request
from collections.abc import Sequence
from types import FrameType

from config.launcher.instance import (
    CannotStart,
    Instance,
    check_port,
    mail_page,
    port_number,
    public_name,
    reachable,
)
from config.launcher.supervisor import GaveUp, Supervisor, tail

STARTING_SECONDS = 120


class Stopped(Exception):
    """Somebody asked the program to end."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program until it is stopped; returns the exit code."""
    parser = argparse.ArgumentParser(prog="make run", description=__doc__)
    parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
    parser.add_argument("--port", default=os.environ.get("PORT", "8000"))
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    for wanted in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(wanted, _stop)
    try:
        return _run(options.host, port_number(options.port))
    except (CannotStart, GaveUp) as reason:
        print(f"\n{reason}", file=sys.stderr)
        return 1
    except Stopped:
        return 0


def _run(host: str, port: int) -> int:
    from config.settings.base import VAR_DIR

    instance = Instance(VAR_DIR)
    for stopped in instance.claim():
        print(f"Stopped what an earlier run left behind: {stopped}.")
    check_port(host, port)
    name = public_name(host, os.environ)
    address = f"http://{name}:{port}"
    instance.write(address, {})
    print("Starting Rapporteur…", flush=True)

    import django
    from django.conf import settings

    django.setup()
    from config.launcher.greeting import greeting, prepare

    prepare()
    supervisor = Supervisor(
        _commands(host, port, debug=settings.DEBUG),
        environment={"DATABASE_URL": settings.DATABASE_URL},
        logs=VAR_DIR / "log",
        inherit=instance.lock,
    )
    try:
        supervisor.start()
        instance.write(address, supervisor.pids)
        _wait_for(f"http://{reachable(host)}:{port}", name, supervisor)
        instance.write(address, supervisor.pids)
        mail = mail_page(host, port, settings.ALLOWED_HOSTS) or str(VAR_DIR / "mail")
        print(greeting(address, logs=VAR_DIR / "log", mail=mail), flush=True)
        while True:
            time.sleep(1)
            for name in supervisor.tend():
                print(f"The {name} process ended and was started again.", flush=True)
                instance.write(address, supervisor.pids)
    finally:
        for wanted in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(wanted, signal.SIG_IGN)
        print("\nStopping…", flush=True)
        supervisor.stop()
        instance.release()


def _commands(host: str, port: int, *, debug: bool) -> dict[str, list[str]]:
    from config.settings.base import VAR_DIR

    python = [sys.executable, "-m"]
    web = [*python, "config.web", "--host", host, "--port", str(port)]
    celery = [*python, "celery", "--app", "config.celery", "--quiet"]
    return {
        "web": [*web, "--reload"] if debug else web,
        # Threads do on one machine: the heavy work is in child processes of their own.
        "worker": [*celery, "worker", "--pool", "threads", "--concurrency", "2"],
        "scheduler": [*celery, "beat", "--schedule", str(VAR_DIR / "beat-schedule")],
    }


def _wait_for(address: str, name: str, supervisor: Supervisor) -> None:
    request = urllib.request.Request(f"{address}/healthz", headers={"Host": name})
    deadline = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < deadline:
        supervisor.tend()
        try:
            with urllib.request.urlopen(request, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    log = supervisor.children[0].log
    message = f"The web server doesn't answer. The end of {log}:\n{tail(log)}"
    raise CannotStart(message)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stopped


if __name__ == "__main__":
    sys.exit(main())
