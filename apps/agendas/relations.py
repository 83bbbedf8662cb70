"""Reading what leads from one thing to another, in words, from either end."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.urls import reverse

from apps.agendas.models import ENDS, Link, LinkKind, Outcome, ResearchQuestion
from apps.agendas.selectors import outcomes_visible_to, questions_visible_to
from apps.annotations.models import Annotation, Position
from apps.annotations.selectors import annotations_visible_to
from apps.participants.models import Participant
from apps.themes.models import Theme
from apps.themes.selectors import themes_visible_to
from apps.workshops.models import GuidingQuestion

# What the source does to the target, and what from there is said of the source.
WORDS: dict[str, tuple[str, str]] = {
    LinkKind.RELATES_TO: ("relates to", "relates to"),
    LinkKind.CONTRASTS: ("contrasts with", "contrasts with"),
    LinkKind.CAUSES: ("causes", "is caused by"),
    LinkKind.DEPENDS_ON: ("depends on", "is needed for"),
    LinkKind.SUPPORTS: ("supports", "is supported by"),
    LinkKind.ILLUSTRATES: ("illustrates", "is illustrated by"),
    LinkKind.ANSWERS: ("answers", "is answered by"),
    LinkKind.NARROWS: ("narrows", "is narrowed by"),
    LinkKind.SUPERSEDES: ("supersedes", "is superseded by"),
}
_WITH = [f"{side}_{name}" for side in ("source", "target") for name in ENDS]


@dataclass(frozen=True)
class Related:
    """What a finding relates to: how, in which words it was put, and where that stands.

    `side` names the position of the finding that is meant, if one is; `of` what the other is.
    """

    link: Link
    words: str
    text: str
    of: str
    url: str
    side: str = ""


def links_visible_to(actor: Participant) -> QuerySet[Link]:
    """Return the links of which `actor` may read both ends."""
    annotations = annotations_visible_to(actor).values("pk")
    visible: dict[str, QuerySet[Any, Any]] = {
        "annotation": annotations,
        "position": Position.objects.filter(annotation__in=annotations).values("pk"),
        "theme": themes_visible_to(actor).values("pk"),
        "guiding_question": GuidingQuestion.objects.filter(workshop=actor.workshop_id).values("pk"),
        "research_question": questions_visible_to(actor).values("pk"),
        "outcome": outcomes_visible_to(actor).values("pk"),
    }
    links = Link.objects.filter(workshop=actor.workshop_id)
    for name, rows in visible.items():
        for end in (f"source_{name}", f"target_{name}"):
            links = links.filter(Q(**{end: None}) | Q(**{f"{end}__in": rows}))
    return links


def related_to(
    actor: Participant, annotations: Iterable[Annotation]
) -> dict[uuid.UUID, list[Related]]:
    """Return what each of `annotations`, or a position of it, relates to. One query."""
    ids = {annotation.pk for annotation in annotations}
    touching = Q()
    for side in ("source", "target"):
        touching |= Q(**{f"{side}_annotation__in": ids})
        touching |= Q(**{f"{side}_position__annotation__in": ids})
    links = links_visible_to(actor).filter(touching)
    found: dict[uuid.UUID, list[Related]] = {pk: [] for pk in ids}
    slug = actor.workshop.slug
    for link in links.select_related(
        *_WITH, "source_position__annotation", "target_position__annotation"
    ):
        for annotation_id, related in _both_ways(link, slug):
            if annotation_id in ids:
                found[annotation_id].append(related)
    return found


def _both_ways(link: Link, slug: str) -> Iterator[tuple[uuid.UUID, Related]]:
    source, target = end_of(link, "source"), end_of(link, "target")
    forward, backward = WORDS[link.kind]
    for here, there, words in ((source, target, forward), (target, source, backward)):
        if isinstance(here, (Annotation, Position)):
            on = here if isinstance(here, Annotation) else here.annotation
            text, of, url = _told(there, slug)
            side = str(here) if isinstance(here, Position) else ""
            yield on.pk, Related(link, words, text, of, url, side)


def end_of(link: Link, side: str) -> Any:
    """Return what a link begins at ("source") or leads to ("target")."""
    return next(end for name in ENDS if (end := getattr(link, f"{side}_{name}")) is not None)


def _told(thing: Model, slug: str) -> tuple[str, str, str]:
    """Return what `thing` says, what it is, and where it stands."""
    text, agenda = str(thing), reverse("agendas:agenda", args=[slug])
    if isinstance(thing, (Annotation, Position)):
        on = thing if isinstance(thing, Annotation) else thing.annotation
        of = "a position" if isinstance(thing, Position) else on.get_kind_display().lower()
        page = reverse("themes:detail", args=[slug, on.theme_id])
        return text, of, f"{page}#annotation-{on.pk}"
    if isinstance(thing, Theme):
        return text, "theme", reverse("themes:detail", args=[slug, thing.pk])
    if isinstance(thing, ResearchQuestion):
        return text, "research question", f"{agenda}#question-{thing.pk}"
    if isinstance(thing, Outcome):
        return text, thing.get_kind_display().lower(), f"{agenda}#outcome-{thing.pk}"
    return text, "guiding question", reverse("workshops:overview", args=[slug])
