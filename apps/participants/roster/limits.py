"""How much a list of people may be, and what is said of one that can't be read."""

from apps.core.files.limits import Words

PEOPLE = 2_000
COLUMNS = 60
# Of one cell; what is longer is cut off, and refused where it is used.
CELL = 500
# Of all cells together, and of the lines of a file, blank ones too.
TEXT = 2_000_000
LINES = 20_000

TOO_MANY = f"A list holds at most {PEOPLE:,} people. Split this one into several."
TOO_MUCH_TEXT = (
    f"This holds more than {TEXT:,} characters in all, which is more than a list of people. "
    "Leave out the columns that aren’t needed here."
)

WORKBOOK = Words(
    damaged=(
        "This workbook is damaged. Open it once more, save it under another name, and try that."
    ),
    doctype="This workbook holds what no workbook needs (a document type), and isn’t read.",
    too_much=(
        "This workbook holds much more than a list of people. Copy the list into a new workbook, "
        "or save its sheet as CSV."
    ),
    password="This workbook has a password. Save it without one, or as CSV.",  # noqa: S106
    unknown=(
        "This is a packed file, but no workbook that can be read here. Save the list as XLSX or "
        "CSV."
    ),
)
