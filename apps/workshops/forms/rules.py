"""Forms about the rules of a workshop: who may be named, what counts as consensus."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms

from apps.core.forms import VersionedForm
from apps.workshops.attribution import is_looser
from apps.workshops.consensus import PER_CENT, ConsensusRule
from apps.workshops.forms.meanings import FOR_WHAT, IN_SHORT
from apps.workshops.models import AttributionRule


@dataclass(frozen=True)
class RuleChoice:
    """An attribution rule to choose, and what it means."""

    value: str
    label: str
    in_short: str
    meanings: dict[str, str]
    chosen: bool
    too_loose: bool


class AttributionForm(VersionedForm):
    """Who may be named."""

    attribution_rule = forms.ChoiceField(
        label="Who may be named", choices=AttributionRule.choices, widget=forms.RadioSelect
    )
    keep_speakers = forms.BooleanField(required=False)
    attribution_note = forms.CharField(
        label="In words of your own",
        help_text="Such as: papers by name, the discussion not.",
        max_length=500,
        required=False,
    )

    def __init__(self, *args: Any, keep_until: str, relied_on: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.relied_on = relied_on
        self.fields["keep_speakers"].label = f"Keep who said a note, apart, until {keep_until}"

    def choices(self) -> Iterator[RuleChoice]:
        """Yield the rules, those that are too loose by now marked."""
        held = str(self.initial["attribution_rule"])
        for rule in AttributionRule:
            yield RuleChoice(
                rule.value,
                str(rule.label),
                IN_SHORT[rule],
                FOR_WHAT[rule],
                chosen=self["attribution_rule"].value() == rule.value,
                too_loose=self.relied_on and is_looser(rule, held),
            )


def _per_cent(label: str, help_text: str, least: int = 0) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=least,
        max_value=PER_CENT,
        widget=forms.NumberInput({"class": "input-short", "inputmode": "numeric"}),
    )


class ConsensusForm(VersionedForm):
    """What the room's answers must reach, in per cent of those who answer."""

    consensus_at = _per_cent("Must agree, at least", "In per cent. 50 or more.")
    opposed_at_most = _per_cent("May disagree, at most", "In per cent.")
    divided_at = _per_cent(
        "Divided, from", "In per cent on each side. 50 at most, and more than may disagree."
    )
    undecided_at = _per_cent("Undecided, from", "In per cent who are unsure.", least=1)
    quorum = _per_cent("Must have answered, at least", "In per cent of those present.")

    def clean(self) -> dict[str, Any]:
        """Refuse thresholds that contradict one another."""
        found = super().clean() or self.cleaned_data
        if not self.errors:
            for name, problem in self.rule().problems().items():
                self.add_error(name, problem)
        return found

    def rule(self) -> ConsensusRule:
        """Return the rule that the form says."""
        return ConsensusRule(**{name: self.cleaned_data[name] for name in ConsensusRule.names()})


class PrivacyForm(VersionedForm):
    """When what is personal is deleted, and whether people wait before they come in.

    Once there is a day of deletion people are told it: it is moved on a page of its own.
    """

    purge_on = forms.DateField(
        label="Day of deletion",
        required=False,
        help_text="Six months after the last day is usual. All who join are told.",
        widget=forms.DateInput({"type": "date", "class": "input-short"}, format="%Y-%m-%d"),
    )
    lobby = forms.BooleanField(
        label="Whoever joins by the code waits until the team lets them in",
        required=False,
        help_text="Personal links lead straight in.",
    )

    def __init__(self, *args: Any, has_day: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_day:
            del self.fields["purge_on"]
