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
Ends = dict[tuple[str, uuid.UUID], Any]


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
    links = Link.objects.filter(workshop=actor.workshop_id)
    for name, rows in _readable(actor).items():
        for end in (f"source_{name}", f"target_{name}"):
            links = links.filter(Q(**{end: None}) | Q(**{f"{end}__in": rows.values("pk")}))
    return links


def _readable(actor: Participant) -> dict[str, QuerySet[Any, Any]]:
    """Return what `actor` may read of each kind that can be an end."""
    annotations = annotations_visible_to(actor)
    positions = Position.objects.filter(annotation__in=annotations.values("pk"))
    return {
        "annotation": annotations.select_related(None),
        "position": positions.select_related("annotation"),
        "theme": themes_visible_to(actor),
        "guiding_question": GuidingQuestion.objects.filter(workshop=actor.workshop_id),
        "research_question": questions_visible_to(actor),
        "outcome": outcomes_visible_to(actor),
    }


def related_to(
    actor: Participant, annotations: Iterable[Annotation]
) -> dict[uuid.UUID, list[Related]]:
    """Return what each of `annotations`, or a position of it, relates to.

    A query for the links, and one for the ends of each kind that there are.
    """
    ids = {annotation.pk for annotation in annotations}
    touching = Q()
    for side in ("source", "target"):
        touching |= Q(**{f"{side}_annotation__in": ids})
        touching |= Q(**{f"{side}_position__annotation__in": ids})
    links = list(Link.objects.filter(touching, workshop=actor.workshop_id))
    ends = _ends(actor, links)
    found: dict[uuid.UUID, list[Related]] = {pk: [] for pk in ids}
    for link in links:
        source, target = (ends.get(_end(link, side)) for side in ("source", "target"))
        if source is None or target is None:
            continue
        for annotation_id, related in _both_ways(link, source, target, actor.workshop.slug):
            if annotation_id in ids:
                found[annotation_id].append(related)
    return found


def _ends(actor: Participant, links: Iterable[Link]) -> Ends:
    """Return what `links` begin at and lead to, as far as `actor` may read it."""
    wanted: dict[str, set[uuid.UUID]] = {}
    for link in links:
        for name, pk in (_end(link, "source"), _end(link, "target")):
            wanted.setdefault(name, set()).add(pk)
    readable = _readable(actor)
    return {
        (name, row.pk): row
        for name, pks in wanted.items()
        for row in readable[name].filter(pk__in=pks)
    }


def _end(link: Link, side: str) -> tuple[str, uuid.UUID]:
    """Return what a link begins at ("source") or leads to ("target"): its kind, and its id."""
    return next((name, pk) for name in ENDS if (pk := getattr(link, f"{side}_{name}_id")))


def _both_ways(
    link: Link, source: Any, target: Any, slug: str
) -> Iterator[tuple[uuid.UUID, Related]]:
    forward, backward = WORDS[link.kind]
    for here, there, words in ((source, target, forward), (target, source, backward)):
        if isinstance(here, (Annotation, Position)):
            on = here if isinstance(here, Annotation) else here.annotation
            text, of, url = _told(there, slug)
            side = str(here) if isinstance(here, Position) else ""
            yield on.pk, Related(link, words, text, of, url, side)


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
