"""XLSX: the first sheet that shows, read as it streams.

Read here and not by a library for office files: those hold whole tables of a workbook in memory,
and believe the size that a sheet says it has. Of each part only what a list of people needs is
kept; formulas aren't looked at, only the values they last showed.
"""

import io
import posixpath
import struct
import zipfile
import zlib

from apps.participants.roster.limits import MEBIBYTE, RATIO, UNPACKED, Unreadable
from apps.participants.roster.sheets import Links, Sheet, SheetNames, Strings
from apps.participants.roster.table import Table
from apps.participants.roster.xml import DAMAGED, TOO_MUCH, Elements, stream

# What stands before each name in a zip file's table of contents; a workbook has few.
ENTRY, MOST_ENTRIES = b"PK\x01\x02", 2_000
# Small files may be packed as tightly as they like.
SMALL = MEBIBYTE
# What the readers of zip files and of XML raise when they make nothing of it.
BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, ValueError,
    LookupError, OverflowError,
)  # fmt: skip
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}

NO_WORKBOOK = (
    "This is a packed file, but no workbook that can be read here. Save the list as XLSX or CSV."
)
PASSWORD = "This workbook has a password. Save it without one, or as CSV."  # noqa: S105


def read_workbook(data: bytes) -> Table:
    """Read the first visible sheet of a workbook. Raises `Unreadable`."""
    if data.count(ENTRY) > MOST_ENTRIES:
        raise Unreadable(TOO_MUCH)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive, len(data))
            return _first_sheet(archive)
    except BROKEN as error:
        raise Unreadable(DAMAGED) from error


def _check(archive: zipfile.ZipFile, size: int) -> None:
    """Refuse what would unpack to too much: no part of a zip file gives more than it says."""
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable(PASSWORD)
    if any(part.compress_type not in METHODS for part in parts):
        raise Unreadable(NO_WORKBOOK)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > UNPACKED or (unpacked > SMALL and unpacked > RATIO * size):
        raise Unreadable(TOO_MUCH)


def _first_sheet(archive: zipfile.ZipFile) -> Table:
    main = _target(archive, "", "officeDocument") or "xl/workbook.xml"
    if main not in archive.namelist():
        raise Unreadable(NO_WORKBOOK)
    names = SheetNames()
    _read(archive, main, names)
    links = _links(archive, main)
    read = next((each for each in names.visible if each[1] in links.sheets), None)
    if read is None:
        raise Unreadable("This workbook has no sheet that shows. Save the list as XLSX or CSV.")
    name, link = read
    sheet = Sheet()
    _read(archive, _path(main, links.sheets[link]), sheet)
    strings = Strings(sheet.wanted)
    if sheet.wanted and links.strings:
        _read(archive, _path(main, links.strings), strings)
    remarks = []
    if len(names.visible) > 1:
        remarks.append(f"The workbook has {len(names.visible)} sheets. Read was “{name[:60]}”.")
    return Table(sheet.rows(strings.found), remarks)


def _links(archive: zipfile.ZipFile, part: str) -> Links:
    folder, name = posixpath.split(part)
    links = Links()
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path in archive.namelist():
        _read(archive, path, links)
    return links


def _target(archive: zipfile.ZipFile, part: str, kind: str) -> str:
    found = _links(archive, part).by_kind.get(kind, "")
    return _path(part, found) if found else ""


def _path(part: str, target: str) -> str:
    """Return the name of the part that `part` calls `target`."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")


def _read(archive: zipfile.ZipFile, name: str, into: Elements) -> None:
    try:
        source = archive.open(name)
    except KeyError as error:
        raise Unreadable(DAMAGED) from error
    with source:
        stream(source, into)
