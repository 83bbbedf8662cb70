"""What open pages and the history are told of findings and terms."""

import uuid
from collections.abc import Iterator, Mapping

from django.db.models import Model

from apps.annotations.models import (
    Annotation,
    Evidence,
    Position,
    Term,
)
from apps.core.contributions import contribute
from apps.participants.models import Participant
from apps.themes.contributions import COMMENTS, THEMES


@contribute("live:changed", order=50)
def changed(subject: Model, **_: str) -> Iterator[str]:
    """Say that what stands on a theme changed, or a term."""
    if isinstance(subject, (Annotation, Position, Evidence, Term)):
        yield THEMES
        on = subject if isinstance(subject, Annotation) else subject.annotation
        if on is not None and on.theme.published_at is not None:
            yield COMMENTS


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
