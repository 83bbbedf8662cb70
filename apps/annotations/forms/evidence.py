"""The form by which a note becomes evidence."""

import re
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import Truncator

from apps.annotations.models import Annotation, Position, Stance
from apps.annotations.selectors import Card
from apps.core.forms import HouseForm
from apps.core.permissions import allowed
from apps.notes.models import Note
from apps.notes.selectors import notes_visible_to
from apps.participants.models import Participant
from apps.themes.models import Theme

LABEL_LENGTH = 80
NO_NOTE = "Choose a note, or give its number."


class EvidenceForm(HouseForm):
    """A note that stands for or against a finding or one of its positions."""

    note = forms.ChoiceField(required=False)
    number = forms.CharField(
        label="or its number", required=False,
        widget=forms.TextInput(attrs={"class": "input-short", "inputmode": "numeric"}),
    )  # fmt: skip
    position = forms.ChoiceField(label="To", required=False)
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
        self, *args: Any, notes: Any, filed: Mapping[str, str], positions: Sequence[Position],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        """Let any of `notes` be named by number, and be chosen if `filed` under the theme."""
        super().__init__(*args, **kwargs)
        self._notes = notes
        self._positions = {str(position.pk): position for position in positions}
        note: Any = self.fields["note"]
        note.choices = [("", "Choose one of the notes filed here"), *filed.items()]
        position: Any = self.fields["position"]
        position.choices = [
            ("", "the claim"), *[(key, str(each)) for key, each in self._positions.items()]
        ]  # fmt: skip
        if not positions:
            del self.fields["position"]

    def clean_position(self) -> Position | None:
        """Return the position itself."""
        return self._positions.get(self.cleaned_data["position"])

    def clean(self) -> None:
        """Find the note, as chosen or by its number: “31”, “note 31”."""
        chosen, number = self.cleaned_data.get("note"), self.cleaned_data.get("number", "").strip()
        if not chosen and not number:
            self.add_error("note", NO_NOTE)
        elif number:
            self.cleaned_data["note"] = self._by_number(number)
        else:
            self.cleaned_data["note"] = self._notes.filter(pk=chosen).first()

    def _by_number(self, number: str) -> Note | None:
        found = re.fullmatch(r"(?:note\s*)?#?(\d{1,9})", number, re.IGNORECASE)
        note: Note | None = self._notes.filter(sequence=int(found[1])).first() if found else None
        if note is None:
            self.add_error("number", f"There is no note “{number}”. Give a number, as in 31.")
        return note


class ChoosingForm(HouseForm):
    """The notes of a theme, each with a button for what it does: “<note>:supports”."""

    position = forms.ChoiceField(label="To", required=False)
    pick = forms.CharField(error_messages={"required": NO_NOTE})

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

    def position_id(self, asked: str) -> uuid.UUID | None:
        """Return the position that is meant, as it was sent or else `asked`; None: the claim."""
        meant = self.data.get("position", asked)
        if "position" in self.fields:
            self.initial["position"] = meant
        return self._positions[meant].pk if meant in self._positions else None

    def clean_position(self) -> Position | None:
        """Return the position itself."""
        return self._positions.get(self.cleaned_data["position"])

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


def with_forms(
    actor: Participant, theme: Theme, cards: Sequence[Card], data: Any = None
) -> list[tuple[Card, EvidenceForm | None]]:
    """Return `cards` on `theme`, each with the form by which `actor` attaches a note to it.

    None for those who may not. `data` is what was sent for the only one of them. One query.
    """
    if not allowed(actor, "annotations.cite", theme):
        return [(card, None) for card in cards]
    notes = notes_visible_to(actor)
    filed = {
        str(note.pk): f"{note.sequence}: {Truncator(note.text).chars(LABEL_LENGTH)}"
        for note in notes.filter(filings__theme=theme).distinct()
    }
    return [
        (
            card,
            EvidenceForm(
                data,
                notes=notes,
                filed=filed,
                positions=[side.position for side in card.sides],
                auto_id=f"attach-{card.annotation.pk}-%s",
            ),
        )
        for card in cards
    ]
