"""What this app shows on the pages of themes and of the workshop."""

import uuid
from collections.abc import Iterator

from django.urls import reverse

from apps.annotations.forms import with_forms
from apps.annotations.models import SIDED, Annotation, AnnotationComment, Basis, Kind
from apps.annotations.selectors import (
    annotations_visible_to,
    cards_on,
    derived_section,
    findings_visible_to,
    kinds_by_theme,
    shown_terms,
    sides_missing,
    terms_visible_to,
    unsupported,
)
from apps.core.contributions import NavEntry, Panel, Step, contribute
from apps.core.permissions import allowed
from apps.participants.models import Participant
from apps.themes.facts import Derived, Fact
from apps.themes.models import Comment, Theme
from apps.workshops.models import Workshop

_PLURALS = {Kind.CONSENSUS: "consensus", Kind.OPEN_ISSUE: "open issues"}
_COUNTED = {Basis.COUNT, Basis.SHOW_OF_HANDS}


@contribute("navigation", order=35)
def terms_entry(actor: Participant) -> Iterator[NavEntry]:
    """Lead to the terms."""
    url = reverse("annotations:terms", args=[actor.workshop.slug])
    yield NavEntry("Terms", url, "terms", terms_visible_to(actor).count())


@contribute("themes:detail", order=10)
def annotations_panel(actor: Participant, theme: Theme) -> Iterator[Panel]:
    """Show what was found on a theme."""
    cards = with_forms(actor, theme, cards_on(actor, theme))
    yield Panel("annotations/theme_panel.html", {"theme": theme, "cards": cards})


@contribute("themes:detail", order=20)
def terms_panel(actor: Participant, theme: Theme) -> Iterator[Panel]:
    """Show the words whose senses are at stake on a theme."""
    terms = shown_terms(actor, terms_visible_to(actor).filter(annotation__theme=theme))
    if terms or allowed(actor, "annotations.define", theme):
        yield Panel("annotations/terms_panel.html", {"theme": theme, "terms": terms})


@contribute("themes:outline", order=10)
def kinds(actor: Participant, themes: list[Theme]) -> Iterator[dict[uuid.UUID, list[Fact]]]:
    """Say how many annotations of which kind each theme holds."""
    order = list(Kind)
    yield {
        theme_id: [
            Fact(f"{counts[kind]} {_counted(kind, counts[kind])}", kind.replace("_", "-"))
            for kind in order
            if counts[kind]
        ]
        for theme_id, counts in kinds_by_theme(
            [theme for theme in themes if theme.workshop_id == actor.workshop_id]
        ).items()
    }


@contribute("themes:placement", order=10)
def placement(themes: list[Theme]) -> Iterator[dict[uuid.UUID, Derived]]:
    """Say where in the memo each theme goes because of what it holds."""
    derived = {
        theme_id: derived_section(counts) for theme_id, counts in kinds_by_theme(themes).items()
    }
    yield {theme_id: found for theme_id, found in derived.items() if found}


@contribute("themes:comment-about", order=10)
def comment_about(comments: list[Comment]) -> Iterator[dict[uuid.UUID, tuple[str, str]]]:
    """Say which finding each comment is about."""
    about = AnnotationComment.objects.filter(comment__in=[comment.pk for comment in comments])
    yield {
        each.comment_id: (
            each.annotation.claim,
            _address(each.annotation.workshop, each.annotation),
        )
        for each in about.select_related("annotation__workshop")
    }


@contribute("workshops:overview", order=20)
def where_the_room_stands(actor: Participant) -> Iterator[Panel]:
    """Show every finding, from agreement to divergence."""
    findings = findings_visible_to(actor)
    if findings:
        context = {
            "findings": findings,
            "theme_count": len({finding.annotation.theme_id for finding in findings}),
            "counted": sum(finding.annotation.basis in _COUNTED for finding in findings),
        }
        yield Panel("annotations/findings.html", context)


@contribute("workshops:next", order=30)
def steps(actor: Participant) -> Iterator[Step]:
    """Say which differences need a second position, and what rests on no note."""
    if not allowed(actor, "annotations.record", actor.workshop):
        return
    missing = list(sides_missing(actor.workshop))
    if missing:
        count = len(missing)
        text = f"{count} divergence{' needs' if count == 1 else 's need'} a second position"
        yield Step(text, _address(actor.workshop, missing[0]), action="Add a second position")
    elif annotations_visible_to(actor).filter(kind__in=SIDED).exists():
        yield Step("Every divergence has two positions", "", done=True)
    loose = list(unsupported(actor))
    if loose:
        count = len(loose)
        text = f"{count} annotation{' rests' if count == 1 else 's rest'} on no note"
        yield Step(text, _address(actor.workshop, loose[0]))


def _address(workshop: Workshop, annotation: Annotation) -> str:
    page = reverse("themes:detail", args=[workshop.slug, annotation.theme_id])
    return f"{page}#annotation-{annotation.pk}"


def _counted(kind: Kind, count: int) -> str:
    word = str(kind.label).lower()
    return word if count == 1 else _PLURALS.get(kind, f"{word}s")
