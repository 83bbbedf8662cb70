"""The queue of statements, and one of them."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.annotations.selectors.wording_help import names_known_to
from apps.core.exceptions import Conflict, RuleViolation
from apps.core.permissions import allowed, require
from apps.participants.models import Participant
from apps.statements import services
from apps.statements.advice import advise
from apps.statements.forms import LinkForm, NewStatementForm, StatementForm
from apps.statements.models import RoundState, Statement
from apps.statements.selectors import (
    by_state,
    last_revealed_in,
    plan_of,
    queue_of,
    statements_visible_to,
    tests_visible_to,
)
from apps.statements.selectors.answering import left_to_answer
from apps.statements.selectors.lists import ORDERS, drawn, in_order, rounds_of
from apps.statements.selectors.plans import how_it_is_asked
from apps.statements.selectors.proposals import anything_proposed
from apps.statements.selectors.rounds import to_ask_again
from apps.themes.selectors import themes_visible_to
from apps.workshops.pages import places_in, version_in, workshop_page

# So many results are a page's worth.
A_PAGE = 25
WAITING = (RoundState.DRAFT, RoundState.OPEN, RoundState.CLOSED)


@require_safe
@workshop_page
def queue(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Show what is asked, what was and what will be."""
    to_answer, asked_count = left_to_answer(actor)
    order = request.GET.get("order", "")
    order = order if order in ORDERS else "queue"
    page = Paginator(in_order(actor.workshop, order), A_PAGE).get_page(request.GET.get("page"))
    results = last_revealed_in(actor.workshop, tuple(page))
    context: dict[str, Any] = {
        "section": "statements",
        "to_answer": to_answer,
        "asked_count": asked_count,
        "revealed": [(results[pk], drawn(results[pk], by_group=False)) for pk in page],
        "page": page,
        "order": order,
        "orders": ORDERS.items(),
        "settled": how_it_is_asked(actor.workshop),
        **_of_the_team(actor),
    }
    return render(request, "statements/queue.html", context)


def _of_the_team(actor: Participant) -> dict[str, Any]:
    """Return what waits to be asked, closed or revealed, for those who ask."""
    if not allowed(actor, "statements.see_all", actor.workshop):
        return {}
    waiting = by_state(queue_of(actor, states=WAITING, withdrawn=False))
    going = waiting[RoundState.OPEN] or waiting[RoundState.CLOSED]
    return {
        **{state: waiting[state] for state in WAITING},
        "proposals": anything_proposed(actor),
        "withdrawn": queue_of(actor, withdrawn=True),
        "again": [] if going else to_ask_again(actor.workshop, plan_of(actor.workshop)),
    }


