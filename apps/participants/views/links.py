"""Personal links: making one, sending one, and coming in by one."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.tokens import digest
from apps.core import mail
from apps.core.exceptions import NotPermitted, RuleViolation
from apps.core.permissions import require
from apps.core.qr import qr_code
from apps.participants import services
from apps.participants.forms import AcceptForm, PlaceForm
from apps.participants.models import LinkPurpose, Participant, PersonalLink
from apps.participants.selectors import (
    open_link_of,
    terms_of,
    usable_link,
    without_account_in,
)
from apps.workshops.models import Role
from apps.workshops.pages import workshop_page
from apps.workshops.rules import TEAM

READ_OR_SEND = ["GET", "HEAD", "POST"]
# The digest of the link that this browser opened. The token itself is kept nowhere.
KEPT = "link"


@never_cache
@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Remember which link was opened, and lead to an address that doesn't hold it.

    Nothing is used up: those who scan mail follow links.
    """
    request.session.pop(KEPT, None)
    kept = digest(token)
    if usable_link(kept) is not None:
        request.session[KEPT] = kept
    response = redirect("participants:use_link")
    response["Referrer-Policy"] = "no-referrer"
    return response


@never_cache
@require_http_methods(READ_OR_SEND)
def use_link(request: Any) -> HttpResponse:
    """Say whom the link lets in and what coming in means, and let them in when they ask."""
    kept = str(request.session.get(KEPT, ""))
    link = usable_link(kept)
    if link is None:
        return render(request, "participants/link_over.html", status=410)
    participant = link.participant
    known = request.taking_part.behind(slug=participant.workshop.slug)
    if known is not None and known.pk == participant.pk:
        messages.info(request, "You are in on this device. The link still works on another one.")
        return redirect("workshops:overview", participant.workshop.slug)
    form = AcceptForm(
        request.POST or None, participant=participant, is_in_already=_may_leave(known)
    )
    by_account = known is not None and known.user_id is not None and known.is_here
    if request.method == "POST" and not by_account and form.is_valid():
        return _use(request, link, form, known=known)
    return _link_page(request, link, form, by_account=by_account)


def _use(
    request: Any, link: PersonalLink, form: AcceptForm, *, known: Participant | None
) -> HttpResponse:
    given = dict(form.cleaned_data)
    leaves = known if given.pop("earlier", False) else None
    with_account = request.user.is_authenticated and "with_account" in request.POST
    user = request.user if with_account else None
    try:
        participant = services.use_link(
            kept=link.digest, user=user, waited=known, leaves=leaves, **given
        )
    except services.LinkOver:
        return render(request, "participants/link_over.html", status=410)
    except (NotPermitted, RuleViolation) as refusal:
        form.add_error(None, str(refusal))
        return _link_page(request, link, form)
    del request.session[KEPT]
    if user is None:
        request.taking_part.remember(participant)
    else:
        request.session.cycle_key()
    return redirect("workshops:overview", participant.workshop.slug)


def _may_leave(known: Participant | None) -> bool:
    """Say whether this browser is in already as somebody who joined by the code."""
    return (
        known is not None
        and known.is_here
        and known.user_id is None
        and known.role == Role.PARTICIPANT
    )


def _link_page(
    request: Any, link: PersonalLink, form: AcceptForm, *, by_account: bool = False
) -> HttpResponse:
    participant = link.participant
    context = {
        "workshop": participant.workshop,
        "participant": participant,
        "is_invitation": link.purpose == LinkPurpose.INVITATION,
        "form": form,
        "terms": terms_of(participant.workshop, of_team=participant.role in TEAM),
        "is_told": participant.consented_at is not None,
        "by_account": by_account,
        "must_sign_in": services.must_sign_in(participant),
    }
    status = 200 if request.method != "POST" else 422
    return render(request, "participants/link.html", context, status=status)


@require_http_methods(READ_OR_SEND)
@workshop_page
def invitation(request: HttpRequest, actor: Participant, participant_id: uuid.UUID) -> HttpResponse:
    """Send somebody on the list a personal link, or make one to copy."""
    require(actor, "participants.admit", actor.workshop)
    participant = get_object_or_404(without_account_in(actor.workshop), pk=participant_id)
    require(actor, "participants.invite", participant)
    context: dict[str, Any] = {"section": "people", "participant": participant}
    status = 200
    if request.method == "POST":
        try:
            if "send" in request.POST:
                services.send_invitation(
                    actor=actor, participant=participant, site=site_of(request)
                )
                messages.success(request, "The link is on its way.")
                return redirect("participants:invitation", actor.workshop.slug, participant.pk)
            path = services.invite(actor=actor, participant=participant)
            context["url"] = request.build_absolute_uri(path)
        except RuleViolation as violation:
            context["refused"], status = str(violation), 422
    link = open_link_of(participant, LinkPurpose.INVITATION)
    if link is not None:
        context |= {"link": link, "undelivered": bool(mail.undelivered([link.pk]))}
    return render(request, "participants/invitation.html", context, status=status)


@require_http_methods(READ_OR_SEND)
@workshop_page
def keep_place(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Make a link that leads back to one's own place: to copy, to scan, or by e-mail."""
    require(actor, "participants.keep_place", actor.workshop)
    form = PlaceForm(request.POST if "send" in request.POST else None)
    context: dict[str, Any] = {"section": "", "form": form}
    if request.method == "POST" and not form.is_bound:
        url = request.build_absolute_uri(services.keep_place(actor=actor))
        link = open_link_of(actor, LinkPurpose.KEEP_PLACE)
        context |= {"url": url, "qr": qr_code(url), "until": link.expires_at if link else None}
    elif form.is_bound and form.is_valid():
        try:
            services.send_place(actor=actor, site=site_of(request), **form.cleaned_data)
        except RuleViolation as violation:
            form.refuse(violation)
        else:
            messages.success(request, "The link is on its way. The address isn’t kept.")
            return redirect("participants:keep_place", actor.workshop.slug)
    status = 422 if form.errors else 200
    return render(request, "participants/keep_place.html", context, status=status)


def site_of(request: HttpRequest) -> str:
    """Return the address that this site is reached at, without a slash at its end."""
    return request.build_absolute_uri("/").rstrip("/")
