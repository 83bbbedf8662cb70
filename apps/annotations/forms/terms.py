"""Forms about terms and their senses."""

from typing import Any

from django import forms

from apps.annotations.forms.rows import FormOfRows, Row, holders_of, text_field
from apps.annotations.models import Annotation, Sense, Term, TermStatus
from apps.annotations.services import SenseGiven
from apps.annotations.services.terms import EMPTY, NO_SENSE


class SenseForm(Row):
    """One of the meanings of a term."""

    text = text_field(label="What it means", rows=2, required=False)
    used_by = forms.CharField(
        label="Who uses it so, in words",
        required=False,
        help_text="As in “mostly scholars”. Shown in place of the groups.",
    )
    note = forms.UUIDField(required=False, widget=forms.HiddenInput)
    field_order = ["text", "holders"]

    @property
    def is_blank(self) -> bool:
        """Nothing stands in it; from which note it came doesn't count."""
        return not any(self.cleaned_data.get(name) for name in self.fields if name != "note")

    def clean(self) -> None:
        """Require a text of what isn't left empty."""
        if not self.cleaned_data.get("text", "").strip() and not self.is_blank:
            self.add_error("text", NO_SENSE)

    def given(self) -> SenseGiven:
        """Return what the service takes."""
        return SenseGiven(**{name: self.cleaned_data[name] for name in self.fields})

    @staticmethod
    def initial_of(sense: Sense) -> dict[str, Any]:
        """Return what the form shows of a sense that is there."""
        values = {name: getattr(sense, name) for name in ("text", "used_by")}
        return {**values, "note": sense.note_id, **holders_of(sense)}


class TermForm(FormOfRows):
    """A term with its senses."""

    row_form = SenseForm
    rows_name = "senses"
    row_word = "sense"
    fewest = 2

    name = forms.CharField(label="Word or words", error_messages={"required": EMPTY})
    status = forms.ChoiceField(choices=TermStatus.choices)
    annotation = forms.ModelChoiceField(
        label="Belongs to",
        queryset=Annotation.objects.none(),
        required=False,
        empty_label="no annotation",
        help_text="The term is shown on the theme of that annotation.",
    )

    def __init__(self, *args: Any, annotations: Any, **kwargs: Any) -> None:
        """Offer `annotations` of the workshop, and its groups."""
        super().__init__(*args, **kwargs)
        annotation: Any = self.fields["annotation"]
        annotation.queryset = annotations

    def changes(self) -> dict[str, Any]:
        """Return what the service takes of the term itself."""
        return {name: self.cleaned_data[name] for name in ("name", "status", "annotation")}

    def senses(self) -> list[SenseGiven]:
        """Return the meanings."""
        return [row.given() for row in self.sent]

    @staticmethod
    def initial_of(term: Term) -> dict[str, Any]:
        """Return what the form shows of a term that is there."""
        names = ["version", "name", "status", "annotation"]
        return {name: getattr(term, name) for name in names}
