"""The program as `make run` starts it, in an empty folder."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from typing import Any, Self

import psutil

ROOT = Path(__file__).parents[3]
OURS = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "CELERY_BROKER_URL"}


class Program:
    """Launcher, web processes, worker, scheduler and database, on a port of their own."""

    def __init__(self, var_dir: Path, processes: int) -> None:
        self._var_dir = var_dir
        self._environment = {k: v for k, v in os.environ.items() if k not in OURS} | {
            "RAPPORTEUR_VAR": str(var_dir),
            "WEB_CONCURRENCY": str(processes),
            "PYTHONUNBUFFERED": "1",
        }
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "config.launcher", "--port", str(self.port)]
        self._launcher = subprocess.Popen(
            command, cwd=ROOT, env=self._environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        assert self._launcher.stdout is not None
        deadline = threading.Timer(400, self._launcher.kill)
        deadline.start()
        printed = ""
        for line in self._launcher.stdout:
            printed += line
            if "Stop: Ctrl+C" in line:
                break
        else:
            raise RuntimeError(printed)
        deadline.cancel()
        return self

    def __exit__(self, *_: object) -> None:
        self._launcher.send_signal(signal.SIGINT)
        self._launcher.communicate(timeout=60)

    def run(self, code: str) -> Any:
        """Run Python beside the program, with its settings; returns the JSON that it prints."""
        command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
        done = subprocess.run(
            command, cwd=ROOT, env=self._environment, check=True, capture_output=True, text=True
        )
        return json.loads(done.stdout)

    def memory(self) -> int:
        """Return what all web processes hold of their own, in bytes."""
        return sum(int(web.memory_full_info().uss) for web in self._webs())

    def processor(self) -> float:
        """Return how many seconds of a processor the web processes have used."""
        times = [web.cpu_times() for web in self._webs()]
        return sum(each.user + each.system for each in times)

    def _webs(self) -> list[psutil.Process]:
        record = json.loads((self._var_dir / "run.json").read_text())["children"]["web"]
        web = psutil.Process(record["pid"])
        return [web, *web.children(recursive=True)]
