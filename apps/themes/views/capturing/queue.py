"""What devices send of what they kept: notes, thoughts, and what else there are kinds of.

Asked by a script that has to tell being signed out from not being let in from a network that
answers in the server's place: so everything is JSON, and nothing redirects.
"""

import json
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from apps.accounts.exceptions import SecondFactorNeeded
from apps.core.exceptions import NotPermitted
from apps.core.permissions import REFUSAL
from apps.participants.models import Participant
from apps.themes.services.taking import may_send, take
from apps.workshops.devices import NOTHING, Entry, State, Taken, keys_in

AT_ONCE, LARGEST = 50, 1024 * 1024

SIGNED_OUT = "You are signed out."
NOT_HERE = "This workshop isn’t open to you, or not any more."
SOMEBODY_ELSE = "Somebody else is signed in here."
TOO_MUCH = f"At most {AT_ONCE} entries and 1 MiB are taken at once."
UNREADABLE = "This isn’t what the queue of a device sends."
NO_ENTRY = "This can’t be read. Copy its text, and write it once more."


@require_POST
@never_cache
def queue(request: HttpRequest, slug: str) -> JsonResponse:
    """Take entries in the order in which they were written, and say what became of each.

    An answer other than 200 means that nothing was taken.
    """
    actor = _who(request, slug)
    if isinstance(actor, JsonResponse):
        return actor
    if not may_send(actor):
        return _nothing_taken(403, REFUSAL)
    sent = _sent(request)
    if isinstance(sent, JsonResponse):
        return sent
    if sent.get("actor") != str(actor.pk):
        return _nothing_taken(409, SOMEBODY_ELSE)
    entries = sent["entries"]
    readable = [entry for entry in map(_entry, entries) if entry is not None]
    try:
        with timezone.override(actor.workshop.zone):
            taken = take(actor=actor, entries=readable)
    except NotPermitted as refusal:
        return _nothing_taken(403, str(refusal))
    answers = [_answer(entry, one) for entry, one in zip(readable, taken, strict=False)]
    if len(taken) == len(readable):
        answers += [_unreadable(raw) for raw in entries if _entry(raw) is None]
    return JsonResponse({"results": answers})


def _who(request: Any, slug: str) -> Participant | JsonResponse:
    try:
        who: Participant = request.taking_part.in_workshop(slug)
    except Http404:
        signed_out = request.taking_part.is_unknown
        return _nothing_taken(401, SIGNED_OUT) if signed_out else _nothing_taken(404, NOT_HERE)
    except SecondFactorNeeded as needed:
        return _nothing_taken(403, str(needed))
    return who


def _sent(request: HttpRequest) -> dict[str, Any] | JsonResponse:
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST or len(request.body) > LARGEST:
        return _nothing_taken(413, TOO_MUCH)
    try:
        sent = json.loads(request.body)
    except ValueError:
        return _nothing_taken(400, UNREADABLE)
    if not isinstance(sent, dict) or not isinstance(sent.get("entries"), list):
        return _nothing_taken(400, UNREADABLE)
    if len(sent["entries"]) > AT_ONCE:
        return _nothing_taken(413, TOO_MUCH)
    return sent


def _entry(raw: object) -> Entry | None:
    if not isinstance(raw, Mapping) or not isinstance(raw.get("fields"), Mapping):
        return None
    ids = keys_in([raw.get("id")]), keys_in([raw.get("note")])
    if not all(ids):
        return None
    return Entry(
        id=ids[0][0],
        kind=str(raw.get("kind")),
        about=ids[1][0],
        session=next(iter(keys_in([raw.get("session")])), NOTHING),
        fields=raw["fields"],
        written_at=_moment(raw.get("written_at")),
    )


def _moment(value: object) -> Any:
    try:
        moment = parse_datetime(str(value))
    except ValueError:
        return None
    return moment if moment is not None and timezone.is_aware(moment) else None


def _answer(entry: Entry, taken: Taken) -> dict[str, Any]:
    return {
        "id": str(entry.id),
        "state": taken.state,
        "note": str(entry.about),
        "sequence": taken.sequence,
        "change": taken.change,
        "why": taken.why,
        "current": taken.current,
    }


def _unreadable(raw: object) -> dict[str, Any]:
    sent = raw.get("id") if isinstance(raw, Mapping) else None
    return {"id": sent, "state": State.REFUSED, "why": NO_ENTRY}


def _nothing_taken(status: int, why: str) -> JsonResponse:
    return JsonResponse({"why": why}, status=status)
