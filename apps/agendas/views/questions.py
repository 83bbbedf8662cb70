"""Writing research questions."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from apps.agendas.forms import QuestionForm, initial_of
from apps.agendas.models import ResearchQuestion
from apps.agendas.selectors import questions_visible_to
from apps.agendas.services import (
    move_question,
    raise_question,
    revise_question,
    withdraw_question,
)
from apps.agendas.views.saving import Taken, address, places, take, version_in
from apps.core.exceptions import Conflict
from apps.core.permissions import require
from apps.participants.models import Participant
from apps.workshops.pages import workshop_page


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def new(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Add a question, or a part of the one that the address names."""
    require(actor, "agendas.edit", actor.workshop)
    if request.method != "POST":
        initial = {"parent": request.GET.get("parent")}
        return _page(request, QuestionForm(initial=initial, actor=actor))
    form = QuestionForm(request.POST, actor=actor)
    taken = take(form, lambda: raise_question(actor=actor, **form.given()))
    if taken.row is None:
        return _page(request, form, taken=taken)
    return redirect(address(actor, f"question-{taken.row.pk}"))


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def edit(request: HttpRequest, actor: Participant, question_id: uuid.UUID) -> HttpResponse:
    """Change what a question says, where it stands and what it comes from."""
    question = get_object_or_404(questions_visible_to(actor), pk=question_id)
    require(actor, "agendas.edit", question)
    if request.method != "POST":
        initial = initial_of(question, ["version", *QuestionForm.base_fields])
        form = QuestionForm(initial=initial, actor=actor, question=question)
        return _page(request, form, question)
    form = QuestionForm(request.POST, actor=actor, question=question)
    taken = take(form, lambda: revise_question(actor=actor, question=question, **form.cleaned_data))
    if taken.row is None:
        return _page(request, form, question, taken)
    return redirect(address(actor, f"question-{question.pk}"))


@require_POST
@workshop_page
def move(request: HttpRequest, actor: Participant, question_id: uuid.UUID) -> HttpResponse:
    """Move a question up or down among those beside it."""
    question = get_object_or_404(questions_visible_to(actor), pk=question_id)
    move_question(actor=actor, question=question, by=places(request))
    return redirect(address(actor, f"question-{question.pk}", arrange=True))


@require_POST
@workshop_page
def withdraw(request: HttpRequest, actor: Participant, question_id: uuid.UUID) -> HttpResponse:
    """Remove a question with its parts."""
    question = get_object_or_404(questions_visible_to(actor), pk=question_id)
    try:
        withdraw_question(actor=actor, question=question, version=version_in(request))
    except Conflict:
        messages.warning(
            request, "Not removed: someone changed the question meanwhile. Look at it again."
        )
        return redirect("agendas:question-edit", actor.workshop.slug, question.pk)
    messages.success(request, f"Removed “{question.text}”. It stays in the history.")
    return redirect(address(actor, "questions"))


def _page(
    request: HttpRequest,
    form: QuestionForm,
    question: ResearchQuestion | None = None,
    taken: Taken = Taken(),  # noqa: B008 - frozen
) -> HttpResponse:
    context: dict[str, Any] = {
        "section": "agenda",
        "form": form,
        "question": question,
        "part_count": question.parts.count() if question else 0,
        "theirs": taken.theirs,
    }
    return render(request, "agendas/question.html", context, status=taken.status)
