"""What the services are given, and what they refuse before the database does."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, TypedDict

from apps.agendas.models import ResearchQuestion
from apps.annotations.models import Annotation, Term
from apps.annotations.services.given import line, refuse
from apps.participants.models import Group
from apps.themes.models import Theme
from apps.workshops.models import Workshop

ELSEWHERE: dict[str, str] = {
    "origin_themes": "Choose themes of this workshop.",
    "origin_annotations": "Choose findings of this workshop.",
    "origin_terms": "Choose terms of this workshop.",
    "rests_on_themes": "Choose themes of this workshop.",
    "rests_on_annotations": "Choose findings of this workshop.",
    "addressees": "Choose groups of this workshop.",
}


class QuestionChanges(TypedDict, total=False):
    """What of a research question may be changed; what is left out stays as it is."""

    text: str
    parent: ResearchQuestion | None
    example: bool
    kind: str
    origin_themes: Collection[Theme]
    origin_annotations: Collection[Annotation]
    origin_terms: Collection[Term]
    new: bool


class Pursued(TypedDict, total=False):
    """What becomes of an outcome, and where it is listed."""

    owner: str
    horizon: str
    due: date | None
    state: str
    listed_under: Theme | None
    why_here: str


class OutcomeChanges(Pursued, total=False):
    """What of an outcome may be changed; what is left out stays as it is."""

    kind: str
    text: str
    heading: str
    modality: str
    strength: str
    basis: str
    rests_on_themes: Collection[Theme]
    rests_on_annotations: Collection[Annotation]
    new: bool
    addressees: Collection[Group]
    addressee: str


Relations = dict[str, Collection[Any]]


def split(
    workshop: Workshop, given: Mapping[str, Any], *, texts: Mapping[str, str]
) -> tuple[dict[str, Any], Relations]:
    """Return what is given as (values of fields, members of relations).

    `texts` maps the fields that are one line of text to what to say when they are empty, or to
    nothing where they may be. Raises `RuleViolation` for such a text, and for a member that is of
    another workshop.
    """
    values = {name: value for name, value in given.items() if name not in ELSEWHERE}
    relations = {name: value for name, value in given.items() if name in ELSEWHERE}
    for name, empty in texts.items():
        if name in values:
            values[name] = line(values[name])
            if empty and not values[name]:
                raise refuse(name, empty)
    for name, members in relations.items():
        if any(member.workshop_id != workshop.pk for member in members):
            raise refuse(name, ELSEWHERE[name])
    return values, relations


def held(row: Any, relations: Relations, names: Collection[str]) -> bool:
    """Say whether `row` would hold any member in its relations `names` once `relations` are set."""
    return any(
        bool(relations[name]) if name in relations else getattr(row, name).exists()
        for name in names
    )
