"""The tasks of setting a workshop up: what is set so far, in a line each."""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator

from apps.core.contributions import Task, TaskState
from apps.workshops.consensus import ConsensusRule
from apps.workshops.models import AttributionRule, Workshop
from apps.workshops.quantifiers import HOUSE, QuantifierTable
from apps.workshops.selectors import sessions_of, untouched_session

# How many names a line holds before it says how many more there are.
NAMES = 3


def basics(workshop: Workshop) -> Task:
    """A workshop is there, so its basics are: the rest of them can follow."""
    facts = render_to_string("workshops/facts.html", {"workshop": workshop})
    return _task(workshop, "basics", "The basics", "edit_basics", " ".join(facts.split()))


def sessions(workshop: Workshop) -> Task:
    """Done once there is more than what the workshop began with."""
    found = list(sessions_of(workshop))
    untouched = untouched_session(workshop)
    if untouched or not found:
        summary = f"only “{untouched}”, without a time" if untouched else "none yet"
        return _task(
            workshop, "sessions", "Sessions", "sessions", summary, todo="Paste the programme"
        )
    if len(found) == 1:
        return _task(workshop, "sessions", "Sessions", "sessions", f"one, “{found[0]}”")
    summary = f"{len(found)}, from “{found[0]}” to “{found[-1]}”"
    return _task(workshop, "sessions", "Sessions", "sessions", summary)


def questions(workshop: Workshop) -> Task:
    """Two or three questions open the memo."""
    found = workshop.guiding_questions.values_list("parent", flat=True)
    wholes = sum(parent is None for parent in found)
    parts = len(found) - wholes
    if not wholes:
        return _task(
            workshop, "questions", "Guiding questions", "questions", "none yet",
            todo="Add the guiding questions",
        )  # fmt: skip
    summary = _number(wholes, "question")
    if parts:
        summary += f", with {_number(parts, 'part')}"
    return _task(workshop, "questions", "Guiding questions", "questions", summary)


def organisations(workshop: Workshop) -> Task:
    """Whoever is behind the workshop, where anybody is."""
    names = [each.name for each in workshop.organisations.all()]
    summary = ", ".join(names[:NAMES])
    if len(names) > NAMES:
        summary += f" and {len(names) - NAMES} more"
    return _task(
        workshop,
        "organisations",
        "Organisations",
        "organisations",
        summary or "none: hosts, partners and funders, named in the memo",
        optional=not names,
    )


def attribution(workshop: Workshop) -> Task:
    """There is always a rule."""
    summary = str(AttributionRule(workshop.attribution_rule).label)
    if workshop.attribution_rule == AttributionRule.CHATHAM_HOUSE:
        kept = "is kept apart, for a time" if workshop.keep_speakers else "isn’t kept"
        summary = f"{summary}; who said a note {kept}"
    return _task(workshop, "attribution", "Who may be named", "attribution", summary)


def consensus(workshop: Workshop) -> Task:
    """There is always a rule."""
    rule, people = ConsensusRule.of(workshop), workshop.number_present
    summary = f"{rule.consensus_at} % agree, and at most {rule.opposed_at_most} % disagree"
    if people:
        summary += f": of {people}, {rule.must_agree(people)} and {rule.may_disagree(people)}"
    own = QuantifierTable.of(workshop) != HOUSE
    summary += f"; words for how many {'of its own' if own else 'of the house'}"
    return _task(workshop, "consensus", "What counts as consensus", "consensus", summary)


def privacy(workshop: Workshop) -> Task:
    """Everybody who joins is told the day of deletion: there should be one."""
    title = "Privacy and deletion"
    if workshop.purge_on is None:
        return _task(
            workshop, "privacy", title, "privacy", "no day of deletion yet",
            todo="Set the day of deletion",
        )  # fmt: skip
    lobby = "people wait to be let in" if workshop.lobby else "people come straight in"
    summary = f"deletion on {date_format(workshop.purge_on, 'j F Y')}; {lobby}"
    return _task(workshop, "privacy", title, "privacy", summary)


def _task(
    workshop: Workshop,
    name: str,
    title: str,
    page: str,
    summary: str,
    *,
    todo: str = "",
    optional: bool = False,
) -> Task:
    state = TaskState.TO_DO if todo else TaskState.OPTIONAL if optional else TaskState.DONE
    url = reverse(f"workshops:{page}", args=[workshop.slug])
    return Task(name, title, url, state, Truncator(summary).chars(160), action=todo)


def _number(count: int, word: str) -> str:
    return f"1 {word}" if count == 1 else f"{count} {word}s"
