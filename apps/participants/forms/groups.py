"""A form about groups."""

from django import forms

from apps.core.forms import VersionedForm
from apps.participants.models import Group


class GroupForm(VersionedForm):
    """What one member, and all of them, are called."""

    singular = forms.CharField(
        label="One is called",
        help_text="For example “scholar”.",
        max_length=Group._meta.get_field("singular").max_length,
    )
    plural = forms.CharField(
        label="Several are called",
        help_text="For example “scholars”.",
        max_length=Group._meta.get_field("plural").max_length,
    )
