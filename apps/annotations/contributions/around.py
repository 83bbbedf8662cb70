"""What is shown of findings and terms elsewhere in a workshop, and where notes are cited."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from apps.annotations.contributions.places import address
from apps.annotations.models import (
    SIDED,
    Basis,
    Evidence,
    Sense,
)
from apps.annotations.selectors import (
    annotations_visible_to,
    findings_visible_to,
    sides_missing,
    terms_visible_to,
    unsupported,
)
from apps.annotations.selectors.coverage import (
    differences_without_sides,
    findings_without_notes,
    themes_without_findings,
)
from apps.core.contributions import NavEntry, Panel, Step, contribute
from apps.core.holdings import HeldItem
from apps.core.permissions import allowed
from apps.notes.models import Note
from apps.participants.models import Participant
from apps.workshops.coverage import Gap
from apps.workshops.models import Workshop
from apps.workshops.searching import Hit, Search
from apps.workshops.searching import Kind as Found

_COUNTED = {Basis.COUNT, Basis.SHOW_OF_HANDS}


@contribute("navigation", order=35)
def terms_entry(actor: Participant) -> Iterator[NavEntry]:
    """Lead to the terms."""
    url = reverse("annotations:terms", args=[actor.workshop.slug])
    yield NavEntry("Terms", url, "terms", terms_visible_to(actor))


@contribute("search", order=30)
def found(actor: Participant, search: Search) -> Iterator[Found]:
    """Find annotations, by their claims and their positions, and terms, by their senses."""
    slug = actor.workshop.slug
    if search.wants("findings"):
        rows = annotations_visible_to(actor)
        count, best = search.among(rows, "findings", text="claim")
        hits = [
            Hit(
                annotation.pk,
                annotation.excerpt,
                reverse("themes:detail", args=[slug, annotation.theme_id])
                + f"#annotation-{annotation.pk}",
                [annotation.get_kind_display(), str(annotation.theme)],
            )
            for annotation in best
        ]
        yield Found("findings", "Findings", count, hits)
    if search.wants("terms"):
        count, terms = search.among(terms_visible_to(actor), "terms", text="name")
        page = reverse("annotations:terms", args=[slug])
        hits = [
            Hit(term.pk, term.excerpt, f"{page}#term-{term.pk}", [term.get_status_display()])
            for term in terms
        ]
        yield Found("terms", "Terms", count, hits)


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
        yield Step(text, address(actor.workshop, missing[0]), action="Add a second position")
    elif annotations_visible_to(actor).filter(kind__in=SIDED).exists():
        yield Step("Every divergence has two positions", "", done=True)
    loose = list(unsupported(actor))
    if loose:
        count = len(loose)
        text = f"{count} annotation{' rests' if count == 1 else 's rest'} on no note"
        yield Step(text, address(actor.workshop, loose[0]))


@contribute("workshops:coverage", order=20)
def left_lying(actor: Participant) -> Iterator[Gap]:
    """Say which themes hold nothing, and which findings lack notes or sides."""
    yield themes_without_findings(actor)
    yield findings_without_notes(actor)
    yield differences_without_sides(actor)


@contribute("notes:cited", order=50)
def cited(workshop: Workshop) -> Iterator[Any]:
    """Say which notes findings rest on."""
    yield Evidence.objects.filter(workshop=workshop).values_list("note", flat=True)
    senses = Sense.objects.filter(workshop=workshop, note__isnull=False)
    yield senses.values_list("note", flat=True)


@contribute("notes:resting", order=50)
def resting(note: Note) -> Iterator[HeldItem]:
    """Say which findings and senses rest on a note."""
    for each in Evidence.objects.filter(note=note).select_related("annotation__workshop"):
        url = address(each.annotation.workshop, each.annotation)
        yield HeldItem(each.annotation.claim, about=each.get_stance_display().lower(), url=url)
    for sense in note.senses.select_related("term__workshop"):
        page = reverse("annotations:terms", args=[sense.term.workshop.slug])
        yield HeldItem(
            sense.text, about=f"a sense of “{sense.term}”", url=f"{page}#term-{sense.term_id}"
        )
