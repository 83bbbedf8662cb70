"""What is shown of statements elsewhere in a workshop."""

import uuid
from collections.abc import Iterator

from django.urls import reverse

from apps.annotations.models import Annotation
from apps.annotations.tested import Tested
from apps.core.contributions import NavEntry, Panel, contribute
from apps.core.permissions import allowed
from apps.participants.models import Participant
from apps.statements.measures.claims import Outcome
from apps.statements.models import AskingPlan
from apps.statements.selectors import statements_visible_to
from apps.statements.selectors.auditing import Audited, audits_for
from apps.statements.selectors.lists import drawn
from apps.workshops.models import Workshop


@contribute("navigation", order=32)
def statements_entry(actor: Participant) -> Iterator[NavEntry]:
    """Lead to the statements."""
    url = reverse("statements:queue", args=[actor.workshop.slug])
    yield NavEntry("Statements", url, "statements", statements_visible_to(actor))


@contribute("workshops:rule-relied-on", order=55)
def relied_on(workshop: Workshop) -> Iterator[bool]:
    """Say that people have answered by the consensus rule."""
    yield AskingPlan.objects.filter(pk=workshop.pk, first_answer_at__isnull=False).exists()


@contribute("annotations:tested", order=10)
def tested(actor: Participant, annotations: list[Annotation]) -> Iterator[dict[uuid.UUID, Tested]]:
    """Say on each finding what the room's answers say of it, and let the team ask."""
    may_ask = allowed(actor, "statements.edit", actor.workshop)
    audits = audits_for(actor, annotations)
    yield {
        each.pk: _tested(each, audits.get(each.pk, Audited(None, [])), may_ask=may_ask)
        for each in annotations
        if may_ask or (each.pk in audits and audits[each.pk].statements)
    }


def _tested(annotation: Annotation, audited: Audited, *, may_ask: bool) -> Tested:
    found = audited.audit if audited.statements else None
    context = {
        "annotation": annotation,
        "audited": audited,
        "audit": found,
        "rows": [(link, each, drawn(each)) for link, each in audited.statements],
        "may_ask": may_ask,
    }
    return Tested(
        label=found.outcome.label if found else "",
        shape=audited.shape,
        sentence=audited.why if found else "",
        contradicts=found is not None and found.outcome == Outcome.CONTRADICTED,
        panel=Panel("statements/tested.html", context),
    )
