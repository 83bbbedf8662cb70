"""What is kept of people beside findings, what goes, and what stays."""

from collections.abc import Iterator

from apps.annotations.models import (
    AnnotationSupport,
    Evidence,
)
from apps.annotations.selectors.supporting import supports_held
from apps.core.contributions import contribute
from apps.core.holdings import Held, Kept, Removal
from apps.participants.models import Participant
from apps.themes.services.forgetting import supporter, supporters
from apps.workshops.models import Workshop


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
