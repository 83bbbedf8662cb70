"""Which section of the memo a theme goes to."""

import uuid
from collections.abc import Iterable

from apps.core.contributions import contributed
from apps.themes.facts import Derived, Placed
from apps.themes.models import Placement, Theme

UNDECIDED = Derived(Placement.CONTEXT, "it holds neither a consensus nor a divergence")


def placements(themes: Iterable[Theme]) -> dict[uuid.UUID, Placed]:
    """Return where in the memo each of `themes` goes: by hand, or by what it holds."""
    rows = list(themes)
    derived: dict[uuid.UUID, Derived] = {}
    for found in contributed("themes:placement", themes=rows):
        derived.update(found)
    return {theme.pk: _placed(theme, derived.get(theme.pk)) for theme in rows}


def _placed(theme: Theme, derived: Derived | None) -> Placed:
    chosen = Placement(theme.placement)
    if chosen == Placement.AUTO:
        found = derived or UNDECIDED
        return Placed(found.section, because=found.because, although=found.although)
    if chosen == Placement.OMITTED or derived is None:
        return Placed(chosen, by_hand=True)
    if derived.section == chosen:
        return Placed(chosen, by_hand=True, although=derived.although)
    return Placed(chosen, by_hand=True, contradiction=derived.because, instead=derived.section)
