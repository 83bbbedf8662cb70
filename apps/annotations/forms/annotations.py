"""Forms about findings and their positions."""

import uuid
from collections.abc import Collection, Iterable
from typing import Any

from django import forms

from apps.annotations.advice import Wording
from apps.annotations.forms.rows import (
    NOT_SAID,
    FormOfRows,
    GroupsField,
    Row,
    count_field,
    holders_of,
    text_field,
)
from apps.annotations.models import (
    SIDED,
    About,
    Annotation,
    Basis,
    Certainty,
    Kind,
    Modality,
    Polarity,
    Position,
    Quantifier,
    Strength,
)
from apps.annotations.services import PositionGiven
from apps.annotations.services.annotations import EMPTY
from apps.annotations.services.positions import EMPTY as EMPTY_POSITION
from apps.core.forms import HouseForm
from apps.workshops.attribution import numbers_are_names
from apps.workshops.models import Session, Workshop
from apps.workshops.quantifiers import QuantifierTable

# Digits that no number of people has.
TOO_LONG = 6


class PositionForm(Row):
    """A side of a divergence."""

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    label = forms.CharField(label="Short name", required=False)
    text = text_field(label="What it holds", rows=2, required=False)
    unrecorded = forms.BooleanField(label="What it holds isn’t recorded", required=False)
    polarity = forms.ChoiceField(
        label="Where it stands", choices=[NOT_SAID, *Polarity.choices], required=False
    )
    answers = forms.TypedChoiceField(
        label="It answers", coerce=int, empty_value=None, required=False
    )
    quantifier = forms.ChoiceField(
        label="How many hold it", choices=[NOT_SAID, *Quantifier.choices], required=False
    )
    counted = count_field("Counted")
    counted_of = count_field("of")
    reasons_for = text_field(label="Reasons for", rows=2, serif=False, required=False)
    reasons_against = text_field(label="Reasons against", rows=2, serif=False, required=False)
    minority = forms.BooleanField(label="A minority view", required=False)
    remove = forms.BooleanField(label="Remove this position", required=False)
    field_order = [
        "id", "label", "text", "unrecorded", "polarity", "answers",
        "quantifier", "counted", "counted_of", "holders",
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer removing only where there is something to remove."""
        super().__init__(*args, **kwargs)
        if not self["id"].value():
            del self.fields["remove"]

    def clean(self) -> None:
        """Require a text of what isn't left empty."""
        given = self.cleaned_data
        said = given.get("text", "").strip() or given.get("unrecorded") or given.get("remove")
        if not said and not self.is_blank:
            self.add_error("text", EMPTY_POSITION)

    def given(self) -> PositionGiven:
        """Return what the service takes."""
        names = [name for name in self.fields if name not in {"id", "remove"}]
        return PositionGiven(
            id=self.cleaned_data["id"], **{name: self.cleaned_data[name] for name in names}
        )

    @staticmethod
    def initial_of(position: Position) -> dict[str, Any]:
        """Return what the form shows of a position that is there."""
        names = [
            "id", "label", "text", "unrecorded", "polarity", "quantifier", "counted",
            "counted_of", "reasons_for", "reasons_against", "minority",
        ]  # fmt: skip
        values = {name: getattr(position, name) for name in names}
        return {**values, "answers": position.answers_id, **holders_of(position)}


class AnnotationForm(FormOfRows):
    """A finding with its positions; names of fields are those of the service's arguments."""

    row_form = PositionForm
    rows_name = "positions"
    row_word = "position"
    fewest = 2

    kind = forms.ChoiceField(choices=Kind.choices)
    about = forms.ChoiceField(choices=[NOT_SAID, *About.choices], required=False)
    modality = forms.ChoiceField(
        label="It says what",
        choices=[
            ("is", "is"),
            ("may", "may be"),
            ("could", "could be"),
            ("should", "should be"),
            ("must", "must be"),
        ],
        initial=Modality.IS,
    )
    claim = text_field(
        rows=2,
        help_text=(
            "One sentence, as it will stand in the memo. "
            "For a divergence, what people parted on: “Whether influence is a means or an end”."
        ),
        error_messages={"required": EMPTY},
    )
    basis = forms.ChoiceField(
        label="How it is known", choices=[NOT_SAID, *Basis.choices], required=False
    )
    strength = forms.ChoiceField(choices=[NOT_SAID, *Strength.choices], required=False)
    quantifier = forms.ChoiceField(
        label="How many, estimated", choices=[NOT_SAID, *Quantifier.choices], required=False
    )
    counted = count_field("Counted")
    counted_of = count_field("of")
    certainty = forms.ChoiceField(
        label="Doubt about the record", choices=[("", "none"), *Certainty.choices], required=False
    )
    holders = GroupsField(label="Held by", required=False)
    scope_conditions = forms.CharField(
        label="Where it holds", required=False, help_text="As in “in peacetime only”."
    )
    session = forms.ModelChoiceField(
        label="Session in which it arose",
        queryset=Session.objects.none(),
        required=False,
        empty_label="not said",
    )

    def __init__(self, *args: Any, sessions: Any, **kwargs: Any) -> None:
        """Offer the groups and `sessions` of the workshop."""
        super().__init__(*args, **kwargs)
        session: Any = self.fields["session"]
        session.queryset = sessions
        holders: Any = self.fields["holders"]
        holders.offer(kwargs["groups"])
        if not kwargs["groups"]:
            del self.fields["holders"]
        self._offer_answers()

    def _offer_answers(self) -> None:
        """Let each position answer another one of the form, by its place."""
        titles = [f"the {title[0].lower()}{title[1:]}" for title, _ in self.titled]
        places = {
            str(row.initial["id"]): place for place, row in enumerate(self.rows) if row.initial
        }
        for place, row in enumerate(self.rows):
            answers: Any = row.fields["answers"]
            others = [(other, title) for other, title in enumerate(titles) if other != place]
            answers.choices = [("", "none in particular"), *others]
            row.initial["answers"] = places.get(str(row.initial.get("answers")), "")

    @property
    def hides_positions(self) -> bool:
        """Whether the positions may be hidden while another kind is chosen: nothing is in them."""
        return not any(
            row.errors or row["text"].value() or row["unrecorded"].value() for row in self.rows
        )

    def wordings(self, workshop: Workshop, names: Collection[str]) -> list[tuple[str, Wording]]:
        """Return the texts as they stand in the form, taken or not, each with its title.

        `names` are those that the reader may know.
        """
        known: dict[str, Any] = {
            "names": names,
            "table": QuantifierTable.of(workshop),
            "discreetly": numbers_are_names(workshop),
        }
        kind = self._said("kind") or Kind.OBSERVATION
        claim = Wording(
            self._said("claim"), kind=kind, modality=self._said("modality"), **known,
            **_counts(self),
        )  # fmt: skip
        sides = [
            (title, Wording(str(row["text"].value() or ""), kind=kind, **known, **_counts(row)))
            for title, row in self.titled
            if kind in SIDED
        ]
        return [("", claim), *sides]

    def as_said(self) -> Annotation:
        """Return the finding as it stands in the form, taken or not; it is nobody's to save."""
        names = ("kind", "about", "claim")
        return Annotation(**{name: self._said(name) for name in names})

    def _said(self, name: str) -> str:
        return str(self[name].value() or "")

    def changes(self) -> dict[str, Any]:
        """Return what the service takes of the finding itself."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "version"}

    def positions(self, there: Iterable[uuid.UUID] = ()) -> list[PositionGiven]:
        """Return the sides; one that isn't `there` any more is given anew."""
        known, places = set(there), {id(row): place for place, row in enumerate(self.sent)}
        for row in self.sent:
            if row.cleaned_data["id"] not in known:
                row.cleaned_data["id"] = None
            answered = row.cleaned_data["answers"]
            # Places in the form are those of what is sent once the rows left empty are taken out.
            row.cleaned_data["answers"] = (
                None if answered is None else places.get(id(self.rows[answered]))
            )
        return [row.given() for row in self.sent]

    def withdrawn(self) -> set[uuid.UUID]:
        """Return the ids of the positions to remove."""
        return {row.cleaned_data["id"] for row in self.sent if row.cleaned_data.get("remove")} - {
            None
        }

    @staticmethod
    def initial_of(annotation: Annotation) -> dict[str, Any]:
        """Return what the form shows of a finding that is there."""
        names = [
            "version", "kind", "about", "modality", "claim", "basis", "strength", "quantifier",
            "counted", "counted_of", "certainty", "scope_conditions", "session",
        ]  # fmt: skip
        return {**{name: getattr(annotation, name) for name in names}, **holders_of(annotation)}


def _counts(form: HouseForm) -> dict[str, Any]:
    """Return how many hold something, as it stands in `form`."""
    numbers = {name: str(form[name].value() or "") for name in ("counted", "counted_of")}
    estimated = str(form["quantifier"].value() or "")
    chosen = set(map(str, form["holders"].value() or ())) if "holders" in form.fields else set()
    offered: Any = form.fields.get("holders")
    return {
        "estimated": estimated if estimated in Quantifier else "",
        "groups": [label for key, label in (offered.choices if offered else ()) if key in chosen],
        **{
            name: int(value) if value.isdecimal() and len(value) < TOO_LONG else None
            for name, value in numbers.items()
        },
    }
