"""Tables of notes: CSV and what spreadsheets copy."""

from apps.core.files.delimited import Delimited, Shape
from apps.core.files.limits import Unreadable
from apps.core.files.text import Text
from apps.notes.importing.blocks import Block, Blocks, Document, Format, plain
from apps.notes.importing.limits import COLUMNS, LINES, LONGEST_LINE, TOO_MANY

SHAPE = Shape(
    of="notes",
    columns=COLUMNS,
    lines=LINES,
    too_many=TOO_MANY,
    longest_line=LONGEST_LINE,
    most_lines_of_row=1_000,
)
# Before what a spreadsheet would take for a formula, its exports put an apostrophe.
FORMULA = ("'=", "'+", "'-", "'@")
LONGEST_CELL = 40_000


def read_table(text: Text) -> Document:
    """Read delimited text. Raises `Unreadable`."""
    delimited = Delimited(text, SHAPE)
    blocks = Blocks()
    for line, given in delimited:
        cells = [_cell(cell) for cell in given]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > COLUMNS:
            raise Unreadable(
                f"Line {line:,} has {len(cells):,} columns; a table of notes has at most "
                f"{COLUMNS}. Leave out those that aren’t needed here."
            )
        blocks.add(Block(line, cells=cells))
    remarks = list(text.remarks)
    if any(len(block.cells) > 1 for block in blocks.blocks):
        remarks.append(delimited.remark)
    return Document(Format.TABLE, blocks.blocks, remarks)


def _cell(text: str) -> str:
    cell = plain(text[:LONGEST_CELL].replace("\r\n", "\n").replace("\r", "\n"))
    return cell[1:] if cell.startswith(FORMULA) else cell
