"""Oneself in a workshop: as whom one is here, what is held, and being erased."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from apps.core.exceptions import Conflict, RuleViolation
from apps.core.holdings import Held, HeldItem
from apps.core.permissions import require
from apps.participants import services
from apps.participants.forms import EraseForm, OneselfForm, values_of_oneself
from apps.participants.models import Participant
from apps.participants.selectors import held_on, is_last_owner, moved_dates, signature
from apps.workshops.pages import own_page
from apps.workshops.rules import TEAM

READ_OR_SEND = ["GET", "HEAD", "POST"]


@require_http_methods(READ_OR_SEND)
@own_page
def oneself(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Show and change as whom one is here, and show all that is held."""
    if request.method != "POST":
        form = OneselfForm(initial=values_of_oneself(actor), participant=actor)
        return _page(request, actor, form)
    require(actor, "participants.change_oneself", actor)
    form = OneselfForm(request.POST, participant=actor)
    if not form.is_valid():
        return _page(request, actor, form, status=422)
    try:
        services.change_oneself(actor=actor, **form.cleaned_data)
    except RuleViolation as violation:
        form.refuse(violation)
        return _page(request, actor, form, status=422)
    except Conflict as conflict:
        current: Any = conflict.current
        form.catch_up(current)
        return _page(request, actor, form, theirs=_differences(form, current), status=409)
    messages.success(request, "Saved.")
    return redirect("participants:oneself", actor.workshop.slug)


@require_safe
@own_page
def held(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Send all that is held as a file that programs can read."""
    answer = JsonResponse(
        {
            "workshop": actor.workshop.title,
            "told_at": timezone.now(),
            "held": {
                each.key: {
                    "title": each.title,
                    "items": [
                        {"text": item.text, "about": item.about, "at": item.at}
                        for item in each.items
                    ],
                    "erasing": each.erased,
                }
                for each in _held(request, actor)
            },
        },
        json_dumps_params={"indent": 2, "ensure_ascii": False},
    )
    name = f"held-on-you-{slugify(actor.workshop.slug)}.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_http_methods(READ_OR_SEND)
@own_page
def erase(request: Any, actor: Participant) -> HttpResponse:
    """Say what goes and what stays, and erase oneself."""
    given = request.POST if request.method == "POST" else None
    form = EraseForm(given, initial={"unanswered": ""})
    if request.method != "POST" or not form.is_valid():
        return _erase_page(request, actor, form)
    try:
        services.forget_person(
            actor=actor, participant=actor, unanswered=form.cleaned_data["unanswered"]
        )
    except RuleViolation as violation:
        form.refuse(violation)
        return _erase_page(request, actor, form)
    request.taking_part.forget(actor.workshop)
    request.session.cycle_key()
    messages.success(request, f"You have been erased from “{actor.workshop}”.")
    known = request.user.is_authenticated
    return redirect("workshops:list" if known else "participants:join")


def _page(
    request: HttpRequest,
    actor: Participant,
    form: OneselfForm,
    *,
    theirs: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    found = _held(request, actor)
    context = {
        "section": "",
        "layout": _layout(actor),
        "form": form,
        "theirs": theirs,
        "shown_as": signature(actor) if actor.is_here else "",
        "is_team": actor.role in TEAM,
        "held": found,
        "not_held": [each.title for each in found if not each.items],
        "moved_dates": moved_dates(actor.workshop) if actor.is_here else [],
    }
    return render(request, "participants/yourself.html", context, status=status)


def _erase_page(request: HttpRequest, actor: Participant, form: EraseForm) -> HttpResponse:
    found = _held(request, actor)
    if not any(each.items for each in found if each.key == "comments"):
        form.fields.pop("unanswered", None)
    context = {
        "section": "",
        "layout": _layout(actor),
        "form": form,
        "held": [each for each in found if each.items],
        "is_last_owner": is_last_owner(actor),
    }
    status = 422 if form.errors else 200
    return render(request, "participants/erase.html", context, status=status)


def _layout(actor: Participant) -> str:
    """Return the frame of a page: whoever isn't in sees nothing else of the workshop."""
    return "layouts/workshop.html" if actor.is_here else "layouts/plain.html"


def _held(request: HttpRequest, actor: Participant) -> list[Held]:
    """Return what is held, with what only the session of this browser knows."""
    found = held_on(actor)
    if actor.user_id is None:
        until = timezone.localtime(request.session.get_expiry_date())
        cookie = HeldItem("A cookie that says who you are here.", about=f"until {until:%-d %B %Y}")
        found.append(Held("browser", "In this browser", [cookie], "Forgotten at once."))
    return found


def _differences(form: OneselfForm, current: Participant) -> list[tuple[str, str]]:
    """Return the label and the present value of each field that `form` would change."""
    now = values_of_oneself(current)
    found = []
    for field in form.visible_fields():
        if str(now[field.name]) != str(form.data.get(field.name, "")):
            choices = dict(getattr(form.fields[field.name], "choices", []))
            value = now[field.name]
            found.append((str(field.label), str(choices.get(value, value))))
    return found
