"""What is shown of findings and terms on the pages of themes."""

import uuid
from collections.abc import Iterator

from apps.annotations.contributions.places import address
from apps.annotations.models import (
    AnnotationComment,
    Kind,
)
from apps.annotations.selectors import (
    cards_on,
    definitions_to_take,
    derived_section,
    kinds_by_theme,
    reasons_for,
    shown_terms,
    terms_visible_to,
)
from apps.core.contributions import Panel, contribute
from apps.core.permissions import allowed
from apps.participants.models import Participant
from apps.themes.facts import Derived, Fact, Part
from apps.themes.models import Comment, Theme

_PLURALS = {Kind.CONSENSUS: "consensus", Kind.OPEN_ISSUE: "open issues"}


@contribute("themes:detail", order=10)
def annotations_panel(actor: Participant, theme: Theme) -> Iterator[Panel]:
    """Show what was found on a theme."""
    context = {"theme": theme, "cards": cards_on(actor, theme)}
    yield Panel("annotations/theme_panel.html", context)


@contribute("themes:detail", order=20)
def terms_panel(actor: Participant, theme: Theme) -> Iterator[Panel]:
    """Show the words whose senses are at stake on a theme."""
    on_theme = terms_visible_to(actor).filter(annotation__theme=theme).select_related(None)
    terms = shown_terms(actor, on_theme)
    if terms or allowed(actor, "annotations.define", theme):
        definitions = definitions_to_take(actor, theme)
        context = {"theme": theme, "terms": terms, "definitions": definitions}
        yield Panel("annotations/terms_panel.html", context)


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


@contribute("themes:parts", order=10)
def parts(theme: Theme) -> Iterator[Part]:
    """Say which findings could go under another theme; what is said of them goes along."""
    for annotation in theme.annotations.all():
        yield Part(annotation, annotation.claim, annotation.get_kind_display().lower())


@contribute("themes:placement", order=10)
def placement(themes: list[Theme]) -> Iterator[dict[uuid.UUID, Derived]]:
    """Say where in the memo each theme goes because of what it holds."""
    derived = {
        theme_id: derived_section(counts) for theme_id, counts in kinds_by_theme(themes).items()
    }
    yield {theme_id: found for theme_id, found in derived.items() if found}


@contribute("themes:placement-reasons", order=10)
def reasons(actor: Participant, theme: Theme) -> Iterator[Panel]:
    """Say which findings decide where a theme goes in the memo."""
    found = reasons_for(actor, theme)
    if found:
        yield Panel("annotations/reasons.html", {"theme": theme, "reasons": found})


@contribute("themes:comment-about", order=10)
def comment_about(comments: list[Comment]) -> Iterator[dict[uuid.UUID, tuple[str, str]]]:
    """Say which finding each comment is about."""
    workshops = {comment.pk: comment.workshop for comment in comments}
    about = AnnotationComment.objects.filter(comment__in=list(workshops))
    yield {
        each.comment_id: (
            each.annotation.claim,
            address(workshops[each.comment_id], each.annotation),
        )
        for each in about.select_related("annotation")
    }


def _counted(kind: Kind, count: int) -> str:
    word = str(kind.label).lower()
    return word if count == 1 else _PLURALS.get(kind, f"{word}s")
