"""What is shown of statements elsewhere in a workshop."""

import uuid
from collections.abc import Iterator

from django.urls import reverse

from apps.annotations.contributions.places import address
from apps.annotations.models import SIDED, Annotation, Kind
from apps.annotations.selectors import annotations_visible_to
from apps.annotations.tested import Tested
from apps.core.contributions import NavEntry, Panel, Step, contribute
from apps.core.permissions import allowed
from apps.participants.models import Participant
from apps.statements.models import AskingPlan, Round, RoundState
from apps.statements.selectors import statements_visible_to
from apps.statements.selectors.auditing import Audited, audits_for
from apps.statements.selectors.lists import drawn
from apps.workshops.models import Workshop
from apps.workshops.searching import Hit, Search
from apps.workshops.searching import Kind as Found


@contribute("navigation", order=32)
def statements_entry(actor: Participant) -> Iterator[NavEntry]:
    """Lead to the statements."""
    url = reverse("statements:queue", args=[actor.workshop.slug])
    yield NavEntry("Statements", url, "statements", statements_visible_to(actor))


@contribute("workshops:next", order=35)
def ask(actor: Participant) -> Iterator[Step]:
    """Say which rounds wait to be revealed, and which findings the answers contradict."""
    if not allowed(actor, "statements.ask", actor.workshop):
        return
    url = reverse("statements:queue", args=[actor.workshop.slug])
    waiting = Round.objects.filter(workshop=actor.workshop_id, state=RoundState.CLOSED)
    closed = waiting.filter(statement__withdrawn_at=None).count()
    if closed:
        verb = "statement waits" if closed == 1 else "statements wait"
        yield Step(f"{closed} {verb} to be revealed", url, action="Reveal what the room answered")
    claims = {Kind.CONSENSUS, *SIDED}
    tested = annotations_visible_to(actor).filter(kind__in=claims, tested_by__isnull=False)
    findings = {each.pk: each for each in tested.distinct()}
    audits = audits_for(actor, list(findings.values()))
    against = [findings[key] for key, each in audits.items() if each.contradicts]
    if against:
        text = f"{len(against)} finding{' is' if len(against) == 1 else 's are'} contradicted"
        yield Step(f"{text} by the room’s answers", address(actor.workshop, against[0]))


@contribute("search", order=35)
def found(actor: Participant, search: Search) -> Iterator[Found]:
    """Find statements by their words."""
    if search.wants("statements"):
        words = "text" if allowed(actor, "statements.see_all", actor.workshop) else "asked_words"
        count, best = search.among(statements_visible_to(actor), "statements", text=words)
        hits = [
            Hit(
                statement.pk,
                statement.excerpt,
                reverse("statements:detail", args=[actor.workshop.slug, statement.pk]),
            )
            for statement in best
        ]
        yield Found("statements", "Statements", count, hits)


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
        contradicts=audited.contradicts,
        panel=Panel("statements/tested.html", context),
    )
