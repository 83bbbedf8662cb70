"""XLSX: the first sheet that shows, read as it streams.

Read here and not by a library for office files: those hold whole tables of a workbook in memory,
and believe the size that a sheet says it has. Of each part only what a list of people needs is
kept; formulas aren't looked at, only the values they last showed.
"""

import posixpath
import zipfile

from apps.core.files.archives import read_part, unpacked
from apps.core.files.limits import Unreadable
from apps.core.files.xml import Elements
from apps.participants.roster.limits import WORKBOOK
from apps.participants.roster.sheets import Links, Sheet, SheetNames, Strings
from apps.participants.roster.table import Table


def read_workbook(data: bytes) -> Table:
    """Read the first visible sheet of a workbook. Raises `Unreadable`."""
    with unpacked(data, WORKBOOK) as archive:
        return _first_sheet(archive)


def _first_sheet(archive: zipfile.ZipFile) -> Table:
    main = _target(archive, "", "officeDocument") or "xl/workbook.xml"
    if main not in archive.namelist():
        raise Unreadable(WORKBOOK.unknown)
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
    read_part(archive, name, into, WORKBOOK)
