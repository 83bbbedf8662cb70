"""How much an import may be. Asked before anything is unpacked or kept."""

from apps.core.files.limits import MEBIBYTE, Words

# As many notes as a workshop has, with room for headings.
BLOCKS = 6_000
# Of all of it together, of the lines of a file, blank ones too, and of one of them.
TEXT = 2_000_000
LINES = 60_000
LONGEST_LINE = 200_000
# What stands before colons, and headings: each is decided by hand.
LABELS, HEADINGS = 150, 300
COLUMNS = 30
# How deep points may stand under points; deeper ones stand as deep as this.
DEEPEST = 8
# Of a page of markup and of what is looked at of an Etherpad, whose history may be long.
MARKUP = 4 * MEBIBYTE
POOL = MEBIBYTE
# How many files a packed set of notes may hold.
FILES = 50

TOO_MANY = f"An import holds at most {BLOCKS:,} notes and headings. Split it into several."
TOO_MUCH_TEXT = f"This holds more than {TEXT:,} characters in all. Split it into several."
LONG_LINE = (
    f"is longer than {LONGEST_LINE:,} characters: this doesn’t look like notes. Are these "
    "the right file and kind?"
)
PACKED = Words(
    damaged="This file is damaged. Open it once more, save it under another name, and try that.",
    doctype="This document holds what no document needs (a document type), and isn’t read.",
    too_much=(
        "This file holds much more than notes. Copy the notes into a new document, or paste them "
        "here."
    ),
    password="This file has a password. Save it without one.",  # noqa: S106
    unknown=(
        "This is a packed file, but neither a Word document nor an export of HedgeDoc. Save the "
        "notes as DOCX, or paste them here."
    ),
)
