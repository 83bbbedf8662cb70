"""What the services are given, and what they refuse before the database does."""

import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypedDict

from apps.annotations.models import Annotation, Position
from apps.core.contributions import contributed
from apps.core.exceptions import RuleViolation
from apps.participants.models import Group
from apps.workshops.models import Session, Workshop


class AnnotationChanges(TypedDict, total=False):
    """What of an annotation may be changed; what is left out stays as it is."""

    kind: str
    claim: str
    about: str
    modality: str
    strength: str
    basis: str
    quantifier: str
    counted: int | None
    counted_of: int | None
    holders: Collection[Group]
    certainty: str
    scope_conditions: str
    session: Session | None


class PositionChanges(TypedDict, total=False):
    """What of a position may be changed; what is left out stays as it is."""

    label: str
    text: str
    unrecorded: bool
    polarity: str
    answers: Position | None
    quantifier: str
    counted: int | None
    counted_of: int | None
    holders: Collection[Group]
    reasons_for: str
    reasons_against: str
    minority: bool


class TermChanges(TypedDict, total=False):
    """What of a term may be changed; what is left out stays as it is."""

    name: str
    status: str
    annotation: Annotation | None


@dataclass(frozen=True)
class PositionGiven:
    """A side as a form or a client gives it; with an `id` it is one that is there already.

    `answers` is the id of one that is there, or the place of one that is given along with it.
    """

    text: str = ""
    label: str = ""
    unrecorded: bool = False
    polarity: str = ""
    answers: uuid.UUID | int | None = None
    quantifier: str = ""
    counted: int | None = None
    counted_of: int | None = None
    holders: Collection[Group] = ()
    reasons_for: str = ""
    reasons_against: str = ""
    minority: bool = False
    id: uuid.UUID | None = None

    def values(self) -> PositionChanges:
        """Return what is given, by the names of a position's fields; not what it answers."""
        return {
            "label": self.label,
            "text": self.text,
            "unrecorded": self.unrecorded,
            "polarity": self.polarity,
            "quantifier": self.quantifier,
            "counted": self.counted,
            "counted_of": self.counted_of,
            "holders": self.holders,
            "reasons_for": self.reasons_for,
            "reasons_against": self.reasons_against,
            "minority": self.minority,
        }


@dataclass(frozen=True)
class SenseGiven:
    """One of the meanings of a term, as a form or a client gives it."""

    text: str
    holders: Collection[Group] = ()
    used_by: str = ""
    # The id of the note in which it was given.
    note: uuid.UUID | None = None


def one_way(values: dict[str, Any]) -> None:
    """Let a count that is given take the place of a word that isn't: one follows from the other."""
    if values.get("counted") is not None and not values.get("quantifier"):
        values["quantifier"] = ""


def line(text: str) -> str:
    """Return `text` as one line without needless space."""
    return " ".join(text.replace("\x00", "").split())


def refuse(field: str, sentence: str) -> RuleViolation:
    """Make the refusal of one input."""
    return RuleViolation(sentence, fields={field: sentence})


@contextmanager
def within(rows: str, place: int) -> Iterator[None]:
    """Let a refusal name the inputs of one of several rows: `text` becomes `rows-place-text`."""
    try:
        yield
    except RuleViolation as refusal:
        fields = {f"{rows}-{place}-{name}": text for name, text in refusal.fields.items()}
        raise RuleViolation(str(refusal), fields=fields) from refusal


def check_groups(workshop: Workshop, groups: Collection[Group]) -> None:
    """Raise `RuleViolation` if one of `groups` is of another workshop."""
    if any(group.workshop_id != workshop.pk for group in groups):
        raise refuse("holders", "Choose groups of this workshop.")


def check_session(workshop: Workshop, session: Session | None) -> None:
    """Raise `RuleViolation` if `session` is of another workshop."""
    if session is not None and session.workshop_id != workshop.pk:
        raise refuse("session", "Choose a session of this workshop.")


def check_unused(subject: object) -> None:
    """Raise `RuleViolation` if other apps have something that rests on `subject`.

    They say so at "annotations:dependants", in words: "research question 2", "a takeaway".
    """
    dependants = contributed("annotations:dependants", subject=subject)
    if dependants:
        what = ", ".join(dependants)
        verb = "rests" if len(dependants) == 1 else "rest"
        message = f"Not removed: {what} {verb} on it. Let it rest on something else first."
        raise RuleViolation(message[0].upper() + message[1:])
