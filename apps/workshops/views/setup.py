"""The set-up as a list of tasks, and its first one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from apps.core.permissions import require
from apps.workshops import selectors, services
from apps.workshops.actors import Actor
from apps.workshops.forms import BasicsForm
from apps.workshops.pages import edit_page, setup_task, values_of, workshop_page


@require_safe
@workshop_page
def setup(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show what there is to set up, and how far each of it is."""
    require(actor, "workshops.set_up", actor.workshop)
    context = {"section": "overview", "tasks": selectors.tasks_for(actor)}
    return render(request, "workshops/setup/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def edit_basics(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Change what the workshop is."""
    return edit_page(
        request,
        actor,
        BasicsForm(request.POST or None, initial=values_of(BasicsForm, actor.workshop)),
        save=lambda values: services.edit_basics(actor=actor, **values),
        title="The basics",
        back=setup_task(actor, "basics"),
    )
