"""Forms about what a workshop is."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import available_timezones

from django import forms

from apps.core.forms import VersionedForm
from apps.workshops.forms.lengths import length
from apps.workshops.forms.meanings import IN_SHORT
from apps.workshops.models import AttributionRule, Mode

LANGUAGES = [
    ("en", "English"),
    ("fr", "French"),
    ("de", "German"),
    ("es", "Spanish"),
    ("it", "Italian"),
    ("nl", "Dutch"),
    ("pt", "Portuguese"),
]


def time_zones() -> list[tuple[str, str]]:
    """Return the time zones that people live in: "Europe/Paris", shown as "Europe, Paris"."""
    places = sorted(name for name in available_timezones() if "/" in name)
    lived_in = [name for name in places if not name.startswith("Etc/")]
    return [("UTC", "UTC")] + [
        (name, name.replace("/", ", ").replace("_", " ")) for name in lived_in
    ]


class BasicsForm(VersionedForm):
    """What a workshop is: the basics, after which notes can be taken."""

    title = forms.CharField(
        max_length=length("title"),
        widget=forms.TextInput({"class": "input-text"}),
        error_messages={"required": "Give the workshop a title."},
    )
    series = forms.CharField(
        label="Series or subtitle", max_length=length("series"), required=False
    )
    purpose = forms.CharField(
        max_length=length("purpose"),
        required=False,
        help_text="One or two sentences. They open the memo’s introduction.",
        widget=forms.Textarea({"class": "input-text", "rows": 3, "data-behaviour": "autogrow"}),
    )
    starts_on = forms.DateField(
        label="First day",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Say on which day it starts."},
    )
    ends_on = forms.DateField(
        label="Last day",
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    venue = forms.CharField(max_length=length("venue"), required=False)
    number_present = forms.IntegerField(
        label="Number of people present",
        min_value=1,
        max_value=30_000,
        required=False,
        widget=forms.TextInput({"class": "input-short", "inputmode": "numeric"}),
    )
    composition = forms.CharField(
        label="Who they are",
        help_text="Kinds of people, not their names.",
        max_length=length("composition"),
        required=False,
    )
    dates_note = forms.CharField(
        label="On the days, if sources differ", max_length=length("dates_note"), required=False
    )
    number_present_note = forms.CharField(
        label="On the number, if it is in doubt",
        max_length=length("number_present_note"),
        required=False,
    )
    mode = forms.ChoiceField(
        label="How people meet",
        choices=[
            (Mode.IN_PERSON, "in person"), (Mode.ONLINE, "online"), (Mode.HYBRID, "both")
        ],
        initial=Mode.IN_PERSON,
        widget=forms.RadioSelect,
    )  # fmt: skip
    time_zone = forms.ChoiceField(label="Time zone", choices=time_zones, initial="UTC")
    language = forms.ChoiceField(label="Language of the memo", choices=LANGUAGES, initial="en")

    suggests = forms.BooleanField(
        label="Suggest themes for notes, by the words they share",
        help_text="Nothing is filed by itself. Words are compared on this server alone.",
        initial=True,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A workshop that came by another way may hold one that isn't offered: it may keep it.
        for name in ("time_zone", "language"):
            field: Any = self.fields[name]
            held = self.initial.get(name)
            if held and held not in dict(field.choices):
                field.choices = [(held, held), *field.choices]

    def clean(self) -> dict[str, Any]:
        """Take a workshop of one day to end on it."""
        found = super().clean() or self.cleaned_data
        if not found.get("ends_on"):
            found["ends_on"] = found.get("starts_on")
        return found


class StartForm(BasicsForm):
    """What a new workshop is, and what those who join it are told from the first moment."""

    attribution_rule = forms.ChoiceField(
        label="Who may be named",
        help_text="Once people have spoken or joined, it can only become stricter.",
        choices=AttributionRule.choices,
        initial=AttributionRule.CHATHAM_HOUSE,
        widget=forms.RadioSelect,
    )
    purge_on = forms.DateField(
        label="Deletion date",
        required=False,
        help_text="Until when the notes and the list of people are kept: six months after the last "
        "day, if you leave it empty. All who join are told.",
        widget=forms.DateInput({"type": "date", "class": "input-short"}, format="%Y-%m-%d"),
    )

    def clean(self) -> dict[str, Any]:
        """Leave a day that isn’t said to whoever founds the workshop."""
        found = super().clean()
        if "purge_on" in found and found["purge_on"] is None:
            del found["purge_on"]
        return found

    def rules(self) -> Iterator[tuple[Any, str]]:
        """Return the choices of rule, each with what it means."""
        for choice in self["attribution_rule"].subwidgets:
            yield choice, IN_SHORT[str(choice.data["value"])]
