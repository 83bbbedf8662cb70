"""What pages inside a workshop go through: finding out who asks, and editing one thing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from apps.accounts.exceptions import SecondFactorNeeded
from apps.accounts.pages import to_second_factor
from apps.core.exceptions import Conflict, RuleViolation
from apps.core.forms import VersionedForm
from apps.core.permissions import require
from apps.workshops.actors import Actor

# Digits that no version has.
TOO_LONG = 11


def workshop_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Call `view(request, actor, …)` with whoever asks, as who they are in the workshop `slug`.

    "Not yours" and "not there" are the same 404; someone unknown is asked to sign in first,
    whatever the address, and who needs a second step at sign-in to set it up. Hours are told in
    the workshop's time zone.
    """
    return _page(view, "in_workshop")


def own_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """As `workshop_page`, also for somebody who waits to be let in, or was removed.

    For pages about them and nothing else: `actor` may be somebody who doesn't take part.
    """
    return _page(view, "oneself_in")


def _page(view: Callable[..., HttpResponse], whom: str) -> Callable[..., HttpResponse]:
    @wraps(view)
    @never_cache
    def page(request: Any, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            actor = getattr(request.taking_part, whom)(slug)
        except Http404:
            if request.taking_part.is_unknown:
                return redirect_to_login(request.get_full_path())
            raise
        except SecondFactorNeeded:
            if request.method in {"GET", "HEAD"} and not is_htmx(request):
                return to_second_factor(request)
            raise
        request.actor = actor
        with timezone.override(actor.workshop.zone):
            return view(request, actor, *args, **kwargs)

    return page


def is_htmx(request: HttpRequest) -> bool:
    """Say whether htmx asks for a part of a page (and not for a boosted whole)."""
    htmx: Any = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.boosted


def values_of(form: type[VersionedForm], row: Model) -> dict[str, Any]:
    """Return what `row` holds for the fields of `form`."""
    return {name: getattr(row, name) for name in form.base_fields}


@dataclass(frozen=True)
class Removal:
    """How what a page edits can be removed: `url` takes it away, or `stays` says why not."""

    what: str
    url: str
    note: str = ""
    stays: str = ""


def edit_page(
    request: HttpRequest,
    actor: Actor,
    form: VersionedForm,
    *,
    save: Callable[[dict[str, Any]], object],
    title: str,
    back: str,
    trail: Sequence[tuple[str, str]] = (),
    template: str = "workshops/setup/edit.html",
    **context: Any,
) -> HttpResponse:
    """Show `form` on a page of its own; `save` what it took, and lead `back`.

    What a service refuses stands at its field, and after a conflict both texts stand side by side.
    `trail` are the pages between the set-up and this one, each with its address. Who may not set
    up is refused before the form is looked at.
    """
    require(actor, "workshops.set_up", actor.workshop)
    context |= {"form": form, "title": title, "back": back, "trail": trail, "section": "overview"}
    if not form.is_bound:
        return render(request, template, context)
    status = 422
    if form.is_valid():
        given = {k: v for k, v in form.cleaned_data.items() if k != "version" or v is not None}
        try:
            save(given)
        except RuleViolation as violation:
            form.refuse(violation)
        except Conflict as conflict:
            current: Any = conflict.current
            context["theirs"] = _differences(form, current)
            form.catch_up(current)
            status = 409
        else:
            return redirect(back)
    return render(request, template, context, status=status)


def setup_task(actor: Actor, name: str) -> str:
    """Return where task `name` stands on the set-up page."""
    return f"{reverse('workshops:setup', args=[actor.workshop.slug])}#task-{name}"


def version_in(request: HttpRequest) -> int | None:
    """Return the version that a plain form carries, such as one that removes something."""
    version = str(request.POST.get("version", ""))
    return int(version) if version.isdecimal() and len(version) < TOO_LONG else None


def places_in(request: HttpRequest) -> int:
    """Return by how much a form's button moves a line: up or down by one."""
    return -1 if request.POST.get("to") == "up" else 1


def _differences(form: VersionedForm, current: Any) -> list[tuple[str, Any]]:
    """Return the label and the present value of each field that `form` would change."""
    found = []
    for field in form.visible_fields():
        value = getattr(current, field.name, form.cleaned_data[field.name])
        if value != form.cleaned_data[field.name]:
            shown = getattr(current, f"get_{field.name}_display", lambda value=value: value)()
            if isinstance(shown, bool):
                shown = "yes" if shown else "no"
            found.append((str(field.label), shown))
    return found
