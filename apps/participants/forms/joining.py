"""Forms for joining."""

import uuid
from collections.abc import Iterator
from typing import Any

from django import forms

from apps.core.forms import HouseForm
from apps.participants.codes import normalised
from apps.participants.models import Group, Listing, Naming, Participant
from apps.participants.selectors import as_member, groups_of
from apps.workshops.models import AttributionRule, Workshop

NEITHER = "neither"
NEITHER_OF = {1: "I’d rather not say", 2: "neither, or I’d rather not say"}
NONE_OF_THEM = "none of these, or I’d rather not say"
MINE = "mine"


class CodeForm(HouseForm):
    """Somebody's join code."""

    code = forms.CharField(
        label="Your code",
        help_text=(
            "Eight letters and digits, from the screen or the invitation. Small letters and "
            "spaces are fine."
        ),
        max_length=40,
        widget=forms.TextInput(
            {
                "class": "input-code",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": "Type the code."},
    )

    def clean_code(self) -> str:
        """Return the code that was meant."""
        code = normalised(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError("A code has eight letters and digits. Look again.")
        return code


class JoinForm(HouseForm):
    """As whom somebody joins, and the rule that they were told."""

    group = forms.ChoiceField(
        label="I’m here as",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one; the last is fine, too."},
    )
    display_name = forms.CharField(
        label="Name",
        required=False,
        max_length=Participant._meta.get_field("display_name").max_length,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    rule = forms.CharField(widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["rule"] = workshop.attribution_rule
        on_record = workshop.attribution_rule == AttributionRule.ON_RECORD
        self.fields["display_name"].help_text = (
            "Shown beside what you write."
            if on_record
            else "For the organisers’ list. Never beside a comment."
        )
        self.groups = {str(group.pk): group for group in groups_of(workshop)}
        if not self.groups or workshop.attribution_rule == AttributionRule.ANONYMOUS:
            del self.fields["group"]
            return
        group: Any = self.fields["group"]
        group.choices = [(key, as_member(group)) for key, group in self.groups.items()] + [
            (NEITHER, NEITHER_OF.get(len(self.groups), NONE_OF_THEM))
        ]

    def clean_group(self) -> Group | None:
        """Return the group that was chosen, None for none of them."""
        return self.groups.get(self.cleaned_data["group"])


class AcceptForm(JoinForm):
    """What somebody on the list hasn't said yet, and the rule that they were told.

    What the list says of how they are listed and named is shown for them to confirm or change.
    """

    listing = forms.ChoiceField(
        label="In the memo’s list of people",
        choices=Listing.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    attribution = forms.ChoiceField(
        label="What you say may be shown",
        choices=Naming.choices,
        required=False,
        widget=forms.RadioSelect,
    )

    # Of the place that this browser has already: devices are shared, it may be somebody else's.
    earlier = forms.ChoiceField(
        label="On this device somebody has joined already",
        choices=[
            (MINE, "That was me: take that place off the list. What I wrote there stays as it is."),
            ("theirs", "That was somebody else: let them stay."),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it was you."},
    )

    def __init__(
        self, *args: Any, participant: Participant, is_in_already: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, workshop=participant.workshop, **kwargs)
        if not is_in_already:
            del self.fields["earlier"]
        # The link itself works once.
        del self.fields["key"]
        del self.fields["display_name"]
        is_in = participant.consented_at is not None
        rule = participant.workshop.attribution_rule
        self.initial.update(listing=participant.listing, attribution=participant.attribution)
        if is_in or participant.listing == Listing.NONE or rule == AttributionRule.ANONYMOUS:
            del self.fields["listing"]
        if is_in or participant.attribution == Naming.NO or rule != AttributionRule.ON_RECORD:
            del self.fields["attribution"]
        on_axis = participant.memberships.filter(axis=participant.workshop.main_axis)
        if "group" in self.fields and (is_in or on_axis.exists()):
            del self.fields["group"]

    def clean_earlier(self) -> bool:
        """Say whether the earlier place was theirs."""
        return bool(self.cleaned_data["earlier"] == MINE)

    def proposed(self) -> Iterator[forms.BoundField]:
        """Return the fields that the list has an answer for, which only they can give."""
        return (self[name] for name in ("listing", "attribution") if name in self.fields)


class PlaceForm(HouseForm):
    """Where to send the link to one's own place."""

    to = forms.EmailField(
        label="E-mail address",
        help_text="It isn’t stored.",
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"required": "Type an e-mail address."},
    )