@require_safe
@workshop_page
def wording(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Say what could be better about the words of a statement, while they are written."""
    require(actor, "statements.edit", actor.workshop)
    advice = advise(request.GET.get("text", ""), names=names_known_to(actor))
    return render(request, "statements/advice.html", {"advice": advice})


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def new(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Put a statement: fresh, or from a finding or position that the address names."""
    require(actor, "statements.edit", actor.workshop)
    if request.method != "POST":
        form = NewStatementForm(initial=_suggested(request, actor), actor=actor)
        return _form_page(request, form)
    form = NewStatementForm(request.POST, actor=actor)
    if form.is_valid():
        try:
            statement = services.put_statement(actor=actor, **form.given())
        except RuleViolation as violation:
            form.refuse(violation)
        else:
            messages.success(request, "Put in the queue. Nobody is asked before you open it.")
            return redirect("statements:detail", actor.workshop.slug, statement.pk)
    return _form_page(request, form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def edit(request: HttpRequest, actor: Participant, statement_id: uuid.UUID) -> HttpResponse:
    """Change the words of a statement, its theme or its answers."""
    statement = get_object_or_404(statements_visible_to(actor), pk=statement_id)
    require(actor, "statements.edit", statement)
    if request.method != "POST":
        initial = {name: getattr(statement, name) for name in StatementForm.base_fields}
        return _form_page(request, StatementForm(initial=initial, actor=actor), statement)
    form = StatementForm(request.POST, actor=actor)
    status, theirs = 422, None
    if form.is_valid():
        try:
            services.revise_statement(actor=actor, statement=statement, **form.cleaned_data)
        except RuleViolation as violation:
            form.refuse(violation)
        except Conflict as conflict:
            theirs, status = conflict.current, 409
            form.catch_up(conflict.current)  # type: ignore[arg-type]
        else:
            return redirect("statements:detail", actor.workshop.slug, statement.pk)
    return _form_page(request, form, statement, theirs=theirs, status=status)


@require_safe
@workshop_page
def detail(request: HttpRequest, actor: Participant, statement_id: uuid.UUID) -> HttpResponse:
    """Show one statement: its wordings, its rounds, what it tests."""
    statement = get_object_or_404(statements_visible_to(actor), pk=statement_id)
    [queued] = queue_of(actor, only=statement.pk)
    context = {
        "section": "statements",
        "statement": statement,
        "queued": queued,
        "tests": list(tests_visible_to(actor).filter(statement=statement)),
        "plan": plan_of(actor.workshop),
        "rounds": rounds_of(actor.workshop, statement),
        "theme": themes_visible_to(actor).filter(statements=statement).first(),
        "link_form": LinkForm(actor=actor),
    }
    return render(request, "statements/detail.html", context)


@require_POST
@workshop_page
def move(request: HttpRequest, actor: Participant, statement_id: uuid.UUID) -> HttpResponse:
    """Move a statement up or down in the queue."""
    statement = get_object_or_404(statements_visible_to(actor), pk=statement_id)
    services.move_statement(actor=actor, statement=statement, by=places_in(request))
    return redirect("statements:queue", actor.workshop.slug)


@require_POST
@workshop_page
def withdraw(request: HttpRequest, actor: Participant, statement_id: uuid.UUID) -> HttpResponse:
    """Ask a statement no more."""
    statement = get_object_or_404(statements_visible_to(actor), pk=statement_id)
    try:
        services.withdraw_statement(actor=actor, statement=statement, version=version_in(request))
    except RuleViolation as violation:
        messages.warning(request, str(violation))
    except Conflict:
        messages.warning(request, "Not withdrawn: someone changed it meanwhile. Look again.")
    else:
        messages.success(request, f"Withdrawn: “{statement.text}”.")
        return redirect("statements:queue", actor.workshop.slug)
    return redirect("statements:detail", actor.workshop.slug, statement.pk)


@require_POST
@workshop_page
def bring_back(request: HttpRequest, actor: Participant, statement_id: uuid.UUID) -> HttpResponse:
    """Let a withdrawn statement be asked again."""
    statement = get_object_or_404(statements_visible_to(actor), pk=statement_id)
    services.bring_back_statement(actor=actor, statement=statement)
    messages.success(request, "It can be asked again.")
    return redirect("statements:detail", actor.workshop.slug, statement.pk)


def _suggested(request: HttpRequest, actor: Participant) -> dict[str, Any]:
    """Return what a statement that tests the named finding, or position, would say."""
    form = NewStatementForm(request.GET, actor=actor)
    form.is_valid()
    found = form.cleaned_data
    values: dict[str, Any] = {"scale": plan_of(actor.workshop).scale, "direction": "agree"}
    annotation = found.get("annotation")
    if annotation is None:
        return values | {"theme": found.get("theme")}
    position = annotation.positions.filter(pk=found.get("position")).first()
    return values | {
        "annotation": annotation,
        "position": position.pk if position else None,
        "theme": annotation.theme_id,
        "text": (position.text or position.label) if position else annotation.claim,
    }


def _form_page(
    request: HttpRequest,
    form: StatementForm,
    statement: Statement | None = None,
    *,
    theirs: object = None,
    status: int = 200,
) -> HttpResponse:
    context = {"section": "statements", "form": form, "statement": statement, "theirs": theirs}
    return render(request, "statements/form.html", context, status=status)
