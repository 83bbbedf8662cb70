"""Saying that one thing leads to another, and taking it back."""

from django.db import transaction
from django.db.models import Model

from apps.agendas.models import ENDS, Link
from apps.annotations.services.given import line, refuse
from apps.core import audit
from apps.core.editing import check
from apps.participants.models import Participant
from apps.workshops.services.asking import require_now

ELSEWHERE = "Choose something of this workshop."


@transaction.atomic
def make_link(
    *, actor: Participant, kind: str, source: Model, target: Model, phrase: str = ""
) -> Link:
    """Say that `source` leads to `target`: how, and in which words it was put.

    The facilitation team may, until the workshop is published. Raises `NotPermitted`, and
    `RuleViolation` for something of another workshop, the thing itself, or what is said already.
    """
    require_now(actor, "agendas.edit", actor.workshop)
    link = Link(workshop=actor.workshop, kind=kind, phrase=line(phrase))
    for side, end in (("source", source), ("target", target)):
        if getattr(end, "workshop_id", None) != actor.workshop_id:
            raise refuse(side, ELSEWHERE)
        setattr(link, f"{side}_{_column(end)}", end)
    check(link)
    link.save(force_insert=True)
    audit.record(
        "link.made",
        link,
        actor=actor,
        scope_id=link.workshop_id,
        after={"kind": kind, "source": source, "target": target, "phrase": link.phrase},
    )
    return link


@transaction.atomic
def remove_link(*, actor: Participant, link: Link) -> None:
    """Take back that one thing leads to another; both stay.

    The facilitation team may, until the workshop is published. Raises `NotPermitted`.
    """
    require_now(actor, "agendas.edit", link)
    ends = {
        side: next(pk for name in ENDS if (pk := getattr(link, f"{side}_{name}_id")) is not None)
        for side in ("source", "target")
    }
    audit.record(
        "link.removed",
        link,
        actor=actor,
        scope_id=link.workshop_id,
        before={"kind": link.kind, "phrase": link.phrase, **ends},
    )
    link.delete()


def _column(end: Model) -> str:
    return next(name for name, model in ENDS.items() if isinstance(end, model))
