"""Reads files, each in a process that may take only so much memory more, and says how it went.

The first argument says which reader reads them: the module that has it.
"""

import json
import os
import resource
import sys
import time
from importlib import import_module
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.base"
django.setup()

from apps.core.files.limits import Unreadable  # noqa: E402

read_file = import_module(sys.argv[1]).read_file

# What may be taken for reading, beside the file itself.
MORE = 96 * 1024 * 1024


def in_use(what: str) -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(what):
            return int(line.split()[1]) * 1024
    raise LookupError(what)


def read(path: str) -> None:
    data = Path(path).read_bytes()
    before = in_use("VmRSS")
    limit = in_use("VmSize") + MORE
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    begun = time.perf_counter()
    said = ""
    try:
        read_file(data)
    except Unreadable as refusal:
        said = str(refusal)
    except BaseException as error:  # noqa: BLE001 - whatever it is, the test says so
        said = f"failed: {error!r}"
    spent = time.perf_counter() - begun
    peak = max(in_use("VmHWM") - before, 0)
    told = {"path": path, "said": said, "seconds": spent, "peak": peak}
    sys.stdout.write(f"{json.dumps(told)}\n")
    sys.stdout.flush()


for path in sys.argv[2:]:
    child = os.fork()
    if child == 0:
        read(path)
        os._exit(0)
    os.waitpid(child, 0)
