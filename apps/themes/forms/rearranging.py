"""Forms that rearrange themes."""

from typing import Any

from django import forms

from apps.core.forms import HouseForm
from apps.notes.models import Note
from apps.themes.facts import Part
from apps.themes.forms.themes import ThemeField
from apps.themes.models import Theme
from apps.themes.selectors import Outline
from apps.themes.services.outline import TITLE_LIMIT, UNTITLED


class MergeForm(HouseForm):
    """Which theme is to take over what another holds."""

    into = ThemeField(label="Merge into", nothing="Choose a theme")

    def __init__(self, *args: Any, theme: Theme, outline: Outline, **kwargs: Any) -> None:
        """Offer every theme but `theme`."""
        super().__init__(*args, **kwargs)
        into: Any = self.fields["into"]
        into.offer(outline)
        into.choices = [choice for choice in into.choices if choice[0] != str(theme.pk)]


class DeleteForm(HouseForm):
    """Where that goes which a theme holds that is deleted."""

    to = ThemeField(label="What it holds goes to", nothing="nowhere: it holds nothing")

    def __init__(self, *args: Any, theme: Theme, outline: Outline, **kwargs: Any) -> None:
        """Offer every theme but `theme`, or none."""
        super().__init__(*args, **kwargs)
        to: Any = self.fields["to"]
        to.required = False
        to.offer(outline)
        to.choices = [choice for choice in to.choices if choice[0] != str(theme.pk)]


class SplitForm(HouseForm):
    """What goes under a new theme, and what that is called."""

    title = forms.CharField(
        label="Title of the new theme",
        max_length=TITLE_LIMIT,
        error_messages={"required": UNTITLED},
    )
    notes = forms.ModelMultipleChoiceField(
        queryset=Note.objects.none(),
        required=False,
        error_messages={"invalid_choice": "A note isn’t there any more."},
    )
    parts = forms.TypedMultipleChoiceField(required=False)

    def __init__(self, *args: Any, notes: Any, parts: list[Part], **kwargs: Any) -> None:
        """Let `notes` and `parts` be chosen."""
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["notes"]
        chosen.queryset = notes
        by_id = {part.id: part.row.pk for part in parts}
        findings: Any = self.fields["parts"]
        findings.choices = [(part.id, part.text) for part in parts]
        findings.coerce = by_id.get

    @property
    def chosen(self) -> set[str]:
        """The ids of what is ticked."""
        return {*(self["notes"].value() or []), *(self["parts"].value() or [])}
