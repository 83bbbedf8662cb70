"""Packed files from strangers: looked at as a whole before any part is unpacked."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from apps.core.files.limits import MEBIBYTE, RATIO, UNPACKED, Unreadable, Words
from apps.core.files.xml import Elements, stream

ZIP = b"PK\x03\x04"
# What stands before each name in a zip file's table of contents; an office file has few.
ENTRY, MOST_ENTRIES = b"PK\x01\x02", 2_000
# Small files may be packed as tightly as they like.
SMALL = MEBIBYTE
# What the readers of zip files and of XML raise when they make nothing of it.
BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, ValueError,
    LookupError, OverflowError,
)  # fmt: skip
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


@contextmanager
def unpacked(data: bytes, words: Words) -> Iterator[zipfile.ZipFile]:
    """Open a zip file for the block. Raises `Unreadable`, also for what the block can't read.

    What would unpack to too much is refused: no part of a zip file gives more than it says.
    """
    if data.count(ENTRY) > MOST_ENTRIES:
        raise Unreadable(words.too_much)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive, len(data), words)
            yield archive
    except BROKEN as error:
        raise Unreadable(words.damaged) from error


def read_part(archive: zipfile.ZipFile, name: str, into: Elements, words: Words) -> None:
    """Read a part that is XML, and tell `into` of it. Raises `Unreadable`."""
    try:
        source = archive.open(name)
    except KeyError as error:
        raise Unreadable(words.damaged) from error
    with source:
        stream(source, into, words)


def _check(archive: zipfile.ZipFile, size: int, words: Words) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable(words.password)
    if any(part.compress_type not in METHODS for part in parts):
        raise Unreadable(words.unknown)
    whole = sum(part.file_size for part in parts)
    if whole > UNPACKED or (whole > SMALL and whole > RATIO * size):
        raise Unreadable(words.too_much)
