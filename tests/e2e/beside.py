"""Management commands beside the program, one after another in one process: none waits for a start.

Reads a JSON list of arguments a line, and answers each with what was printed, as JSON in a line.
A command that fails ends it.
"""

import json
import os
import sys
from contextlib import redirect_stdout
from io import StringIO

import django
from django.core.management import call_command
from django.db import connection, connections


def main() -> None:
    """Run what is asked for until nobody asks any more."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    django.setup()
    for line in sys.stdin:
        printed = StringIO()
        with redirect_stdout(printed):
            call_command(*json.loads(line), stdout=printed)
        # The program may end its database, and start it anew.
        connections.close_all()
        connection.close_pool()
        sys.stdout.write(json.dumps(printed.getvalue()) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
