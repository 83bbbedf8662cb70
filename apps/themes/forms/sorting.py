"""Which notes go where."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from apps.core.forms import HouseForm
from apps.notes.models import Note
from apps.themes.forms.themes import ThemeField
from apps.themes.models import Theme
from apps.themes.selectors import Outline
from apps.themes.services.filing import NONE_CHOSEN
from apps.themes.services.outline import TITLE_LIMIT
from apps.themes.services.passages import NO_WORDS
from apps.themes.services.sorting import NOWHERE

ALSO, MOVE, OFF = "also", "move", "off"
GONE = "A note isn’t there any more."


class Picked(forms.MultipleChoiceField):
    """Notes that are ticked where they stand: the note's id, and behind a dot that of its theme."""

    def __init__(self, **kwargs: Any) -> None:
        """Take what is ticked; which notes there are is asked once it is known."""
        super().__init__(error_messages={"required": NONE_CHOSEN}, **kwargs)
        self.notes: Any = Note.objects.none()
        self.themes: dict[str, Theme] = {}

    def valid_value(self, value: Any) -> bool:  # noqa: ARG002
        """Leave it to `clean`, which asks once for all."""
        return True

    def clean(self, value: Any) -> Any:
        """Return the notes, and each with its theme where it is ticked under one."""
        pairs = [str(each).partition(".")[::2] for each in super().clean(value)]
        try:
            found = {str(note.pk): note for note in self.notes.filter(pk__in=[n for n, _ in pairs])}
        except ValidationError:
            found = {}
        if any(note not in found for note, _ in pairs):
            raise ValidationError(GONE)
        places: list[tuple[Note, Theme]] = [
            (found[note], self.themes[theme]) for note, theme in pairs if theme in self.themes
        ]
        return list(found.values()), places


class PassageForm(HouseForm):
    """Words of a note, where they begin if that is known, and the theme that they go under."""

    text = forms.CharField(
        label="The passage",
        strip=False,
        help_text="In the words of the note. Marking them above fills this in.",
        error_messages={"required": NO_WORDS},
        widget=forms.Textarea(attrs={"rows": 3, "class": "input-text"}),
    )
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    theme = ThemeField(label="File under", nothing="Choose a theme")

    def __init__(self, *args: Any, outline: Outline, **kwargs: Any) -> None:
        """Offer the themes of `outline`."""
        super().__init__(*args, **kwargs)
        theme: Any = self.fields["theme"]
        theme.offer(outline)

    def clean(self) -> dict[str, Any]:
        """Take line ends as notes have them; around words that were typed, no spaces count."""
        given = super().clean() or {}
        text = str(given.get("text", "")).replace("\r\n", "\n")
        typed = given.get("start") is None
        return {**given, "text": text.strip() if typed else text}


class SortForm(HouseForm):
    """What becomes of the notes that are ticked: filed, moved, or taken off their themes."""

    notes = Picked()
    theme = ThemeField(label="File under", nothing="Choose a theme", required=False)
    title = forms.CharField(max_length=TITLE_LIMIT, required=False)
    how = forms.ChoiceField(choices=[(each, each) for each in (ALSO, MOVE, OFF)], required=False)

    def __init__(self, *args: Any, notes: Any, outline: Outline, **kwargs: Any) -> None:
        """Let `notes` be chosen, and any theme of `outline`."""
        super().__init__(*args, **kwargs)
        picked: Any = self.fields["notes"]
        picked.notes = notes
        picked.themes = {str(pk): theme for pk, theme in outline.themes.items()}
        theme: Any = self.fields["theme"]
        theme.offer(outline)

    def clean(self) -> dict[str, Any]:
        """Put what was chosen in the words of the service."""
        given = super().clean() or {}
        if "notes" not in given or "theme" not in given:
            return given
        notes, places = given["notes"]
        how = given.get("how") or ALSO
        to_somewhere = given["theme"] is not None or given.get("title")
        if (how == OFF and not places) or (how != OFF and not to_somewhere):
            self.add_error("theme", NOWHERE)
            return given
        return {
            "notes": notes,
            "theme": None if how == OFF else given["theme"],
            "title": "" if how == OFF else given.get("title", ""),
            "away": [] if how == ALSO else places,
        }

    @property
    def chosen(self) -> set[str]:
        """What is ticked."""
        return set(self["notes"].value() or [])
