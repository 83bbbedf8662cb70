"""The sheet for the tables: how one joins, on a page of A4."""

from typing import TypedDict

from apps.core import typesetting

SHEET = typesetting.Kind("sheet", "apps.participants.sheet.arrange")
SECONDS = 20


class SheetContent(TypedDict):
    """What a sheet says; every text is ready to be printed."""

    # Of its own words, which are the next five.
    language: str
    join: str
    # What the QR code leads to, for those who don't see it.
    alt: str
    scan: str
    type: str
    need: str
    title: str
    facts: str
    # As it is shown, and as it is typed.
    code: str
    address: str
    # Of the QR code: a string of "1" and "0" for each row.
    modules: list[str]
    lines: list[list[str]]
    # The day that the file bears, as ISO has it: the same sheet is the same file.
    day: str


def typeset(content: SheetContent) -> bytes:
    """Return the PDF of a sheet: the same bytes for the same content.

    Raises `core.typesetting.TypesettingFailed`.
    """
    return typesetting.typeset(SHEET, content, timeout=SECONDS)
