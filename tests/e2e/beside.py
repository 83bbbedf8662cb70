"""Management commands beside the program, one after another in one process: none waits for a start.

Reads a JSON list of arguments a line, and answers each with a line `[printed, error]`.
"""

import json
import os
import sys
import traceback
from contextlib import redirect_stdout
from io import StringIO

import django
from django.core.management import call_command
from django.db import connections


def main() -> None:
    """Run what is asked for until nobody asks any more."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    django.setup()
    for line in sys.stdin:
        printed, error = StringIO(), ""
        try:
            with redirect_stdout(printed):
                call_command(*json.loads(line), stdout=printed)
        except Exception:
            error = traceback.format_exc()
        # The program may end its database, and start it anew.
        connections.close_all()
        print(json.dumps([printed.getvalue(), error]), flush=True)


if __name__ == "__main__":
    main()
