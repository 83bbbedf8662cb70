"""Proposing a statement, and the team's list of what was proposed."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.core.exceptions import Conflict, RuleViolation
from apps.core.permissions import require
from apps.participants.models import Participant
from apps.statements.forms.proposals import AcceptForm, DeclineForm, ProposalForm
from apps.statements.models import Declined, Proposal, ProposalState
from apps.statements.selectors.proposals import proposals_visible_to, proposed_by
from apps.statements.services.proposals import (
    accept_proposal,
    decline_proposal,
    propose_statement,
)
from apps.workshops.attribution import leaves_no_trace
from apps.workshops.devices import keys_in
from apps.workshops.pages import workshop_page

# Which proposals are theirs, once the team has decided, the browser alone knows.
COOKIE, KEPT, FOR = "proposed", 40, 180 * 24 * 60 * 60


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def propose(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Let a participant propose a statement, and see what became of earlier ones."""
    require(actor, "statements.propose", actor.workshop)
    kept = keys_in(request.COOKIES.get(COOKIE, "").split("."))[-KEPT:]
    if request.method != "POST":
        return _page(request, actor, ProposalForm(actor=actor), kept)
    form = ProposalForm(request.POST, actor=actor)
    status = 422
    if form.is_valid():
        try:
            proposal = propose_statement(actor=actor, **form.cleaned_data)
        except RuleViolation as violation:
            form.refuse(violation)
        except Conflict:
            form.begin_another()
            status = 409
        else:
            messages.success(request, "Proposed. The team decides whether the room is asked.")
            return _keeping(redirect(request.path), request.path, [*kept, proposal.pk])
    return _page(request, actor, form, kept, status=status)


@require_safe
@workshop_page
def proposals(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Show the team what was proposed."""
    require(actor, "statements.read_proposals", actor.workshop)
    return _list(request, actor)


@require_POST
@workshop_page
def accept(request: HttpRequest, actor: Participant, proposal_id: uuid.UUID) -> HttpResponse:
    """Put a proposal in the queue, in its words or others."""
    proposal = get_object_or_404(proposals_visible_to(actor), pk=proposal_id)
    require(actor, "statements.decide_proposals", proposal)
    form = AcceptForm(request.POST)
    if form.is_valid():
        try:
            accept_proposal(actor=actor, proposal=proposal, text=form.cleaned_data["text"])
        except RuleViolation as violation:
            form.refuse(violation)
        else:
            messages.success(request, "In the queue. Nobody is asked before you open it.")
            return redirect("statements:proposals", actor.workshop.slug)
    return _list(request, actor, refused=(proposal, form))


@require_POST
@workshop_page
def decline(request: HttpRequest, actor: Participant, proposal_id: uuid.UUID) -> HttpResponse:
    """Say why a proposal isn't asked."""
    proposal = get_object_or_404(proposals_visible_to(actor), pk=proposal_id)
    require(actor, "statements.decide_proposals", proposal)
    form = DeclineForm(request.POST)
    if form.is_valid():
        decline_proposal(actor=actor, proposal=proposal, why=form.cleaned_data["why"])
        messages.success(request, "Declined. Whoever proposed it finds the reason.")
        return redirect("statements:proposals", actor.workshop.slug)
    return _list(request, actor, refused=(proposal, form))


def _page(
    request: HttpRequest,
    actor: Participant,
    form: ProposalForm,
    kept: list[uuid.UUID],
    *,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "section": "statements",
        "form": form,
        "reasons": Declined.labels,
        "anonymous": leaves_no_trace(actor.workshop),
        "proposed": proposed_by(actor, kept),
    }
    return render(request, "statements/propose.html", context, status=status)


def _list(
    request: HttpRequest,
    actor: Participant,
    *,
    refused: tuple[Proposal, AcceptForm | DeclineForm] | None = None,
) -> HttpResponse:
    proposal, form = refused or (None, None)
    every = list(proposals_visible_to(actor))
    context: dict[str, Any] = {
        "section": "statements",
        "waiting": [each for each in every if each.state == ProposalState.WAITING],
        "decided": [each for each in every if each.state != ProposalState.WAITING],
        "reasons": Declined.choices,
        "refused_id": proposal.pk if proposal else None,
        "refused": form,
    }
    status = 422 if refused else 200
    return render(request, "statements/proposals.html", context, status=status)


def _keeping(answer: HttpResponse, path: str, kept: list[uuid.UUID]) -> HttpResponse:
    """Let the browser keep the ids, and send them to this page alone."""
    answer.set_cookie(
        COOKIE,
        ".".join(each.hex for each in dict.fromkeys(kept[-KEPT:])),
        max_age=FOR,
        path=path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer
