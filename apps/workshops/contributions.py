"""What this app shows on the pages inside a workshop."""

from collections.abc import Iterator

from django.urls import reverse

from apps.core.contributions import NavEntry, Step, contribute
from apps.core.permissions import allowed
from apps.workshops.actors import Actor
from apps.workshops.models import Phase
from apps.workshops.selectors import phase_after, questions_with_parts


@contribute("navigation", order=10)
def overview(actor: Actor) -> Iterator[NavEntry]:
    """Lead to the overview."""
    url = reverse("workshops:overview", args=[actor.workshop.slug])
    yield NavEntry("Overview", url, "overview")


@contribute("workshops:next", order=10)
def questions_are_asked(actor: Actor) -> Iterator[Step]:
    """Ask the owner for the questions that guide the day."""
    if not allowed(actor, "workshops.set_up", actor.workshop):
        return
    url = f"{reverse('workshops:setup', args=[actor.workshop.slug])}#questions"
    if questions_with_parts(actor.workshop).exists():
        yield Step("The guiding questions are there", url, done=True)
    else:
        action = "Add the guiding questions" if actor.workshop.phase == Phase.SETTING_UP else ""
        yield Step("No guiding questions yet", url, action=action)


@contribute("workshops:next", order=90)
def phase_moves_on(actor: Actor) -> Iterator[Step]:
    """Lead those who may to the next phase, after all else; nobody must archive anything."""
    phase = phase_after(actor.workshop)
    if phase in {None, Phase.ARCHIVED}:
        return
    if phase and allowed(actor, "workshops.move_phase", actor.workshop):
        url = f"{reverse('workshops:overview', args=[actor.workshop.slug])}#phase"
        yield Step(f"Then go on to “{phase.label}”", url, action=f"Go on to “{phase.label}”")
