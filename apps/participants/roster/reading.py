"""Telling what a file is, and reading it."""

from apps.core.files.archives import ZIP
from apps.core.files.limits import BYTES, MEBIBYTE, Unreadable
from apps.participants.roster.delimited import read_delimited
from apps.participants.roster.limits import WORKBOOK
from apps.participants.roster.table import Table
from apps.participants.roster.workbook import read_workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The name of the stream that holds a workbook with a password.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
OTHERS = {b"%PDF": "a PDF", b"{\\rtf": "a text document", b"\x89PNG": "a picture"}

TOO_BIG = f"A list may have {BYTES // MEBIBYTE} MiB at most. Leave out what isn’t needed here."
OLD = "This is a workbook of an old kind (.xls). Save it as .xlsx, or as CSV."
NOTHING = "There is nobody in this list."


def read_file(data: bytes) -> Table:
    """Read a list of people from a file: delimited text in any usual encoding, or XLSX.

    What it is shows in its first bytes, not in its name. Raises `Unreadable`, with a sentence
    that says what to do; memory and time stay within bounds whatever `data` holds.
    """
    if len(data) > BYTES:
        raise Unreadable(TOO_BIG)
    if data.startswith(OLE):
        raise Unreadable(WORKBOOK.password if ENCRYPTED in data else OLD)
    for start, kind in OTHERS.items():
        if data.startswith(start):
            raise Unreadable(f"This is {kind}. Save the list as XLSX or CSV.")
    table = read_workbook(data) if data.startswith(ZIP) else read_delimited(data)
    if not any(table.rows):
        raise Unreadable(NOTHING)
    return table


def read_text(text: str) -> Table:
    """Read a list of people that was pasted, with whatever stands between its columns."""
    return read_file(text.encode("utf-8", "replace"))
