"""What someone may change of their own account."""

from django import forms

from apps.accounts.models import User
from apps.core.forms import HouseForm


class NameForm(HouseForm):
    """How someone is called."""

    name = forms.CharField(
        label="Name",
        required=False,
        max_length=User._meta.get_field("name").max_length,
        help_text="Shown to the teams that you work with.",
        widget=forms.TextInput({"autocomplete": "name"}),
    )
