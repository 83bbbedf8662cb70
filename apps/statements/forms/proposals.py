"""Forms of proposing statements, and of deciding on them."""

import uuid
from typing import Any

from django import forms

from apps.core.forms import HouseForm
from apps.participants.models import Participant
from apps.statements.models import MAX_LENGTH, Declined
from apps.themes.models import Theme
from apps.themes.selectors import Outline, themes_visible_to


class ProposalForm(HouseForm):
    """A statement that somebody proposes; `id` makes the same one sent twice one."""

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label="Statement",
        help_text="A sentence with which one can agree or disagree: one idea, no question.",
        max_length=MAX_LENGTH,
        widget=forms.Textarea({"rows": 3, "data-behaviour": "autogrow"}),
    )
    theme = forms.ModelChoiceField(
        Theme.objects.none(), label="Theme", required=False, empty_label="None in particular"
    )

    def __init__(self, *args: Any, actor: Participant, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"id": uuid.uuid4()})
        super().__init__(*args, **kwargs)
        themes: Any = self.fields["theme"]
        themes.queryset = themes_visible_to(actor)
        choices = [(theme.pk, theme.title) for theme, _ in Outline(actor).in_order()]
        themes.choices = [("", "None in particular"), *choices]
        if not choices:
            del self.fields["theme"]

    def begin_another(self) -> None:
        """Let what is written be another proposal than the one of the same id."""
        self.data = {**{name: self.data.get(name) for name in self.fields}, "id": uuid.uuid4()}


class AcceptForm(HouseForm):
    """The words in which a proposal is asked."""

    text = forms.CharField(max_length=MAX_LENGTH, required=False)


class DeclineForm(HouseForm):
    """Why a proposal isn't asked."""

    why = forms.ChoiceField(
        choices=Declined.choices,
        error_messages={"required": "Choose why it isn’t asked."},
    )
