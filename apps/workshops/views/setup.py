"""Setting a workshop up."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from apps.core.permissions import require
from apps.workshops import selectors, services
from apps.workshops.actors import Actor
from apps.workshops.forms import BasicsForm, GuidingQuestionForm, SessionForm
from apps.workshops.models import GuidingQuestion
from apps.workshops.pages import edit_page, values_of, workshop_page


@require_safe
@workshop_page
def setup(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show what can be set up, with short forms to add to it."""
    require(actor, "workshops.set_up", actor.workshop)
    context = {
        "section": "overview",
        "sessions": selectors.sessions_of(actor.workshop),
        "session_form": SessionForm(auto_id="session_%s"),
        "questions": selectors.guiding_questions_of(actor.workshop),
        "question_form": GuidingQuestionForm(workshop=actor.workshop, auto_id="question_%s"),
    }
    return render(request, "workshops/setup.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def edit_basics(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Change what the workshop is."""
    form = BasicsForm(request.POST or None, initial=values_of(BasicsForm, actor.workshop))
    return edit_page(
        request,
        actor,
        form,
        save=lambda values: services.edit_basics(actor=actor, **values),
        title="The basics",
        anchor="basics",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def add_session(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Add a session to the day."""
    return edit_page(
        request,
        actor,
        SessionForm(request.POST or None),
        save=lambda values: services.add_session(actor=actor, **values),
        title="A new session",
        anchor="sessions",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def change_session(request: HttpRequest, actor: Actor, session_id: uuid.UUID) -> HttpResponse:
    """Change a session."""
    session = get_object_or_404(selectors.sessions_of(actor.workshop), pk=session_id)
    return edit_page(
        request,
        actor,
        SessionForm(request.POST or None, initial=values_of(SessionForm, session)),
        save=lambda values: services.change_session(actor=actor, session=session, **values),
        title=session.title,
        anchor="sessions",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def add_guiding_question(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Add a question that guides the day."""
    return edit_page(
        request,
        actor,
        GuidingQuestionForm(request.POST or None, workshop=actor.workshop),
        save=lambda values: services.add_guiding_question(actor=actor, **values),
        title="A new guiding question",
        anchor="questions",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def change_guiding_question(
    request: HttpRequest, actor: Actor, question_id: uuid.UUID
) -> HttpResponse:
    """Change a guiding question."""
    question = get_object_or_404(GuidingQuestion, workshop=actor.workshop, pk=question_id)
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
        anchor="questions",
    )
