"""Signs of life for a container's health check: `python -m config.health web|scheduler`.

Needs neither Django nor a shell. The worker answers Celery's own `inspect ping`.
"""

import os
import sys
import time
import urllib.request
from pathlib import Path

# The scheduler writes its state down every three minutes.
SILENCE_SECONDS = 400


def web() -> bool:
    """Say whether the web server answers and reaches its database."""
    # Under a name that the instance answers to; any will do.
    host = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".*") or "localhost"
    port = os.environ.get("PORT", "8000")
    request = urllib.request.Request(f"http://127.0.0.1:{port}/healthz", headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=4) as answer:  # noqa: S310 - our own process
            return bool(answer.status == 200)  # noqa: PLR2004
    except OSError:
        return False


def scheduler() -> bool:
    """Say whether the scheduler has written its state down lately."""
    folder = Path(os.environ.get("RAPPORTEUR_VAR", "var"))
    written = [path.stat().st_mtime for path in folder.glob("beat-schedule*")]
    return bool(written) and time.time() - max(written) < SILENCE_SECONDS


CHECKS = {"web": web, "scheduler": scheduler}

if __name__ == "__main__":
    sys.exit(0 if CHECKS[sys.argv[1]]() else 1)
