"""A form about the organisations behind a workshop."""

from django import forms

from apps.core.forms import VersionedForm
from apps.workshops.forms.lengths import length
from apps.workshops.models import Organisation, OrganisationRole


class OrganisationForm(VersionedForm):
    """Who hosts, takes part, pays, or gives the rooms."""

    name = forms.CharField(
        max_length=length("name", Organisation), error_messages={"required": "Give its name."}
    )
    role = forms.ChoiceField(choices=OrganisationRole.choices)
    note = forms.CharField(max_length=length("note", Organisation), required=False)
    award_number = forms.CharField(
        max_length=length("award_number", Organisation),
        required=False,
        help_text="Of a grant, as the funder wants it cited.",
    )
    acknowledgement = forms.CharField(
        max_length=2_000,
        required=False,
        help_text="A sentence for the memo: “Supported by…”.",
        widget=forms.Textarea({"class": "input-text", "rows": 2, "data-behaviour": "autogrow"}),
    )
