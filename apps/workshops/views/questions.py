"""Setting up the guiding questions."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.core.permissions import require
from apps.workshops import selectors, services
from apps.workshops.actors import Actor
from apps.workshops.forms import GuidingQuestionForm, GuidingQuestionsForm
from apps.workshops.models import GuidingQuestion
from apps.workshops.pages import (
    Removal,
    edit_page,
    places_in,
    values_of,
    version_in,
    workshop_page,
)

READ_OR_SEND = ["GET", "HEAD", "POST"]


@require_safe
@workshop_page
def questions(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the questions that guide the day."""
    require(actor, "workshops.set_up", actor.workshop)
    context = {
        "section": "overview",
        "title": "Guiding questions",
        "questions": selectors.guiding_questions_of(actor.workshop),
        "arrange": "arrange" in request.GET,
    }
    return render(request, "workshops/setup/questions.html", context)


@require_http_methods(READ_OR_SEND)
@workshop_page
def add_guiding_questions(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Add questions, one a line."""
    return edit_page(
        request,
        actor,
        GuidingQuestionsForm(
            request.POST or None,
            workshop=actor.workshop,
            initial={"parent": request.GET.get("parent")},
        ),
        save=lambda values: services.add_guiding_questions(actor=actor, **values),
        title="New guiding questions",
        **_under(actor),
    )


@require_http_methods(READ_OR_SEND)
@workshop_page
def change_guiding_question(
    request: HttpRequest, actor: Actor, question_id: uuid.UUID
) -> HttpResponse:
    """Change a guiding question."""
    question = _found(actor, question_id)
    form = GuidingQuestionForm(
        request.POST or None,
        workshop=actor.workshop,
        question=question,
        initial=values_of(GuidingQuestionForm, question),
    )
    return edit_page(
        request,
        actor,
        form,
        save=lambda values: services.change_guiding_question(
            actor=actor, question=question, **values
        ),
        title="A guiding question",
        removal=Removal(
            "question",
            reverse("workshops:remove_guiding_question", args=[actor.workshop.slug, question.pk]),
            note=selectors.what_goes_with(question),
        ),
        **_under(actor),
    )


@require_POST
@workshop_page
def move_guiding_question(
    request: HttpRequest, actor: Actor, question_id: uuid.UUID
) -> HttpResponse:
    """Move a guiding question up or down among those beside it."""
    question = _found(actor, question_id)
    services.move_guiding_question(actor=actor, question=question, by=places_in(request))
    return redirect(f"{_under(actor)['back']}?arrange=1#question-{question.pk}")


@require_POST
@workshop_page
def remove_guiding_question(
    request: HttpRequest, actor: Actor, question_id: uuid.UUID
) -> HttpResponse:
    """Remove a guiding question with its parts."""
    question = _found(actor, question_id)
    services.remove_guiding_question(actor=actor, question=question, version=version_in(request))
    messages.success(request, "Removed the question. It stays in the history.")
    return redirect(_under(actor)["back"])


def _found(actor: Actor, question_id: uuid.UUID) -> GuidingQuestion:
    return get_object_or_404(GuidingQuestion, workshop=actor.workshop, pk=question_id)


def _under(actor: Actor) -> dict[str, Any]:
    url = reverse("workshops:questions", args=[actor.workshop.slug])
    return {"back": url, "trail": [("Guiding questions", url)]}
