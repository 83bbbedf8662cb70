"""Files of answers, packed: the same answers in the same order give the same bytes."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time

from apps.core.files.spreadsheets import FORMULA
from apps.statements.exporting.answers import Exported, Voter
from apps.statements.models import Answer, Scale

# No hour stands in a packed file.
NO_TIME = (1980, 1, 1, 0, 0, 0)
ABOUT = """What this is

Answers to {count} statements, as they were revealed last. Participants are numbered by chance, anew
in every export: numbers of two exports have nothing to do with one another. Days are told, hours
aren't. {groups}

{values}
"""
GROUPS_TOLD = "Groups are told where they were told of in numbers on every statement: {names}."
NO_GROUP_TOLD = "No group was told of in numbers on every statement, so none is told here."
UNLINKED = (
    "The workshop was held anonymously: which answers come from one person isn't known, so there "
    "are counts and no rows of people."
)


def as_polis(found: Exported) -> bytes:
    """Return the files that Polis exports: 1 agree, -1 disagree, 0 unsure, empty not answered."""
    files = {"comments.csv": _comments(found)}
    if found.linked:
        files["votes.csv"] = _votes(found)
        files["participants-votes.csv"] = _participants_votes(found)
    values = "In the format of Polis's exports: 1 agrees, -1 disagrees, 0 is unsure."
    return _packed({**files, "about.txt": _about(found, values)})


def as_table(found: Exported) -> bytes:
    """Return one row a person and one column a statement, and what the columns mean."""
    files = {"codebook.csv": _codebook(found)}
    if found.linked:
        files["answers.csv"] = _answers(found)
    values = "From 2 (strongly agree) or 1 (agree) over 0 (unsure) to -1 and -2; empty: no answer."
    return _packed({**files, "about.txt": _about(found, values)})


def _comments(found: Exported) -> str:
    rows = [
        [_stamp(None), "", place, "", _count(each.counts, "agree"), _count(each.counts, "disagree"),
         1, _text(each.text)]
        for place, each in enumerate(found.statements)
    ]  # fmt: skip
    return _csv(
        ["timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated",
         "comment-body"],
        rows,
    )  # fmt: skip


def _votes(found: Exported) -> str:
    rows = [
        [_stamp(day), day.isoformat(), place, number, _side(value)]
        for number, voter in enumerate(found.voters)
        for place, (value, day) in sorted(voter.given.items())
    ]
    return _csv(["timestamp", "datetime", "comment-id", "voter-id", "vote"], rows)


def _participants_votes(found: Exported) -> str:
    places = range(len(found.statements))
    group_ids = {group: number for number, group in enumerate(found.groups)}
    rows = [
        [number, group_ids.get(voter.group, "") if voter.group else "", 0, *_sums(voter),
         *(_side(voter.given[place][0]) if place in voter.given else "" for place in places)]
        for number, voter in enumerate(found.voters)
    ]  # fmt: skip
    heading = ["participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"]
    return _csv([*heading, *map(str, places)], rows)


def _answers(found: Exported) -> str:
    places = range(len(found.statements))
    rows = [
        [number, _text(found.groups.get(voter.group, "") if voter.group else ""),
         *(voter.given[place][0] if place in voter.given else "" for place in places)]
        for number, voter in enumerate(found.voters, 1)
    ]  # fmt: skip
    return _csv(["participant", "group", *(f"s{place + 1}" for place in places)], rows)


def _codebook(found: Exported) -> str:
    rows = [
        [f"s{place}", _text(each.text), each.content["scale"], each.number, each.content["means"],
         each.answered, "" if each.members is None else each.members,
         _count(each.counts, "agree"), _count(each.counts, "disagree"),
         _count(each.counts, "unsure"), str(each.verdict)]
        for place, each in enumerate(found.statements, 1)
    ]  # fmt: skip
    return _csv(
        ["variable", "statement", "scale", "round", "means", "answered", "members", "agree",
         "disagree", "unsure", "verdict"],
        rows,
    )  # fmt: skip


def _about(found: Exported, values: str) -> str:
    names = ", ".join(found.groups.values())
    groups = GROUPS_TOLD.format(names=names) if names else NO_GROUP_TOLD
    scales = {each.content["scale"] for each in found.statements}
    if scales == {Scale.FIVE, Scale.THREE}:
        values += " Some statements were answered on five points, the others on three."
    return ABOUT.format(
        count=len(found.statements), groups=groups if found.linked else UNLINKED, values=values
    )


def _sums(voter: Voter) -> list[int]:
    sides = [_side(value) for value, _ in voter.given.values()]
    return [len(sides), sides.count(1), sides.count(-1)]


def _side(value: int) -> int:
    return (value > Answer.UNSURE) - (value < Answer.UNSURE)


def _count(counts: object, name: str) -> int | str:
    return getattr(counts, name) if counts is not None else ""


def _stamp(day: date | None) -> int:
    """Return the first millisecond of a day, by the clock of the world."""
    if day is None:
        return 0
    return int(datetime.combine(day, time.min, UTC).timestamp() * 1_000)


def _text(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


def _csv(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO(newline="")
    write = csv.writer(out)
    write.writerow(heading)
    write.writerows(rows)
    return out.getvalue()


def _packed(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, NO_TIME), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()
