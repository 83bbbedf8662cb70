"""How connections come to the processes that serve them."""

import os
import pickle
import socket
import subprocess
import sys
from contextlib import ExitStack, closing

from django.conf import settings

from config.web import bound


def test_each_process_gets_its_share_of_the_connections():
    with ExitStack() as stack:
        passed_on = stack.enter_context(closing(bound(socket.AF_INET, ("127.0.0.1", 0))))
        own = [pickle.loads(pickle.dumps(passed_on)) for _ in range(2)]
        for each in own:
            stack.enter_context(closing(each))
            each.listen(100)
            each.setblocking(False)
        for _ in range(80):
            stack.enter_context(socket.create_connection(passed_on.getsockname()))
        taken = [0, 0]
        for place, each in enumerate(own):
            while _accepted(each, stack):
                taken[place] += 1
        assert sum(taken) == 80
        assert min(taken) > 12


def _accepted(listening, stack):
    try:
        stack.enter_context(listening.accept()[0])
    except BlockingIOError:
        return False
    return True


def test_an_address_that_is_taken_is_not_shared_with_whatever_is_there():
    with closing(bound(socket.AF_INET, ("127.0.0.1", 0))) as other:
        other.listen()
        port = str(other.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-m", "config.web", "--port", port],
            check=False, cwd=settings.BASE_DIR, env={**os.environ, "WEB_CONCURRENCY": "2"},
            capture_output=True, text=True, timeout=60,
        )  # fmt: skip
    assert done.returncode != 0
    assert "Address already in use" in done.stderr
