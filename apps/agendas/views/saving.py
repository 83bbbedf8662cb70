"""What pages that write a line of the agenda have in common."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from apps.agendas.forms import RestingForm
from apps.core.exceptions import Conflict, RuleViolation
from apps.participants.models import Participant

# Digits that no version has.
TOO_LONG = 10


@dataclass(frozen=True)
class Taken:
    """What became of a form: what was written, or with which status to show the form again."""

    row: Any = None
    # What someone else wrote meanwhile, by the form's labels.
    theirs: list[tuple[str, str]] | None = None
    status: int = 200


def take(form: RestingForm, write: Callable[[], Any]) -> Taken:
    """Write what `form` says.

    If it was refused (422), or someone else changed the line meanwhile (409), the form keeps
    whatever was typed; after a conflict it replaces knowingly when it is sent again.
    """
    if not form.is_valid():
        return Taken(status=422)
    try:
        return Taken(write())
    except RuleViolation as violation:
        form.refuse(violation)
        return Taken(status=422)
    except Conflict as conflict:
        current: Any = conflict.current
        theirs = form.theirs(current)
        form.catch_up(current)
        return Taken(theirs=theirs, status=409)


def places(request: HttpRequest) -> int:
    """Return by how much a form's button moves a line: up or down by one."""
    return -1 if request.POST.get("to") == "up" else 1


def version_in(request: HttpRequest) -> int | None:
    """Return the version that a plain form carries."""
    version = str(request.POST.get("version", ""))
    return int(version) if version.isdecimal() and len(version) < TOO_LONG else None


def address(actor: Participant, anchor: str, *, arrange: bool = False) -> str:
    """Return where on the agenda a line stands."""
    url = reverse("agendas:agenda", args=[actor.workshop.slug])
    return f"{url}{'?arrange=1' if arrange else ''}#{anchor}"
