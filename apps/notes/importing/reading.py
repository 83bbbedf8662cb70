"""Telling what a file is, and reading it."""

import zipfile

from apps.core.files.archives import ZIP, unpacked
from apps.core.files.limits import BYTES, MEBIBYTE, Unreadable
from apps.core.files.text import Text
from apps.notes.importing import word
from apps.notes.importing.blocks import Block, Blocks, Document, Format
from apps.notes.importing.etherpad import NO_PAD, read_etherpad
from apps.notes.importing.limits import FILES, PACKED, TEXT
from apps.notes.importing.lines import READER
from apps.notes.importing.markdown import HEADING, read_markdown
from apps.notes.importing.markup import is_markup, read_markup
from apps.notes.importing.own import is_own, read_own
from apps.notes.importing.plain import read_plain
from apps.notes.importing.table import read_table

OTHERS = {
    b"%PDF": "a PDF. Copy its text and paste it here",
    b"{\\rtf": "a text in RTF. Save it as DOCX",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "a document of an old kind (.doc). Save it as DOCX",
}
TOO_BIG = f"A file may have {BYTES // MEBIBYTE} MiB at most. Leave out what isn’t needed here."
NOTHING = "There is nothing to read in this."
# The beginning of a text, which tells what it is.
START, START_LINES = 2_000, 400
ENDINGS = {
    "csv": Format.TABLE, "tsv": Format.TABLE, "tab": Format.TABLE,
    "md": Format.MARKDOWN, "markdown": Format.MARKDOWN, "mdown": Format.MARKDOWN,
}  # fmt: skip


def read_file(data: bytes, name: str = "", kind: Format | None = None) -> Document:
    """Read notes from a file, of the kind that was said or that it shows in its first bytes.

    The ending of its `name` only tells what bytes can't. Raises `Unreadable`, with a sentence that
    says what to do; memory and time stay within bounds whatever `data` holds.
    """
    if len(data) > BYTES:
        raise Unreadable(TOO_BIG)
    for start, what in OTHERS.items():
        if data.startswith(start):
            raise Unreadable(f"This is {what}.")
    document = _packed(data) if data.startswith(ZIP) else _text(data, name, kind)
    if not document.blocks:
        raise Unreadable(NOTHING)
    return document


def read_text(text: str, kind: Format | None = None) -> Document:
    """Read notes that were pasted."""
    return read_file(text.encode("utf-8", "replace"), kind=kind)


def _text(data: bytes, name: str, kind: Format | None) -> Document:
    text = READER.read(data)
    opening = _opening(text)
    if opening.lstrip().startswith("{"):
        whole = text.data.decode(text.encoding)
        if is_own(whole.lstrip()):
            return read_own(whole)
        if '"pad:' in whole:
            return read_etherpad(whole)
        if name.lower().endswith((".json", ".etherpad")):
            raise Unreadable(NO_PAD)
    if is_markup(opening):
        return read_markup(text)
    kind = kind or ENDINGS.get(name.rpartition(".")[2].lower()) or _guessed(opening)
    if kind == Format.TABLE:
        return read_table(text)
    return read_plain(text) if kind == Format.TEXT else read_markdown(text)


def _opening(text: Text) -> str:
    """Return the first lines, of each no more than tells what it is."""
    found: list[str] = []
    for line in text.lines(START):
        found.append(line)
        if len(found) == START_LINES:
            break
    return "".join(found)


def _guessed(opening: str) -> Format:
    heading = any(HEADING.match(line.strip()) for line in opening.splitlines() if line[:1] == "#")
    return Format.MARKDOWN if heading else Format.TEXT


def _packed(data: bytes) -> Document:
    with unpacked(data, PACKED) as archive:
        if word.MAIN in archive.namelist():
            return word.read_word(archive)
        return _notes_in(archive)


def _notes_in(archive: zipfile.ZipFile) -> Document:
    """Read the notes that HedgeDoc packs: each a file of Markdown, one after the other."""
    parts = [
        part
        for part in sorted(archive.infolist(), key=lambda part: part.filename)
        if part.filename.lower().endswith((".md", ".txt"))
    ]
    if not parts:
        raise Unreadable(PACKED.unknown)
    if len(parts) > FILES or sum(part.file_size for part in parts) > 4 * TEXT:
        raise Unreadable(PACKED.too_much)
    blocks, remarks, lines = Blocks(), [], 0
    for part in parts:
        read = read_markdown(READER.read(archive.read(part)), Format.HEDGEDOC)
        remarks += read.remarks
        if read.blocks and not read.blocks[0].heading:
            title = part.filename.rpartition("/")[2].rpartition(".")[0]
            blocks.add(Block(lines, title[:200], heading=1))
        for block in read.blocks:
            blocks.add(_moved(block, lines))
        lines = blocks.blocks[-1].line + 1 if blocks.blocks else 0
    return Document(Format.HEDGEDOC, blocks.blocks, sorted(set(remarks)), wrapped=True)


def _moved(block: Block, by: int) -> Block:
    return Block(block.line + by, block.text, block.heading, block.depth, block.joins,
                 says=block.says)  # fmt: skip
