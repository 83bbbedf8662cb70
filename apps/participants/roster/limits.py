"""How much a list of people may be. Asked before anything is unpacked or kept."""

from apps.core.exceptions import RuleViolation

MEBIBYTE = 1024 * 1024
# Of a file as it comes, of all that a workbook unpacks to, and of one to the other.
BYTES = 20 * MEBIBYTE
UNPACKED = 100 * MEBIBYTE
RATIO = 100

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


class Unreadable(RuleViolation):
    """A list that can't be read; the sentence says where, and what to do."""
