"""What somebody agrees to by coming in: at most six lines, of what is really stored and deleted."""

from datetime import date
from typing import NamedTuple

from django.utils import formats

from apps.participants.selectors.attribution import SOMEBODY
from apps.participants.selectors.groups import as_member, groups_of
from apps.workshops.attribution import asks_why, keeps_speakers, speakers_kept_until
from apps.workshops.models import AttributionRule, Workshop

ANONYMOUS, CHATHAM_HOUSE = AttributionRule.ANONYMOUS, AttributionRule.CHATHAM_HOUSE


class Term(NamedTuple):
    """A line: the words it begins with, which catch the eye, and the rest."""

    lead: str
    rest: str


def terms_of(workshop: Workshop, *, of_team: bool = False) -> list[Term]:
    """Return what coming into `workshop` means, to a participant or to somebody of the team."""
    labels = [as_member(group) for group in groups_of(workshop)]
    return [
        rule_of(workshop),
        _stored(workshop, labels),
        _seen_by_organisers(workshop),
        _seen_by_others(workshop, labels),
        Term("The memo lists you", "only if you choose so."),
        deletion_of(workshop, of_team=of_team),
    ]


def rule_of(workshop: Workshop) -> Term:
    """Return the rule in force, in a sentence."""
    rule = AttributionRule(workshop.attribution_rule)
    rest = {
        AttributionRule.ON_RECORD: "what you say may be quoted with your name, if you allow it.",
        CHATHAM_HOUSE: "what is said may be used, but nobody is told who said it.",
        ANONYMOUS: "who said or wrote something isn’t stored.",
    }[rule]
    return Term(f"{rule.label}:", rest)


def deletion_of(workshop: Workshop, *, of_team: bool = False) -> Term:
    """Return when what is deleted, in a sentence."""
    lead = f"Deleted on {_day(workshop.purge_on)}," if workshop.purge_on else "Deleted"
    when = "or when you ask:" if workshop.purge_on else "when you ask, for no date is set:"
    said = "who said and wrote what"
    if workshop.purge_on is None and keeps_speakers(workshop):
        until = speakers_kept_until(workshop).astimezone(workshop.zone).date()
        said = f"who wrote what; on {_day(until)} who said what"
    if of_team:
        return Term(lead, f"{when} {said}. Your name stays, as the team’s.")
    if workshop.attribution_rule == ANONYMOUS:
        return Term(lead, f"{when} your name. The memo stays.")
    return Term(lead, f"{when} your name, your group, and {said}. The memo stays.")


def _stored(workshop: Workshop, labels: list[str]) -> Term:
    if workshop.attribution_rule == ANONYMOUS:
        return Term("Stored:", "what you write here, and a name if you give one.")
    kept = ["your group"] if labels else []
    kept += ["a name if you give one", "what you write here"]
    return Term("Stored:", f"{', '.join(kept)}{_speakers(workshop)}")


def _speakers(workshop: Workshop) -> str:
    """Whether who says what in the room is stored."""
    if not keeps_speakers(workshop):
        return "; not who says what in the room."
    apart = ", locked away," if asks_why(workshop) else ""
    return f"; and{apart} who says what in the room."


def _seen_by_organisers(workshop: Workshop) -> Term:
    if workshop.attribution_rule == AttributionRule.ON_RECORD:
        seen = "said and wrote" if keeps_speakers(workshop) else "wrote"
        return Term("The organisers see", f"who joined, and who {seen} what.")
    if keeps_speakers(workshop) and asks_why(workshop):
        return Term(
            "The organisers see",
            "who joined; who said something only if they say why they ask, which is logged.",
        )
    return Term("The organisers see", "who joined, not who wrote what.")


def _seen_by_others(workshop: Workshop, labels: list[str]) -> Term:
    if workshop.attribution_rule == AttributionRule.ON_RECORD:
        return Term("Others see", "your name beside what you write.")
    if workshop.attribution_rule == ANONYMOUS or not labels:
        return Term("Others see", f"what you write as from “{SOMEBODY}”.")
    *first, last = (f"“{label}”" for label in labels)
    named = f"{', '.join(first)} or {last}" if first else last
    return Term(
        "Others see", f"what you write as from {named}; while few have joined, “{SOMEBODY}”."
    )


def _day(day: date | None) -> str:
    return formats.date_format(day, "j F Y") if day else ""
