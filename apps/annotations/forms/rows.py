"""Forms with several rows of another form in them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.forms.utils import ErrorDict

from apps.core.exceptions import RuleViolation
from apps.core.forms import HouseForm, VersionedForm
from apps.participants.models import Group

NOT_SAID = ("", "not said")
ORDINALS = ["First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth"]
LIMIT = len(ORDINALS)


def text_field(*, rows: int, serif: bool = True, **kwargs: Any) -> forms.CharField:
    """Make a field for a sentence or several; no longest length, which would cut off a paste."""
    attrs = {"rows": rows, "data-behaviour": "autogrow", "class": "input-text" if serif else ""}
    return forms.CharField(widget=forms.Textarea(attrs=attrs), **kwargs)


def count_field(label: str) -> forms.IntegerField:
    """Make a field for a number of people."""
    attrs = {"class": "input-short", "inputmode": "numeric"}
    return forms.IntegerField(
        label=label, required=False, min_value=1, max_value=32_767,
        widget=forms.TextInput(attrs=attrs),
    )  # fmt: skip


class GroupsField(forms.TypedMultipleChoiceField):
    """Groups of the workshop, offered by `offer`; cleaned to a list of them."""

    widget = forms.CheckboxSelectMultiple

    def offer(self, groups: Sequence[Group]) -> None:
        """Let `groups` be chosen."""
        by_id = {str(group.pk): group for group in groups}
        self.choices = [(key, group.plural) for key, group in by_id.items()]
        self.coerce = by_id.__getitem__


class Row(HouseForm):
    """One of several like it within a form. Left empty, it isn't there."""

    holders = GroupsField(label="Groups", required=False)

    def __init__(self, *args: Any, groups: Sequence[Group], **kwargs: Any) -> None:
        """Offer `groups` as holders."""
        super().__init__(*args, **kwargs)
        holders: Any = self.fields["holders"]
        holders.offer(groups)
        if not groups:
            del self.fields["holders"]

    @property
    def is_blank(self) -> bool:
        """Nothing stands in it."""
        return not any(self.cleaned_data.get(name) for name in self.fields)


class FormOfRows(VersionedForm):
    """A form with several rows of another in it, of which one more can be asked for."""

    row_form: type[Row]
    rows_name = ""
    row_word = ""
    fewest = 1

    def __init__(
        self, *args: Any, groups: Sequence[Group], rows: Iterable[Any] = (), **kwargs: Any
    ) -> None:
        """Show all `rows` that are there, and as many empty ones as it takes.

        What isn't shown would be missing from what is sent, and so be removed.
        """
        super().__init__(*args, **kwargs)
        initial = [self.row_form.initial_of(row) for row in rows]  # type: ignore[attr-defined]
        count = max(self.fewest, len(initial), self._asked_for())
        self.more = self.is_bound and "more" in self.data
        initial += [{}] * (count + (self.more and count < LIMIT) - len(initial))
        self.rows: list[Any] = [
            self.row_form(
                self.data if self.is_bound else None,
                prefix=f"{self.rows_name}-{place}",
                initial=values,
                groups=groups,
                # Not every row needs to be there.
                use_required_attribute=False,
            )
            for place, values in enumerate(initial)
        ]
        if self.more:
            # To ask for a row isn't to send the form: nothing is judged yet.
            for form in [self, *self.rows]:
                form._errors = ErrorDict()

    def is_valid(self) -> bool:
        """Say whether the form and all its rows may be taken."""
        # All of them are asked, so that all errors are shown at once.
        return all([super().is_valid(), *[row.is_valid() for row in self.rows]])

    @property
    def sent(self) -> list[Any]:
        """The rows in which something stands."""
        return [row for row in self.rows if not row.is_blank]

    @property
    def titled(self) -> Iterator[tuple[str, Any]]:
        """The rows with their names: “First position”, and from the ninth on “Position 9”."""
        for place, row in enumerate(self.rows):
            if place < LIMIT:
                yield f"{ORDINALS[place]} {self.row_word}", row
            else:
                yield f"{self.row_word.capitalize()} {place + 1}", row

    @property
    def next_title(self) -> str:
        """The name of the row that may be asked for; empty when there are enough."""
        count = len(self.rows)
        return f"{ORDINALS[count].lower()} {self.row_word}" if count < LIMIT else ""

    @property
    def problems(self) -> list[tuple[str, str, str]]:
        """Every error: (id of the input or fieldset, its name, the sentence)."""
        found = [("", "", str(error)) for error in self.non_field_errors()]
        parts = [("", self), *self.titled]
        return found + [
            (
                # Radios and checkboxes are led to by their fieldset.
                field.auto_id if field.use_fieldset else field.id_for_label,
                f"{title}: {field.label}" if title else str(field.label),
                str(error),
            )
            for title, form in parts
            for field in form.visible_fields()
            for error in field.errors
        ]

    def refuse(self, violation: RuleViolation) -> None:
        """Show what a service refused, each sentence at its field, in a row if need be."""
        own: dict[str, str] = {}
        for name, sentence in (violation.fields or {"": str(violation)}).items():
            found = re.fullmatch(rf"{self.rows_name}-(\d+)-(\w+)", name)
            if found:
                row, field = self.sent[int(found[1])], found[2]
                row.add_error(field if field in row.fields else None, sentence)
            else:
                own[name] = sentence
        if own:
            super().refuse(RuleViolation(str(violation), fields=own))

    def _asked_for(self) -> int:
        # A browser says how many rows it showed; 99 at most are believed.
        count = str(self.data.get("rows", "")) if self.is_bound else ""
        return int(count) if re.fullmatch("[0-9]{1,2}", count) else 0


def holders_of(row: Any) -> dict[str, list[str]]:
    return {"holders": [str(group.pk) for group in row.holders.all()]}
