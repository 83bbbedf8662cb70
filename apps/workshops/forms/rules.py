"""Forms about the rules of a workshop: who may be named, what counts as consensus."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms

from apps.core.forms import VersionedForm
from apps.workshops.attribution import is_looser
from apps.workshops.consensus import HALF, PER_CENT, ConsensusRule
from apps.workshops.forms.meanings import FOR_WHAT, IN_SHORT
from apps.workshops.models import AttributionRule
from apps.workshops.quantifiers import (
    LEAST_MANY,
    LEAST_NUMBERS,
    LEAST_SEVERAL,
    MOST_NEARLY_ALL,
    MOST_NUMBERS,
    MOST_SEVERAL,
    QuantifierTable,
)


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


def _threshold(
    label: str, help_text: str, least: int = 0, most: int = PER_CENT
) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=least,
        max_value=most,
        widget=forms.NumberInput({"class": "input-short", "inputmode": "numeric"}),
    )


class ConsensusForm(VersionedForm):
    """What the room's answers must reach, and from where on words for how many hold."""

    consensus_at = _threshold("Must agree, at least", "In per cent, 50 or more; 67 is two thirds.")
    opposed_at_most = _threshold("May disagree, at most", "In per cent.")
    divided_at = _threshold(
        "Divided, from", "In per cent on each side. 50 at most, and more than may disagree."
    )
    undecided_at = _threshold("Undecided, from", "In per cent who are unsure.", least=1)
    quorum = _threshold("Must have answered, at least", "In per cent of those present.")
    nearly_all_at = _threshold(
        "“Nearly all”, from", f"In per cent. Above “most”, {MOST_NEARLY_ALL} at most.",
        most=MOST_NEARLY_ALL,
    )  # fmt: skip
    most_at = _threshold(
        "“Most”, from", "In per cent. Above 50: what is more than half is a majority.",
        least=HALF + 1,
    )  # fmt: skip
    many_at = _threshold(
        "“Many”, from", f"In per cent. {LEAST_MANY} to {HALF}; 33 is a third.", LEAST_MANY, HALF
    )
    several_from = _threshold(
        "“Several”, from",
        f"In people. {LEAST_SEVERAL} to {MOST_SEVERAL}; fewer are “a few”.",
        LEAST_SEVERAL,
        MOST_SEVERAL,
    )
    numbers_below = _threshold(
        "Numbers of people, below",
        f"Of fewer who answered the numbers are told. {LEAST_NUMBERS} to {MOST_NUMBERS:,}.",
        LEAST_NUMBERS,
        MOST_NUMBERS,
    )
    reason = forms.CharField(
        label="Why the rule changes",
        help_text="People have answered under it. This stands in the history and in the memo.",
        max_length=500,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Refuse thresholds that contradict one another."""
        found = super().clean() or self.cleaned_data
        if not self.errors:
            for name, problem in (self.rule().problems() | self.table().problems()).items():
                self.add_error(name, problem)
        return found

    def rule(self) -> ConsensusRule:
        """Return the rule that the form says."""
        return ConsensusRule(**{name: self.cleaned_data[name] for name in ConsensusRule.names()})

    def table(self) -> QuantifierTable:
        """Return the table of words for how many that the form says."""
        names = QuantifierTable.names()
        return QuantifierTable(**{name: self.cleaned_data[name] for name in names})


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
