"""The files that Polis exports: `comments.csv`, and `votes.csv` or `participants-votes.csv`.

In exported files 1 agrees, -1 disagrees and 0 is unsure. `votes.csv` is the whole history, of which
the latest vote of a person on a statement stands; that gives the matrix of
`participants-votes.csv`. The counts in `comments.csv` are often older than the votes, so they are
left aside.
"""

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from apps.core.files.archives import unpacked
from apps.core.files.limits import Unreadable, Words

MOST_STATEMENTS, MOST_VOTES = 5_000, 2_000_000
REJECTED = "-1"
VOTES = {"1": 1, "0": 0, "-1": -1}
WORDS = Words(
    damaged="This file is damaged, or no zip file. Export the conversation again.",
    doctype="This file holds more than tables. Export the conversation again.",
    too_much="This unpacks to more than fits. An administrator can load it with import_polis.",
    password="This file is locked with a password. Take the password off first.",  # noqa: S106
    unknown="This file is packed in a way that can’t be read. Pack it as an ordinary zip file.",
)
NO_COMMENTS = "There is no comments.csv in it, which says what was voted on."
NO_VOTES = "There is neither votes.csv nor participants-votes.csv in it."


@dataclass(frozen=True)
class Comment:
    """A statement of the conversation."""

    number: str
    text: str
    rejected: bool


@dataclass
class Conversation:
    """Statements, and the last vote of each person on each: `votes[statement][person]`."""

    comments: list[Comment]
    votes: dict[str, dict[str, int]] = field(default_factory=dict)

    @property
    def vote_count(self) -> int:
        """How many votes there are, the last of each person on each statement."""
        return sum(map(len, self.votes.values()))

    @property
    def people(self) -> set[str]:
        """Who voted, by the numbers that Polis gave them."""
        return {person for by_person in self.votes.values() for person in by_person}


def read_archive(data: bytes) -> Conversation:
    """Return the conversation in a zip file. Raises `Unreadable` in words."""
    with unpacked(data, WORDS) as archive:
        return read_files(
            {name.rpartition("/")[2]: _text(archive, name) for name in _wanted(archive)}
        )


def read_files(files: Mapping[str, str]) -> Conversation:
    """Return the conversation that `files`, by their names, hold. Raises `Unreadable` in words."""
    if "comments.csv" not in files:
        raise Unreadable(NO_COMMENTS)
    found = Conversation(list(_comments(files["comments.csv"])))
    if "votes.csv" in files:
        given = _history(files["votes.csv"])
    elif "participants-votes.csv" in files:
        given = _matrix(files["participants-votes.csv"])
    else:
        raise Unreadable(NO_VOTES)
    known = {comment.number for comment in found.comments}
    for count, (place, comment, person, vote) in enumerate(given, 1):
        if comment not in known:
            raise Unreadable(f"{place}: there is no statement {comment} in comments.csv.")
        if count > MOST_VOTES:
            raise Unreadable(f"There are more than {MOST_VOTES:,} votes.")
        found.votes.setdefault(comment, {})[person] = vote
    return found


def _comments(text: str) -> Iterator[Comment]:
    seen: set[str] = set()
    for line, row in _rows("comments.csv", text, ["comment-id", "comment-body"]):
        if len(seen) >= MOST_STATEMENTS:
            raise Unreadable(f"There are more than {MOST_STATEMENTS:,} statements.")
        if row["comment-id"] in seen:
            raise Unreadable(f"{line}: statement {row['comment-id']} stands there twice.")
        seen.add(row["comment-id"])
        yield Comment(row["comment-id"], row["comment-body"], row.get("moderated") == REJECTED)


def _history(text: str) -> Iterator[tuple[str, str, str, int]]:
    rows = list(_rows("votes.csv", text, ["timestamp", "comment-id", "voter-id", "vote"]))
    # Polis writes them in no order that it promises.
    rows.sort(key=lambda each: _number(each[0], each[1]["timestamp"]))
    for line, row in rows:
        yield line, row["comment-id"], row["voter-id"], _vote(line, row["vote"])


def _matrix(text: str) -> Iterator[tuple[str, str, str, int]]:
    for line, row in _rows("participants-votes.csv", text, ["participant"]):
        for name, cell in row.items():
            if name.isdecimal() and cell not in {"", None}:
                yield line, name, row["participant"], _vote(line, cell)


def _rows(name: str, text: str, needed: list[str]) -> Iterator[tuple[str, dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    try:
        # This reads the heading.
        missing = set(needed) - set(reader.fieldnames or ())
        if missing:
            raise Unreadable(f"{name} has no column called {', '.join(sorted(missing))}.")
        for row in reader:
            line = f"{name}, line {reader.line_num}"
            if None in row or any(row[each] is None for each in needed):
                raise Unreadable(f"{line}: it has more or fewer cells than the heading.")
            yield line, row
    except csv.Error as error:
        raise Unreadable(f"{name}, line {reader.line_num}: it can’t be read as a table.") from error


def _vote(line: str, cell: str) -> int:
    if cell not in VOTES:
        raise Unreadable(f"{line}: a vote is 1, 0 or -1, and this is “{cell[:20]}”.")
    return VOTES[cell]


def _number(line: str, cell: str) -> int:
    if not cell.isdecimal():
        raise Unreadable(f"{line}: “{cell[:20]}” is no moment in milliseconds.")
    return int(cell)


def _wanted(archive: zipfile.ZipFile) -> list[str]:
    names = ("comments.csv", "votes.csv", "participants-votes.csv")
    return [name for name in archive.namelist() if name.rpartition("/")[2] in names]


def _text(archive: zipfile.ZipFile, name: str) -> str:
    return archive.read(name).decode("utf-8", errors="replace")
