"""The form for hands that went up."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from apps.core.forms import VersionedForm
from apps.statements.measures.counts import Counts
from apps.statements.selectors import Hands
from apps.statements.services.hands import MOST_HANDS

ANSWERS = ("agree", "disagree", "unsure")


class _Number(forms.IntegerField):
    """How many people; nobody where nothing is entered."""

    def __init__(self, label: str, **given: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(
            label=label,
            min_value=0,
            max_value=MOST_HANDS,
            widget=forms.NumberInput(attrs),
            **given,
        )


@dataclass(frozen=True)
class Line:
    """One group's fields, with the word for each answer."""

    label: str
    fields: list[tuple[str, BoundField]]


class HandsForm(VersionedForm):
    """How many hands went up for each answer in each group, and how many people were there."""

    members = _Number(
        "How many people were there",
        help_text="All who could have raised a hand, also those who did not.",
    )

    def __init__(self, *args: Any, hands: Sequence[Hands], is_open: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._hands = hands
        self.fields["members"].required = not is_open
        for each in hands:
            for answer in ANSWERS:
                field = _Number(f"{each.label}: {answer}", required=False)
                field.initial = getattr(each.counts, answer) or None
                field.widget.attrs |= {"class": "input", "placeholder": "0"}
                self.fields[_name(answer, each)] = field

    @property
    def lines(self) -> list[Line]:
        """The fields, group by group."""
        return [
            Line(each.label, [(answer, self[_name(answer, each)]) for answer in ANSWERS])
            for each in self._hands
        ]

    def counts(self) -> dict[uuid.UUID | None, Counts]:
        """Return the hands by group, of those who raised any."""
        found = {
            each.key: Counts(*(self.cleaned_data[_name(answer, each)] or 0 for answer in ANSWERS))
            for each in self._hands
        }
        return {key: counts for key, counts in found.items() if counts.answered}


def _name(answer: str, hands: Hands) -> str:
    return f"{answer}_{hands.group.pk.hex if hands.group else 'rest'}"
