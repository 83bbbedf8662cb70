"""Where in the memo a theme goes because of what it holds, and what can't go there yet."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from apps.annotations.models import SIDED, Annotation, Kind
from apps.annotations.selectors.findings import findings_on
from apps.participants.models import Participant
from apps.themes.facts import Derived
from apps.themes.models import Placement, Theme
from apps.workshops.models import Workshop

SIDES_NEEDED = 2


@dataclass(frozen=True)
class Problem:
    """Why something can't enter the memo, in words without a link, and where to mend it."""

    text: str
    theme_id: uuid.UUID
    annotation_id: uuid.UUID


@dataclass(frozen=True)
class Reason:
    """A finding, and the section that it alone would put its theme in."""

    annotation: Annotation
    section: str
    decides: bool

    @property
    def kind(self) -> str:
        """The kind as the name of its shape."""
        return self.annotation.kind.replace("_", "-")


def derived_section(kinds: Collection[str]) -> Derived | None:
    """Return the section that follows from the kinds of what a theme holds, None if none does."""
    although = "it holds a consensus" if Kind.CONSENSUS in kinds else ""
    if Kind.DIVERGENCE in kinds:
        return Derived(Placement.DIVERGENCE, "it holds a divergence", although)
    if Kind.GROUP_DIFFERENCE in kinds:
        because = "it holds a difference between groups"
        return Derived(Placement.DIVERGENCE, because, although)
    if Kind.CONSENSUS in kinds:
        return Derived(Placement.CONSENSUS, "it holds a consensus")
    return None


def reasons_for(actor: Participant, theme: Theme) -> list[Reason]:
    """Return which findings on `theme` decide where it goes, and which would put it elsewhere.

    Those that decide come first; what decides nothing isn't told of.
    """
    found = [(row, derived_section([row.kind])) for row in findings_on(actor, theme)]
    whole = derived_section([row.kind for row, _ in found])
    reasons = [
        Reason(row, str(derived.section.label), decides=derived == whole)
        for row, derived in found
        if derived is not None
    ]
    return sorted(reasons, key=lambda reason: not reason.decides)


def sides_missing(workshop: Workshop) -> QuerySet[Annotation]:
    """Return the divergences and group differences that have fewer than two positions."""
    return (
        Annotation.objects.filter(workshop=workshop, kind__in=SIDED)
        .annotate(side_count=Count("positions"))
        .filter(side_count__lt=SIDES_NEEDED)
        .select_related("theme")
    )


def problems_for_memo(workshop: Workshop) -> list[Problem]:
    """Return what keeps a memo from being made: differences with fewer than two positions.

    Themes that are left out of the memo can't keep it.
    """
    names = {
        Kind.DIVERGENCE: "The divergence",
        Kind.GROUP_DIFFERENCE: "The difference between groups",
    }
    return [
        Problem(
            text=f"{names[Kind(row.kind)]} “{row.claim}” has "
            f"{'only one position' if row.positions.all() else 'no positions'}.",
            theme_id=row.theme_id,
            annotation_id=row.pk,
        )
        for row in sides_missing(workshop)
        .exclude(theme__placement=Placement.OMITTED)
        .prefetch_related("positions")
    ]
