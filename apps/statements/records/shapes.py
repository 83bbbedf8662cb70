"""What results and snapshots look like: whatever a stranger's file says of them is held to it."""

import uuid
from collections.abc import Callable, Collection
from typing import Any

from apps.core.documents import Unfit
from apps.statements.measures.certainty import Level
from apps.statements.measures.counts import Counts
from apps.statements.measures.groups import Finding
from apps.statements.measures.verdicts import Verdict
from apps.statements.models import FEWEST_IN_A_GROUP, MAX_LENGTH, Answer, Means, Scale
from apps.statements.records.holding import hold_to_measures
from apps.workshops.consensus import FEWEST_ANSWERS, PER_CENT, ConsensusRule

# Looks at a value, and at where it stands; raises `Unfit`.
Shape = Callable[[Any, str], None]
MOST_PEOPLE, LONGEST = 1_000_000, 1_000
DIGEST = 64


def whole(most: int = MOST_PEOPLE, least: int = 0) -> Shape:
    """Want a whole number."""

    def look(value: Any, at: str) -> None:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise Unfit(f"should be a whole number from {least} to {most:,}.", at=at)

    return look


def number(least: float, most: float) -> Shape:
    """Want a number."""

    def look(value: Any, at: str) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Unfit("should be a number.", at=at)
        if not least <= value <= most:
            raise Unfit(f"should be from {least:g} to {most:g}.", at=at)

    return look


def text(most: int = LONGEST) -> Shape:
    """Want a text."""

    def look(value: Any, at: str) -> None:
        if not isinstance(value, str) or len(value) > most:
            raise Unfit(f"should be a text of up to {most} characters.", at=at)

    return look


def one_of(words: Collection[str]) -> Shape:
    """Want one of several words."""

    def look(value: Any, at: str) -> None:
        if value not in tuple(words):
            raise Unfit(f"should be one of: {', '.join(words)}.", at=at)

    return look


def yes_or_no(value: Any, at: str) -> None:
    """Want true or false."""
    if not isinstance(value, bool):
        raise Unfit("should be true or false.", at=at)


def identity(value: Any, at: str) -> None:
    """Want the id of something at the site where it was made."""
    try:
        same = str(uuid.UUID(value)) == value
    except (TypeError, ValueError, AttributeError):
        same = False
    if not same:
        raise Unfit("should be an id as the site gave it.", at=at)


def digest_of(value: Any, at: str) -> None:
    """Want a SHA-256."""
    if (
        not isinstance(value, str)
        or len(value) != DIGEST
        or not set(value) <= {*"0123456789abcdef"}
    ):
        raise Unfit("should be a SHA-256.", at=at)


def maybe(shape: Shape) -> Shape:
    """Want that, or nothing."""

    def look(value: Any, at: str) -> None:
        if value is not None:
            shape(value, at)

    return look


def each(shape: Shape) -> Shape:
    """Want a list of those."""

    def look(value: Any, at: str) -> None:
        if not isinstance(value, list):
            raise Unfit("should be a list.", at=at)
        for place, one in enumerate(value):
            shape(one, f"{at}[{place}]")

    return look


def named(key: Shape, shape: Shape) -> Shape:
    """Want those by names of a kind."""

    def look(value: Any, at: str) -> None:
        if not isinstance(value, dict):
            raise Unfit("should be an object.", at=at)
        for name, one in value.items():
            key(name, f"{at}.{name}")
            shape(one, f"{at}.{name}")

    return look


def fields(**shapes: Shape) -> Shape:
    """Want an object with these names, all of them and no others."""

    def look(value: Any, at: str) -> None:
        if not isinstance(value, dict):
            raise Unfit("should be an object.", at=at)
        for name in value:
            if name not in shapes:
                raise Unfit("isn’t part of the format.", at=f"{at}.{name}")
        for name, shape in shapes.items():
            if name not in value:
                raise Unfit("is needed.", at=f"{at}.{name}")
            shape(value[name], f"{at}.{name}")

    return look


