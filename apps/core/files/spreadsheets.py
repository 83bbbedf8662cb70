"""Tables for spreadsheets, in which nothing is a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

# With one of these at its beginning a spreadsheet takes a cell for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table_of(rows: Iterable[Sequence[str]]) -> str:
    """Return `rows` as CSV, as spreadsheets read it; what looks like a formula shows as it is."""
    out = io.StringIO(newline="")
    write = csv.writer(out).writerow
    for row in rows:
        write([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in row])
    # With a mark at its beginning, without which spreadsheets take UTF-8 for something else.
    return f"\ufeff{out.getvalue()}"
