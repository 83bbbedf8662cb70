"""Whether answers bear a finding out: said by the app that asks the room, shown with findings."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from apps.annotations.models import Annotation
from apps.core.contributions import Panel, contributed
from apps.participants.models import Participant


@dataclass(frozen=True)
class Tested:
    """What answers say of a finding: a word with its shape, why in a sentence, and all of it."""

    label: str
    shape: str
    sentence: str
    # Whether the answers say the opposite of what is written.
    contradicts: bool = False
    # The statements that test it, and how to put another; shown on its card.
    panel: Panel | None = None


def tested(actor: Participant, annotations: Iterable[Annotation]) -> dict[uuid.UUID, Tested]:
    """Return what the apps have to say on which of `annotations`, as far as `actor` may know."""
    found: dict[uuid.UUID, Tested] = {}
    for each in contributed("annotations:tested", actor=actor, annotations=list(annotations)):
        found.update(each)
    return found
