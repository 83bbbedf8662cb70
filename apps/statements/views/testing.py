"""Saying which finding a statement tests."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from apps.core.exceptions import RuleViolation
from apps.core.permissions import require
from apps.participants.models import Participant
from apps.statements import services
from apps.statements.forms import LinkForm
from apps.statements.selectors import statements_visible_to, tests_visible_to
from apps.workshops.pages import workshop_page


@require_POST
@workshop_page
def link(request: HttpRequest, actor: Participant, statement_id: uuid.UUID) -> HttpResponse:
    """Let a statement test a finding."""
    statement = get_object_or_404(statements_visible_to(actor), pk=statement_id)
    require(actor, "statements.edit", statement)
    form = LinkForm(request.POST, actor=actor)
    if form.is_valid():
        try:
            services.link_statement(actor=actor, statement=statement, **form.cleaned_data)
        except RuleViolation as violation:
            messages.warning(request, str(violation))
    else:
        messages.warning(request, "Choose the finding that it tests.")
    return redirect("statements:detail", actor.workshop.slug, statement.pk)


@require_POST
@workshop_page
def unlink(
    request: HttpRequest, actor: Participant, statement_id: uuid.UUID, test_id: uuid.UUID
) -> HttpResponse:
    """Let a statement no longer test a finding."""
    found = get_object_or_404(tests_visible_to(actor), pk=test_id, statement=statement_id)
    services.unlink_statement(actor=actor, link=found)
    messages.success(request, "It doesn’t test that finding any more.")
    return redirect("statements:detail", actor.workshop.slug, statement_id)
