"""What the room answered, as the template sets it: words, and pictures as shapes in places."""

from collections.abc import Container
from typing import Any

from apps.core.typesetting.characters import Characters
from apps.statements.measures.counts import Counts
from apps.statements.picture import DIAMOND, DISC, RING, Bar, Marks, Picture, Row, Side, picture_of

Sheet = dict[str, Any]

# There is room for one word beside a picture.
EVERYBODY = "Everybody"
REACH = {Side.AGREE: DISC, Side.UNSURE: RING, Side.DISAGREE: DIAMOND}


def answers(
    found: dict[str, Any] | None, printed: Container[int], characters: Characters
) -> Sheet | None:
    """What the answers say of a finding, each statement as a link only if the memo prints it."""
    if found is None:
        return None
    return {
        "outcome": found["outcome"],
        "label": characters.line(found["label"]),
        "sentence": characters.text(found["sentence"]).strip(),
        "statements": [
            {"number": number, "linked": number in printed} for number in found["statements"]
        ],
    }


def result(item: dict[str, Any], characters: Characters) -> Sheet:
    """One statement with what came of it."""
    rows = {characters.line(row["label"]): row for row in item["rows"]}
    picture = picture_of(
        {
            label: Counts(agree=row["agree"], disagree=row["disagree"], unsure=row["unsure"])
            for label, row in rows.items()
        },
        members=item["members"],
    )
    return {
        "number": item["number"],
        "text": characters.text(item["text"]).strip(),
        "tags": [tag for each in item["tags"] if (tag := characters.line(each))],
        "sentence": characters.text(item["sentence"]).strip(),
        "notes": [note for each in item["notes"] if (note := characters.text(each).strip())],
        "picture": _picture(picture) if rows else None,
    }


def _picture(picture: Picture) -> Sheet:
    return {
        "width": picture.width,
        "height": picture.height,
        "rows": [
            {
                "title": row.title if row.label else EVERYBODY,
                "words": _words(row),
                "parts": [_part(part) for part in row.parts if part.count],
            }
            for row in picture.rows
        ],
    }


def _words(row: Row) -> str:
    """All that a row shows: “14 agree · 2 unsure · 9 disagree”, each kept together."""
    return " · ".join(f"{part.number}\xa0{part.side}" for part in row.parts)


def _part(part: Marks | Bar) -> Sheet:
    if isinstance(part, Bar):
        return {"side": part.side, "bar": True, "start": part.start, "length": part.length}
    return {"side": part.side, "bar": False, "at": part.at, "reach": REACH[part.side]}
