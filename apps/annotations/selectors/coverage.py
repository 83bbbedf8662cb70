"""What findings lack: themes that hold none, and findings without notes or sides."""

import uuid
from collections.abc import Callable, Iterable

from django.db.models import QuerySet
from django.urls import reverse

from apps.annotations.models import Annotation
from apps.annotations.selectors.findings import annotations_visible_to, unsupported
from apps.annotations.selectors.placement import sides_missing
from apps.core.permissions import allowed
from apps.participants.models import Participant
from apps.themes.models import Placement, Theme
from apps.themes.selectors import themes_visible_to
from apps.workshops.coverage import Gap, Missing


def themes_without_findings(actor: Participant) -> Gap:
    """Return the themes that hold nothing, neither themselves nor in what stands under them."""
    annotated = annotations_visible_to(actor).values_list("theme", flat=True)
    themes = list(themes_visible_to(actor))
    empty = _without(themes, set(annotated))
    may_record = allowed(actor, "annotations.record", actor.workshop)
    place = "annotations:new" if may_record else "themes:detail"

    def found() -> list[Missing]:
        return [
            Missing(
                theme.title,
                reverse(place, args=[actor.workshop.slug, theme.pk]),
                "Write down what was found" if may_record else "Look at it",
                about="left out of the memo" if theme.placement == Placement.OMITTED else "",
            )
            for theme in empty
        ]

    return Gap(
        "empty", "Themes without findings", "theme without findings", "themes without findings",
        len(empty), found,
    )  # fmt: skip


def findings_without_notes(actor: Participant) -> Gap:
    """Return the findings that rest on no note; each is mended on its card."""
    rows = unsupported(actor)

    def url(annotation: Annotation) -> str:
        return _card(actor, annotation)

    return Gap(
        "loose", "Findings that rest on no note", "finding on no note", "findings on no note",
        rows.count(), _listed(rows, url, "Attach a note"),
    )  # fmt: skip


def differences_without_sides(actor: Participant) -> Gap:
    """Return the differences with fewer than two positions; each is mended where it is edited."""
    rows = sides_missing(actor.workshop)

    def url(annotation: Annotation) -> str:
        if not allowed(actor, "annotations.revise", annotation):
            return _card(actor, annotation)
        page = reverse("annotations:edit", args=[actor.workshop.slug, annotation.pk])
        return f"{page}#positions-title"

    return Gap(
        "one-sided", "Differences that lack a position", "difference lacks a position",
        "differences lack a position", rows.count(), _listed(rows, url, "Add the other side"),
    )  # fmt: skip


def _listed(
    rows: QuerySet[Annotation], url: Callable[[Annotation], str], action: str
) -> Callable[[], list[Missing]]:
    def found() -> list[Missing]:
        return [
            Missing(
                annotation.claim,
                url(annotation),
                action,
                about=f"{annotation.get_kind_display()} · {annotation.theme.title}",
            )
            for annotation in rows
        ]

    return found


def _without(themes: Iterable[Theme], annotated: set[uuid.UUID]) -> list[Theme]:
    above = {theme.pk: theme.parent_id for theme in themes}
    covered: set[uuid.UUID] = set()
    for theme_id in annotated:
        at: uuid.UUID | None = theme_id
        while at is not None and at not in covered:
            covered.add(at)
            at = above.get(at)
    return [theme for theme in themes if theme.pk not in covered]


def _card(actor: Participant, annotation: Annotation) -> str:
    page = reverse("themes:detail", args=[actor.workshop.slug, annotation.theme_id])
    return f"{page}#annotation-{annotation.pk}"
