"""Forms about the day of deletion."""

from typing import Any

from django import forms

from apps.core.forms import HouseForm, VersionedForm


class DeletionDateForm(VersionedForm):
    """Another day of deletion, or none, and why."""

    purge_on = forms.DateField(
        label="Deletion date",
        required=False,
        widget=forms.DateInput({"type": "date", "class": "input-short"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label="Why, if it becomes later",
        required=False,
        max_length=500,
        help_text="Everybody here can read it, for they were told the earlier day.",
    )


class PurgeNowForm(HouseForm):
    """The title, typed to say that this workshop is meant."""

    title = forms.CharField(
        label="Type the workshop’s title",
        max_length=300,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="purge_%s", **kwargs)
