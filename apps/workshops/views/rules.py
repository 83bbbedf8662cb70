"""Setting up who may be named, what counts as consensus, and who waits at the door."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods

from apps.core.permissions import require
from apps.workshops import selectors, services
from apps.workshops.actors import Actor
from apps.workshops.attribution import numbers_are_names, speakers_kept_until
from apps.workshops.consensus import PRESETS, ConsensusRule, meaning
from apps.workshops.forms import AttributionForm, ConsensusForm, PrivacyForm
from apps.workshops.pages import edit_page, is_htmx, setup_task, values_of, workshop_page
from apps.workshops.quantifiers import HOUSE, QuantifierTable

REASON = "reason"
READ_OR_SEND = ["GET", "HEAD", "POST"]


@require_http_methods(READ_OR_SEND)
@workshop_page
def attribution(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Choose who may be named."""
    until = date_format(speakers_kept_until(actor.workshop), "j F Y")
    form = AttributionForm(
        request.POST or None,
        keep_until=until,
        relied_on=selectors.holds_content(actor.workshop),
        initial=values_of(AttributionForm, actor.workshop),
    )
    return edit_page(
        request,
        actor,
        form,
        save=lambda values: services.edit_basics(actor=actor, **values),
        title="Who may be named",
        back=setup_task(actor, "attribution"),
        template="workshops/setup/attribution.html",
        until=until,
    )


@require_http_methods(READ_OR_SEND)
@workshop_page
def consensus(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Choose what counts as consensus, and which words stand for how many; say what it means
    while it is chosen.
    """
    require(actor, "workshops.set_up", actor.workshop)
    held = {
        name: getattr(actor.workshop, name) for name in ConsensusForm.base_fields if name != REASON
    }
    asked = {**held, **{name: value for name, value in request.GET.items() if name in held}}
    tried = ConsensusForm(asked)
    if is_htmx(request) and request.method != "POST":
        return render(request, "workshops/setup/consensus_live.html", _meanings(actor, tried))
    # A preset is a link that fills in the form; the usual rule goes with it.
    form = ConsensusForm(request.POST or None, initial=asked if tried.is_valid() else held)
    relied_on = selectors.rule_is_relied_on(actor.workshop)
    return edit_page(
        request,
        actor,
        form,
        save=lambda values: services.edit_basics(actor=actor, **values),
        title="What counts as consensus",
        back=setup_task(actor, "consensus"),
        template="workshops/setup/consensus.html",
        relied_on=relied_on,
        **_meanings(actor, form if form.is_bound else ConsensusForm(form.initial)),
    )


def _meanings(actor: Actor, form: ConsensusForm) -> dict[str, Any]:
    return _meaning(actor, form) | _words(actor, form)


def _words(actor: Actor, form: ConsensusForm) -> dict[str, Any]:
    """Say what each word comes to, of those present where words are used of so many."""
    table = form.table() if form.is_valid() else QuantifierTable.of(actor.workshop)
    present = actor.workshop.number_present
    people = max(present or selectors.ROOM, table.numbers_below)
    discreetly = numbers_are_names(actor.workshop)
    return {
        "words": list(table.preview(people, discreetly=discreetly)),
        "words_of": people,
        "words_example": people != present,
        "discreetly": discreetly,
        "table": table,
        "house": "&".join(f"{name}={value}" for name, value in asdict(HOUSE).items()),
        "is_house": table == HOUSE,
    }


def _meaning(actor: Actor, form: ConsensusForm) -> dict[str, Any]:
    people = actor.workshop.number_present
    valid = form.is_valid()
    sentences = meaning(form.rule(), people or selectors.ROOM) if valid else []
    return {
        "sentences": sentences,
        "problems": [] if valid else [m for errors in form.errors.values() for m in errors],
        "presets": PRESETS,
        "people": people,
        "example": selectors.ROOM,
        "chosen": form.rule().consensus_at if valid and _usual_but_for_share(form.rule()) else None,
    }


def _usual_but_for_share(rule: ConsensusRule) -> bool:
    return rule == ConsensusRule(consensus_at=rule.consensus_at)


@require_http_methods(READ_OR_SEND)
@workshop_page
def privacy(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Say what is deleted when, and choose whether people wait before they come in."""
    workshop = actor.workshop
    form = PrivacyForm(
        request.POST or None,
        has_day=workshop.purge_on is not None,
        initial={
            **values_of(PrivacyForm, workshop),
            "purge_on": selectors.suggested_day_of_deletion(workshop),
        },
    )
    return edit_page(
        request,
        actor,
        form,
        save=lambda values: services.edit_basics(actor=actor, **values),
        title="Privacy and deletion",
        back=setup_task(actor, "privacy"),
        template="workshops/setup/privacy.html",
    )
