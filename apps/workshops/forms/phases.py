"""A form about the phase of a workshop."""

from django import forms

from apps.core.forms import HouseForm


class PhaseForm(HouseForm):
    """Into which phase to move, and why."""

    phase = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Why?",
        required=False,
        max_length=500,
        help_text="It stands in the history.",
    )
