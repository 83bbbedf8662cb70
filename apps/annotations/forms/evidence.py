"""The form by which a note becomes evidence."""

import re
import uuid
from typing import Any

from django import forms
from django.utils.text import Truncator

from apps.annotations.models import Annotation, Position, Stance
from apps.core.forms import HouseForm
from apps.notes.models import Note
from apps.notes.selectors import notes_visible_to
from apps.participants.models import Participant

LABEL_LENGTH = 80
NO_NOTE = "Choose a note, or give its number."


class AttachingForm(HouseForm):
    """To what of a finding a note is attached: its claim, or one of its positions."""

    position = forms.ChoiceField(label="To", required=False)

    def __init__(
        self, *args: Any, actor: Participant, annotation: Annotation, **kwargs: Any
    ) -> None:
        """Let a note that `actor` may read be attached to `annotation` or one of its positions."""
        super().__init__(*args, **kwargs)
        self._notes = notes_visible_to(actor)
        self._positions = {str(each.pk): each for each in annotation.positions.all()}
        position: Any = self.fields["position"]
        position.choices = [("", "the claim"), *[(k, str(p)) for k, p in self._positions.items()]]
        if not self._positions:
            del self.fields["position"]

    def clean_position(self) -> Position | None:
        """Return the position itself."""
        return self._positions.get(self.cleaned_data["position"])


class EvidenceForm(AttachingForm):
    """A note that stands for or against a finding or one of its positions."""

    note = forms.ChoiceField(required=False)
    number = forms.CharField(
        label="or its number", required=False,
        widget=forms.TextInput(attrs={"class": "input-short", "inputmode": "numeric"}),
    )  # fmt: skip
    stance = forms.ChoiceField(
        label="The note",
        choices=[
            (Stance.SUPPORTS, "supports it"),
            (Stance.AGAINST, "is against it"),
            (Stance.ILLUSTRATES, "illustrates it"),
        ],
        initial=Stance.SUPPORTS,
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, actor: Participant, annotation: Annotation, **kwargs: Any
    ) -> None:
        """Let a note that `actor` may read be named by its number, or chosen under the theme."""
        super().__init__(*args, actor=actor, annotation=annotation, **kwargs)
        filed = [
            (str(note.pk), f"{note.sequence}: {Truncator(note.text).chars(LABEL_LENGTH)}")
            for note in self._notes.filter(filings__theme=annotation.theme_id).distinct()
        ]
        note: Any = self.fields["note"]
        note.choices = [("", "Choose one of the notes filed here"), *filed]

    def clean(self) -> None:
        """Find the note, as chosen or by its number: “31”, “note 31”."""
        chosen, number = self.cleaned_data.get("note"), self.cleaned_data.get("number", "").strip()
        if number:
            self.cleaned_data["note"] = self._by_number(number)
        elif chosen:
            self.cleaned_data["note"] = self._notes.filter(pk=chosen).first()
        else:
            self.add_error("note", NO_NOTE)

    def _by_number(self, number: str) -> Note | None:
        found = re.fullmatch(r"(?:note\s*)?#?(\d{1,9})", number, re.IGNORECASE)
        note: Note | None = self._notes.filter(sequence=int(found[1])).first() if found else None
        if note is None:
            self.add_error("number", f"There is no note “{number}”. Give a number, as in 31.")
        return note


class ChoosingForm(AttachingForm):
    """The notes of a theme, each with a button for what it does: “<note>:supports”."""

    pick = forms.CharField(error_messages={"required": NO_NOTE})

    def position_id(self, asked: str) -> uuid.UUID | None:
        """Return the position that is meant, as it was sent or else `asked`; None: the claim."""
        meant = self.data.get("position", asked)
        if "position" in self.fields:
            self.initial["position"] = meant
        return self._positions[meant].pk if meant in self._positions else None

    def clean_pick(self) -> dict[str, Any]:
        """Find the note, and what it does."""
        chosen, _, stance = self.cleaned_data["pick"].partition(":")
        try:
            note = self._notes.filter(pk=uuid.UUID(chosen)).first()
        except ValueError:
            note = None
        if note is None or stance not in Stance:
            raise forms.ValidationError(NO_NOTE)
        return {"note": note, "stance": stance}
