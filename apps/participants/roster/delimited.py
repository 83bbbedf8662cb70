"""Lists of people in delimited text."""

from apps.core.files.delimited import Delimited, Shape
from apps.core.files.text import TextReader
from apps.participants.roster.limits import COLUMNS, LINES, TOO_MANY
from apps.participants.roster.table import Rows, Table

SHAPE = Shape(of="people", columns=COLUMNS, lines=LINES, too_many=TOO_MANY)
READER = TextReader("Save it as “CSV UTF-8”, or as XLSX.")


def read_delimited(data: bytes) -> Table:
    """Read delimited text. Raises `Unreadable`."""
    text = READER.read(data)
    delimited = Delimited(text, SHAPE)
    rows = Rows()
    for line, cells in delimited:
        rows.add(line, cells)
    remarks = list(text.remarks)
    if any(len(row) > 1 for row in rows.rows):
        remarks.append(delimited.remark)
    return Table(rows.rows, remarks)
