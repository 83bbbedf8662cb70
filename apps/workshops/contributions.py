"""What this app shows on the pages inside a workshop."""

import uuid
from collections.abc import Iterator, Mapping

from django.db.models import Model
from django.urls import reverse

from apps.core.contributions import NavEntry, Panel, Step, Task, TaskState, contribute
from apps.core.holdings import Kept
from apps.core.permissions import allowed
from apps.workshops import set_up
from apps.workshops.actors import Actor
from apps.workshops.coverage import gaps
from apps.workshops.models import GuidingQuestion, Organisation, Phase, Session, Workshop
from apps.workshops.selectors import phase_after, room_of, tasks_for

# What open pages hear of: where the room is, what is switched on there, the phase.
DAY = "day"


@contribute("navigation", order=10)
def overview(actor: Actor) -> Iterator[NavEntry]:
    """Lead to the overview."""
    url = reverse("workshops:overview", args=[actor.workshop.slug])
    yield NavEntry("Overview", url, "overview")


@contribute("navigation", order=900)
def search(actor: Actor) -> Iterator[NavEntry]:
    """Lead to what can be found."""
    url = reverse("workshops:search", args=[actor.workshop.slug])
    yield NavEntry("Search", url, "search", key="/")


@contribute("live:topics", order=10)
def everybody_hears(**_: Actor) -> Iterator[str]:
    """Tell everybody who is here that the room moved on."""
    yield DAY


@contribute("live:changed", order=10)
def the_day_changed(subject: Model, **_: str) -> Iterator[str]:
    """Say that pages which show the day show it otherwise."""
    if isinstance(subject, (Workshop, Session)):
        yield DAY


@contribute("workshops:room", order=10)
def where_the_room_is(actor: Actor) -> Iterator[Panel]:
    """Show on any page where the room is, and to the team how to move it."""
    yield Panel("workshops/room_here.html", {"room": room_of(actor.workshop)})


@contribute("workshops:overview_aside", order=20)
def left_lying(actor: Actor) -> Iterator[Panel]:
    """Count for the team what was left lying, of each kind."""
    if allowed(actor, "workshops.see_coverage", actor.workshop):
        found = [gap for gap in gaps(actor) if gap.count]
        if found:
            total = sum(gap.count for gap in found)
            yield Panel("workshops/coverage_panel.html", {"gaps": found, "total": total})


@contribute("workshops:setup", order=10)
def what_the_day_is(actor: Actor) -> Iterator[Task]:
    """Let the owner say what the workshop is, and who is behind it."""
    workshop = actor.workshop
    yield set_up.basics(workshop)
    yield set_up.sessions(workshop)
    yield set_up.questions(workshop)
    yield set_up.organisations(workshop)


@contribute("workshops:setup", order=60)
def its_rules(actor: Actor) -> Iterator[Task]:
    """Let the owner say who may be named, and what counts as consensus."""
    yield set_up.attribution(actor.workshop)
    yield set_up.consensus(actor.workshop)


@contribute("workshops:setup", order=90)
def what_is_deleted(actor: Actor) -> Iterator[Task]:
    """Let the owner say what is deleted when."""
    yield set_up.privacy(actor.workshop)


@contribute("workshops:next", order=10)
def set_up_goes_on(actor: Actor) -> Iterator[Step]:
    """Ask the owner for what the day would be the poorer without."""
    if not allowed(actor, "workshops.set_up", actor.workshop):
        return
    missing = [task for task in tasks_for(actor) if task.state == TaskState.TO_DO]
    setting_up = actor.workshop.phase == Phase.SETTING_UP
    for task in missing:
        text = f"{task.title}: {task.summary}"
        yield Step(text, task.url, action=task.action if setting_up else "")
    if not missing:
        url = reverse("workshops:setup", args=[actor.workshop.slug])
        yield Step("All that is needed is set up", url, done=True)


@contribute("workshops:next", order=90)
def phase_moves_on(actor: Actor) -> Iterator[Step]:
    """Lead those who may to the next phase, after all else; nobody must archive anything."""
    phase = phase_after(actor.workshop)
    if phase in {None, Phase.ARCHIVED}:
        return
    if phase and allowed(actor, "workshops.move_phase", actor.workshop):
        url = f"{reverse('workshops:overview', args=[actor.workshop.slug])}#phase"
        yield Step(f"Then go on to “{phase.label}”", url, action=f"Go on to “{phase.label}”")


@contribute("history:verbs", order=10)
def told() -> Iterator[dict[str, str]]:
    """Say what was done with the workshop, its sessions, questions and organisations."""
    yield {
        "workshop.started": "started the workshop",
        "workshop.changed": "changed the basics",
        "workshop.phase_moved": "moved the workshop to another phase",
        "workshop.deletion_date_changed": "changed the day of deletion",
        "workshop.purged": "deleted what is personal",
        "workshop.loaded": "loaded the workshop",
        "session.added": "added the session {subject}",
        "session.changed": "changed the session {subject}",
        "session.moved": "moved the session {subject}",
        "session.entered": "moved the room to the session {subject}",
        "session.opened": "switched what participants can do in the session {subject}",
        "session.removed": "removed the session {subject}",
        "guiding_question.added": "added the guiding question {subject}",
        "guiding_question.changed": "changed the guiding question {subject}",
        "guiding_question.moved": "moved the guiding question {subject}",
        "guiding_question.removed": "removed the guiding question {subject}",
        "organisation.added": "added the organisation {subject}",
        "organisation.changed": "changed the organisation {subject}",
        "organisation.moved": "moved the organisation {subject}",
        "organisation.removed": "removed the organisation {subject}",
    }


@contribute("history:names", order=10)
def names(viewer: Actor, ids: Mapping[str, set[uuid.UUID]]) -> Iterator[dict[uuid.UUID, str]]:
    """Call sessions, questions and organisations by their words."""
    for model in (Session, GuidingQuestion, Organisation):
        found = model._default_manager.filter(
            workshop=viewer.workshop_id, pk__in=ids.get(model._meta.label_lower, ())
        )
        yield {row.pk: f"“{row}”" for row in found}


@contribute("purge:kept", order=10)
def kept(workshop: Workshop) -> Iterator[Kept]:
    """The day itself stays."""
    yield Kept(
        "sessions and guiding questions",
        workshop.sessions.count() + workshop.guiding_questions.count(),
        "They say what the day was about.",
    )
