"""An Etherpad with all its history (.etherpad): the text as it stands now, and nothing of who
wrote which part of it.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from apps.core.files.limits import Unreadable
from apps.notes.importing.blocks import Block, Blocks, Document, Format, depth_within, plain
from apps.notes.importing.cursor import members, value_within
from apps.notes.importing.limits import LINES, LONG_LINE, LONGEST_LINE, POOL, TEXT
from apps.notes.importing.lines import Depths, without_point

PAD = re.compile(r"pad:[^:]+")
# With no more attributes than any text has at one place.
OPERATION = re.compile(r"((?:\*[0-9a-z]{1,6}){0,200})(?:\|[0-9a-z]{1,6})?[=+]([0-9a-z]{1,6})")
LIST = re.compile(r"(?:bullet|number|indent)([0-9]{1,2})")
NO_PAD = "This JSON is neither an Etherpad nor an export of notes from here."
Pool = Mapping[str, Any]


def read_etherpad(text: str) -> Document:
    """Read an export of Etherpad. Raises `Unreadable`."""
    for key, start, _ in members(text):
        if PAD.fullmatch(key):
            return _read_pad(text, start)
    raise Unreadable(NO_PAD)


def _read_pad(text: str, start: int) -> Document:
    atext: Any = {}
    pool: Any = {}
    for key, begin, end in members(text, start):
        if key == "atext":
            # Twelve signs for a character, at the most.
            atext = value_within(text, begin, end, 6 * TEXT)
        elif key == "pool":
            pool = value_within(text, begin, end, POOL)
    if not isinstance(atext, dict) or not isinstance(atext.get("text"), str):
        raise Unreadable(NO_PAD)
    attributes = pool.get("numToAttrib") if isinstance(pool, dict) else {}
    marks = atext.get("attribs")
    lines = atext["text"].split("\n")
    if len(lines) > LINES:
        raise Unreadable(f"This has more than {LINES:,} lines. Split it into several.")
    about = _about_lines(lines, marks if isinstance(marks, str) else "", attributes)
    return Document(Format.ETHERPAD, _blocks(lines, about).blocks)


def _about_lines(lines: list[str], marks: str, pool: Any) -> list[dict[str, str]]:
    """Return what is said of the first character of each line: what makes it a point or heading."""
    if not isinstance(pool, dict):
        return [{} for _ in lines]
    found: list[dict[str, str]] = []
    operations = _operations(marks)
    upto, said, place = 0, "", 0
    for line in lines:
        while upto <= place and (operation := next(operations, None)):
            upto += int(operation[2], 36)
            said = operation[1]
        found.append(_attributes(said, pool) if upto > place and line.startswith("*") else {})
        place += len(line) + 1
    return found


def _operations(marks: str) -> Iterator[re.Match[str]]:
    """Yield what the marks of a text consist of, up to the first that isn't one."""
    place = 0
    while found := OPERATION.match(marks, place):
        yield found
        place = found.end()


def _attributes(said: str, pool: Pool) -> dict[str, str]:
    about = {}
    for number in said.split("*")[1:]:
        match pool.get(str(int(number, 36))):
            case [str(name), str(value), *_]:
                about[name] = value
            case [str(name)]:
                about[name] = ""
    return about


def _blocks(lines: list[str], about: list[dict[str, str]]) -> Blocks:
    blocks, depths = Blocks(), Depths()
    for number, (line, says) in enumerate(zip(lines, about, strict=True), start=1):
        if len(line) > LONGEST_LINE:
            raise Unreadable(f"Line {number:,} {LONG_LINE}")
        heading = re.fullmatch(r"h([1-6])", says.get("heading", ""))
        point = LIST.fullmatch(says.get("list", ""))
        marked = line[1:] if "lmkr" in says or heading or point else line
        if heading:
            blocks.add(Block(number, plain(marked), heading=int(heading[1])))
        elif point:
            depth = depth_within(max(int(point[1]) - 1, 0))
            blocks.add(Block(number, plain(marked), depth=depth))
        elif (words := without_point(marked.lstrip())) is not None:
            indent = len(marked) - len(marked.lstrip())
            blocks.add(Block(number, plain(words), depth=depths.of(indent)))
        else:
            depths.leave()
            blocks.add(Block(number, plain(marked)))
    return blocks
