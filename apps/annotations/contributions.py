"""What this app shows on the pages of themes and of the workshop."""

import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Model
from django.urls import reverse

from apps.annotations.models import (
    SIDED,
    Annotation,
    AnnotationComment,
    AnnotationSupport,
    Basis,
    Evidence,
    Kind,
    Position,
    Sense,
    Term,
)
from apps.annotations.selectors import (
    annotations_visible_to,
    cards_on,
    definitions_to_take,
    derived_section,
    findings_visible_to,
    kinds_by_theme,
    reasons_for,
    shown_terms,
    sides_missing,
    terms_visible_to,
    unsupported,
)
from apps.annotations.selectors.coverage import (
    differences_without_sides,
    findings_without_notes,
    themes_without_findings,
)
from apps.annotations.selectors.supporting import supports_held
from apps.core.contributions import NavEntry, Panel, Step, contribute
from apps.core.holdings import Held, HeldItem, Kept, Removal
from apps.core.permissions import allowed
from apps.notes.models import Note
from apps.participants.models import Participant
from apps.themes.contributions import COMMENTS, THEMES
from apps.themes.facts import Derived, Fact, Part
from apps.themes.models import Comment, Theme
from apps.themes.services.forgetting import supporter, supporters
from apps.workshops.coverage import Gap
from apps.workshops.models import Workshop
from apps.workshops.searching import Hit, Search
from apps.workshops.searching import Kind as Found

_PLURALS = {Kind.CONSENSUS: "consensus", Kind.OPEN_ISSUE: "open issues"}
_COUNTED = {Basis.COUNT, Basis.SHOW_OF_HANDS}


@contribute("live:changed", order=50)
def changed(subject: Model, **_: str) -> Iterator[str]:
    """Say that what stands on a theme changed, or a term."""
    if isinstance(subject, (Annotation, Position, Evidence, Term)):
        yield THEMES
        on = subject if isinstance(subject, Annotation) else subject.annotation
        if on is not None and on.theme.published_at is not None:
            yield COMMENTS


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
            _address(workshops[each.comment_id], each.annotation),
        )
        for each in about.select_related("annotation")
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
        url = _address(each.annotation.workshop, each.annotation)
        yield HeldItem(each.annotation.claim, about=each.get_stance_display().lower(), url=url)
    for sense in note.senses.select_related("term__workshop"):
        page = reverse("annotations:terms", args=[sense.term.workshop.slug])
        yield HeldItem(
            sense.text, about=f"a sense of “{sense.term}”", url=f"{page}#term-{sense.term_id}"
        )


@contribute("people:forget", order=50)
def forget(participant: Participant) -> Iterator[Removal]:
    """Let evidence no longer lead to whoever attached it."""
    yield Removal(
        "traces of who attached evidence",
        remove=lambda: Evidence.objects.filter(attached_by=participant).update(attached_by=None),
        remaining=lambda: Evidence.objects.filter(attached_by_id=participant.pk).count(),
    )
    yield supporter(participant, AnnotationSupport, "findings")


@contribute("people:held", order=50)
def held(participant: Participant) -> Iterator[Held]:
    """Tell somebody which findings they support."""
    yield supports_held(participant)


@contribute("purge", order=50)
def purge(workshop: Workshop) -> Iterator[Removal]:
    """Let support of findings lead to nobody."""
    yield supporters(workshop, AnnotationSupport, "findings")


@contribute("purge:kept", order=50)
def kept(workshop: Workshop) -> Iterator[Kept]:
    """Findings and terms stay."""
    yield Kept("findings", workshop.annotations.count(), "They are what the room came to.")
    yield Kept("terms", workshop.terms.count(), "They are what the room meant by its words.")


@contribute("history:verbs", order=50)
def told() -> Iterator[dict[str, str]]:
    """Say what was done with findings, positions, evidence and terms."""
    yield {
        "annotation.recorded": "recorded the finding {subject}",
        "annotation.revised": "revised the finding {subject}",
        "annotation.moved": "moved the finding {subject} in the order",
        "annotation.withdrawn": "withdrew the finding {subject}",
        "annotation.supported": "supported the finding {subject}",
        "annotation.support_withdrawn": "took their support of the finding {subject} back",
        "position.taken": "added the position {subject}",
        "position.revised": "revised the position {subject}",
        "position.withdrawn": "withdrew the position {subject}",
        "evidence.attached": "attached a note to a finding",
        "evidence.detached": "took a note off a finding",
        "term.defined": "defined the term {subject}",
        "term.revised": "revised the term {subject}",
        "term.senses_revised": "revised the senses of the term {subject}",
        "term.removed": "removed the term {subject}",
    }


@contribute("history:names", order=50)
def names(viewer: Participant, ids: Mapping[str, set[uuid.UUID]]) -> Iterator[dict[uuid.UUID, str]]:
    """Call findings, positions and terms by their words."""
    for model in (Annotation, Position, Term):
        found = model._default_manager.filter(
            workshop=viewer.workshop_id, pk__in=ids.get(model._meta.label_lower, ())
        )
        yield {row.pk: f"“{row}”" for row in found}


def _address(workshop: Workshop, annotation: Annotation) -> str:
    page = reverse("themes:detail", args=[workshop.slug, annotation.theme_id])
    return f"{page}#annotation-{annotation.pk}"


def _counted(kind: Kind, count: int) -> str:
    word = str(kind.label).lower()
    return word if count == 1 else _PLURALS.get(kind, f"{word}s")
