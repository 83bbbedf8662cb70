"""Forms about oneself: as whom one is here, and whether one stays."""

from collections.abc import Iterator
from typing import Any

from django import forms

from apps.core.forms import HouseForm, VersionedForm
from apps.participants.models import Group, Listing, Naming, Participant
from apps.participants.selectors import as_member, groups_of
from apps.workshops.forms.lengths import length
from apps.workshops.models import AttributionRule

NO_GROUP = "none"


class OneselfForm(VersionedForm):
    """Name, affiliation, group, and how one wants to be listed and named."""

    display_name = forms.CharField(
        label="Name",
        required=False,
        max_length=length("display_name", Participant),
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    affiliation = forms.CharField(
        required=False,
        max_length=length("affiliation", Participant),
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    group = forms.ChoiceField(label="You’re here as", widget=forms.RadioSelect)
    listing = forms.ChoiceField(
        label="In the memo’s list of people",
        help_text="What is made from now on follows it; versions made before stay as they are.",
        choices=Listing.choices,
        widget=forms.RadioSelect,
    )
    attribution = forms.ChoiceField(
        label="What you say",
        help_text="Whether it may be shown with your name.",
        choices=Naming.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, participant: Participant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        workshop = participant.workshop
        rule = workshop.attribution_rule
        self.groups = {str(group.pk): group for group in groups_of(workshop)}
        # What the rule keeps nothing of, or shows nobody, isn't asked.
        if rule == AttributionRule.ANONYMOUS:
            del self.fields["listing"]
        if rule != AttributionRule.ON_RECORD:
            del self.fields["attribution"]
        if not self.groups or rule == AttributionRule.ANONYMOUS:
            del self.fields["group"]
            return
        group: Any = self.fields["group"]
        labels = [(key, as_member(each)) for key, each in self.groups.items()]
        group.choices = [*labels, (NO_GROUP, "none of these, or I’d rather not say")]

    def chosen(self) -> Iterator[forms.BoundField]:
        """Return the fields in which one of several is chosen, as far as they are asked."""
        return (self[name] for name in ("group", "listing", "attribution") if name in self.fields)

    def clean_group(self) -> Group | None:
        """Return the group that was chosen, None for none of them."""
        return self.groups.get(self.cleaned_data["group"])


def values_of_oneself(participant: Participant) -> dict[str, Any]:
    """Return what the row of `participant` holds for the fields of the form."""
    axis = participant.workshop.main_axis
    membership = participant.memberships.filter(axis=axis).first()
    row = ("display_name", "affiliation", "listing", "attribution", "version")
    values = {name: getattr(participant, name) for name in row}
    return {**values, "group": str(membership.group_id) if membership else NO_GROUP}


class EraseForm(HouseForm):
    """What becomes of one's comments, and that it is meant."""

    unanswered = forms.ChoiceField(
        label="The comments you wrote",
        choices=[
            ("", "They stay, without their author"),
            ("delete", "Delete those that nobody answered; the others stay, without their author"),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    understood = forms.BooleanField(
        label="I know that this can’t be undone",
        error_messages={"required": "Say that you know it can’t be undone."},
    )

    def clean_unanswered(self) -> bool:
        """Return whether comments that nobody answered are deleted."""
        return bool(self.cleaned_data["unanswered"])