COUNTS = fields(agree=whole(), disagree=whole(), unsure=whole())
RULE = fields(**dict.fromkeys(ConsensusRule.names(), whole(PER_CENT)))
GROUPS_RULE = fields(
    shared_at=whole(PER_CENT), gap_at=whole(PER_CENT), false_discoveries=number(0.001, 1)
)
SMALLEST = whole(least=FEWEST_IN_A_GROUP)
RESULT = fields(
    statement=identity,
    round=whole(least=1),
    wording=fields(number=whole(least=1), text=text(MAX_LENGTH)),
    scale=one_of(Scale.values),
    means=one_of(Means.values),
    rule=RULE,
    groups_rule=GROUPS_RULE,
    smallest_group=SMALLEST,
    members=maybe(whole()),
    answered=whole(),
    counts=maybe(COUNTS),
    values=maybe(named(one_of([str(value) for value in Answer.values]), whole())),
    verdict=one_of(list(Verdict)),
    certainty=fields(level=maybe(one_of(list(Level))), probability=maybe(number(0, 1))),
    margin=maybe(whole()),
    says=text(),
    margin_says=text(),
    carry_over_says=text(),
    moved=maybe(fields(kept=whole(), both=whole(), says=text())),
    groups=each(fields(id=identity, plural=text(), counts=maybe(COUNTS), says=text())),
    hidden=each(fields(id=identity, plural=text(), says=text())),
    carrying=maybe(
        fields(shared=yes_or_no, carried_by=each(identity), not_by=each(identity), says=text())
    ),
)
GAP = fields(
    group=identity,
    other=maybe(identity),
    points=maybe(number(-PER_CENT, PER_CENT)),
    points_against=maybe(number(-PER_CENT, PER_CENT)),
    p=maybe(number(0, 1)),
    sizes=maybe(each(whole())),
    finding=one_of(list(Finding)),
    says=text(),
)
SNAPSHOT = fields(
    rule=RULE,
    groups=GROUPS_RULE,
    smallest_group=SMALLEST,
    results=named(identity, digest_of),
    gaps=named(identity, each(GAP)),
)


def check_result(content: Any, at: str) -> None:
    """Raise `Unfit` for what no round can have come to."""
    RESULT(content, at)
    answered, counts = content["answered"], content["counts"]
    if (counts is None) != (answered < FEWEST_ANSWERS):
        raise Unfit(f"is told from {FEWEST_ANSWERS} answers on.", at=f"{at}.counts")
    whole_room = Counts(**(counts or {}))
    values = content["values"]
    if counts and whole_room.answered != answered:
        raise Unfit("don’t add up to those who answered.", at=f"{at}.counts")
    if values is not None and sum(values.values()) != answered:
        raise Unfit("don’t add up to those who answered.", at=f"{at}.values")
    _check_groups(content, whole_room, at)
    hold_to_measures(content, at)


def _check_groups(content: Any, whole_room: Counts, at: str) -> None:
    told = [Counts(**group["counts"]) for group in content["groups"] if group["counts"]]
    if any(counts.answered < content["smallest_group"] for counts in told):
        raise Unfit("tell of fewer people than are told of.", at=f"{at}.groups")
    together = Counts.total(told)
    pairs = zip(
        (together.agree, together.disagree, together.unsure),
        (whole_room.agree, whole_room.disagree, whole_room.unsure),
        strict=True,
    )
    if any(some > of for some, of in pairs):
        raise Unfit("are more than answered.", at=f"{at}.groups")


def check_snapshot(content: Any, at: str) -> None:
    """Raise `Unfit` for what no snapshot can say."""
    SNAPSHOT(content, at)
    if not set(content["gaps"]) <= set(content["results"]):
        raise Unfit("are of a round that isn’t among the results.", at=f"{at}.gaps")
    for key, gaps in content["gaps"].items():
        if any(gap["sizes"] is not None and len(gap["sizes"]) != 2 for gap in gaps):  # noqa: PLR2004
            raise Unfit("should have two sizes each.", at=f"{at}.gaps.{key}")
