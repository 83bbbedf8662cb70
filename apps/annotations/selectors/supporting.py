"""Which findings somebody supports, for themselves to read."""

from apps.annotations.models import Annotation
from apps.annotations.selectors.findings import annotations_visible_to
from apps.core.holdings import Held
from apps.participants.models import Participant
from apps.themes.selectors.supporting import held_as_numbers


def supports_held(participant: Participant) -> Held:
    """Return the findings that `participant` supports and may read."""
    here = participant.is_here
    findings = annotations_visible_to(participant) if here else Annotation.objects.none()
    given = findings.filter(supports__participant=participant)
    return held_as_numbers("finding", [annotation.claim for annotation in given])
