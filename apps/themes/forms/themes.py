"""Forms about themes and what is filed under them."""

import uuid
from typing import Any

from django import forms

from apps.core.forms import HouseForm, VersionedForm
from apps.notes.forms import NoteForm
from apps.notes.models import Note
from apps.participants.models import Participant
from apps.themes.models import Placement, Theme
from apps.themes.selectors import Outline
from apps.themes.services.filing import NONE_CHOSEN
from apps.themes.services.outline import TITLE_LIMIT, UNTITLED
from apps.workshops.models import GuidingQuestion, Session

SAVED_BEFORE = (
    "A note was saved with this form before, in other words. Save again to make this another note."
)
GONE = "That theme isn’t there any more. Choose another."


class ThemeField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A theme of the outline, chosen where it stands in it."""

    def __init__(self, *, nothing: str, **kwargs: Any) -> None:
        """Offer nothing yet; `nothing` is the choice of no theme."""
        self.nothing = nothing
        messages = {"invalid_choice": GONE, "required": "Choose a theme."}
        super().__init__(Theme.objects.none(), error_messages=messages, **kwargs)

    def offer(self, outline: Outline, *, without: Theme | None = None) -> None:
        """Let the themes of `outline` be chosen, but not `without` and what stands under it."""
        choices = outline.choices(without=without)
        self.queryset = Theme.objects.filter(pk__in=[theme_id for theme_id, _ in choices])
        self.choices = [("", self.nothing), *choices]


class CaptureForm(NoteForm):
    """A note on its way: its own id lets it be sent twice and be one note."""

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    session = forms.ModelChoiceField(queryset=Session.objects.none(), widget=forms.HiddenInput)
    theme = ThemeField(nothing="no theme yet", required=False)

    def __init__(self, *args: Any, outline: Outline, **kwargs: Any) -> None:
        """Offer the sessions and themes of the workshop."""
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        sessions: Any = self.fields["session"]
        sessions.queryset = Session.objects.filter(workshop=kwargs["actor"].workshop_id)
        theme: Any = self.fields["theme"]
        theme.offer(outline)
        if "group" in self.fields:
            group: Any = self.fields["group"]
            group.widget = forms.RadioSelect(choices=group.choices)

    def begin_another(self) -> None:
        """Say that a note was saved with this form before, and let these words be another."""
        self.add_error("text", SAVED_BEFORE)
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["id"] = str(uuid.uuid4())
        self.data = data


class FilingForm(HouseForm):
    """Which notes go under which theme."""

    notes = forms.ModelMultipleChoiceField(
        queryset=Note.objects.none(),
        error_messages={"required": NONE_CHOSEN, "invalid_choice": "A note isn’t there any more."},
    )
    theme = ThemeField(label="File under", nothing="Choose a theme")

    def __init__(self, *args: Any, notes: Any, outline: Outline, **kwargs: Any) -> None:
        """Let `notes` be chosen, and any theme of `outline`."""
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["notes"]
        chosen.queryset = notes
        theme: Any = self.fields["theme"]
        theme.offer(outline)

    @property
    def chosen(self) -> set[str]:
        """The ids of the notes that are ticked."""
        return set(self["notes"].value() or [])


class NewThemeForm(HouseForm):
    """A theme to be added."""

    title = forms.CharField(max_length=TITLE_LIMIT, error_messages={"required": UNTITLED})
    parent = ThemeField(label="Under", nothing="the top of the outline", required=False)

    def __init__(self, *args: Any, outline: Outline, **kwargs: Any) -> None:
        """Offer the themes of `outline` as parents."""
        super().__init__(*args, **kwargs)
        parent: Any = self.fields["parent"]
        parent.offer(outline)


class ThemeForm(VersionedForm):
    """What a theme says, where it stands, and which questions it answers."""

    title = forms.CharField(
        widget=forms.TextInput(attrs={"class": "input-text"}),
        error_messages={"required": UNTITLED},
    )
    summary = forms.CharField(
        required=False,
        help_text="It opens the theme’s section of the memo. Markdown: *emphasis*, lists, links.",
        widget=forms.Textarea(
            attrs={"rows": 5, "class": "input-text", "data-behaviour": "autogrow"}
        ),
    )
    parent = ThemeField(label="Stands under", nothing="the top of the outline", required=False)
    placement = forms.ChoiceField(label="Goes in the memo under", choices=Placement.choices)
    questions = forms.ModelMultipleChoiceField(
        label="Guiding questions it speaks to",
        queryset=GuidingQuestion.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, actor: Participant, theme: Theme, outline: Outline, **kwargs: Any
    ) -> None:
        """Offer what `theme` may stand under, and the questions of the workshop."""
        super().__init__(*args, **kwargs)
        parent: Any = self.fields["parent"]
        parent.offer(outline, without=theme)
        questions: Any = self.fields["questions"]
        questions.queryset = GuidingQuestion.objects.filter(workshop=actor.workshop)
        if not questions.queryset.exists():
            del self.fields["questions"]


class PlacementForm(HouseForm):
    """Where a theme goes in the memo."""

    placement = forms.ChoiceField(
        label="Place this theme under",
        choices=Placement.choices,
        widget=forms.Select(attrs={"class": "input-auto"}),
    )


class ParentForm(HouseForm):
    """What a theme is to stand under."""

    parent = ThemeField(label="Under", nothing="the top of the outline", required=False)
    before = ThemeField(label="Before", nothing="last", required=False)

    def __init__(self, *args: Any, outline: Outline, **kwargs: Any) -> None:
        """Offer every theme: that it can't be its own ancestor is for the service to say."""
        super().__init__(*args, **kwargs)
        parent: Any = self.fields["parent"]
        parent.offer(outline)
        before: Any = self.fields["before"]
        before.offer(outline)
