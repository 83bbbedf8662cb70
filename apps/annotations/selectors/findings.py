"""Which annotations someone may read, and all of them from agreement to divergence."""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet

from apps.annotations import wording
from apps.annotations.models import (
    SIDED,
    Annotation,
    Evidence,
    EvidenceQuerySet,
    Kind,
    Strength,
)
from apps.core.once import once_a_page
from apps.notes.models import standing
from apps.notes.selectors import record_visible_to
from apps.participants.models import Participant
from apps.participants.selectors import groups_shown_to
from apps.themes.models import Theme
from apps.themes.selectors import on_themes_visible_to
from apps.themes.selectors.supporting import with_support

# From agreement to divergence.
_STRENGTHS = [Strength.CONSENSUS, Strength.GENERAL, "", Strength.PARTIAL]


def annotations_visible_to(actor: Participant) -> QuerySet[Annotation]:
    """Return the annotations that `actor` may read: those on themes that they may read."""
    # Reached from the workshop, which each of them then has without asking for it.
    annotations = actor.workshop.annotations.select_related("theme", "session")
    return on_themes_visible_to(actor, annotations)


@once_a_page
def findings_on(actor: Participant, theme: Theme) -> list[Annotation]:
    """Return the annotations on `theme` that `actor` may read, for parts of one page to share."""
    rows = annotations_visible_to(actor).filter(theme=theme)
    return list(with_support(actor, rows, by="annotation"))


def evidence_visible_to(actor: Participant) -> EvidenceQuerySet:
    """Return what rests on which note, as far as `actor` may read both.

    Also what rested on a note that was redacted: it is still there to be detached.
    """
    return Evidence.objects.filter(
        annotation__in=annotations_visible_to(actor), note__in=record_visible_to(actor)
    ).select_related("annotation", "position", "note")


@dataclass(frozen=True)
class Finding:
    """An annotation in the list of all of them."""

    annotation: Annotation
    basis: str
    note_count: int

    @property
    def kind(self) -> str:
        """The kind as the name of its shape."""
        return self.annotation.kind.replace("_", "-")


def findings_visible_to(actor: Participant) -> list[Finding]:
    """Return all that `actor` may read, from agreement to divergence.

    Consensus by strength, then everything else, then differences between groups and divergences;
    within these by theme.
    """
    annotations = (
        annotations_visible_to(actor)
        .annotate(
            note_count=Count("evidence__note", distinct=True, filter=standing("evidence__note__"))
        )
        .prefetch_related(Prefetch("holders", groups_shown_to(actor)))
        .order_by("theme__order", "theme__created_at", "order", "created_at")
    )
    return [
        Finding(
            annotation=annotation,
            basis=wording.basis_phrase(annotation),
            note_count=annotation.note_count,
        )
        for annotation in sorted(annotations, key=_place)
    ]


def kinds_by_theme(themes: Iterable[Theme]) -> dict[uuid.UUID, Counter[str]]:
    """Return how many annotations of each kind each of `themes` holds."""
    counts: dict[uuid.UUID, Counter[str]] = {}
    kinds = Annotation.objects.filter(theme__in=[theme.pk for theme in themes])
    for theme_id, kind in kinds.values_list("theme_id", "kind"):
        counts.setdefault(theme_id, Counter())[kind] += 1
    return counts


def unsupported(actor: Participant) -> QuerySet[Annotation]:
    """Return the annotations that rest on no note."""
    resting = Evidence.objects.standing().filter(annotation=OuterRef("pk"))
    return annotations_visible_to(actor).exclude(Exists(resting))


def _place(annotation: Annotation) -> tuple[int, int]:
    if annotation.kind == Kind.CONSENSUS:
        return 0, _STRENGTHS.index(annotation.strength)
    if annotation.kind in SIDED:
        return 2, SIDED[::-1].index(Kind(annotation.kind))
    return 1, 0
