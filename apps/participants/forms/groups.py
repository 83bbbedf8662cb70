"""Forms about groups."""

from typing import Any

from django import forms

from apps.core.forms import VersionedForm
from apps.participants.models import Group
from apps.workshops.forms.lengths import length
from apps.workshops.models import Workshop

# What a group can be of, as the domain has it; others may have come by another way.
AXES = ["role", "region", "sector"]


class GroupForm(VersionedForm):
    """What one member, and all of them, are called."""

    plural = forms.CharField(
        label="Several are called",
        help_text="For example “scholars”.",
        max_length=length("plural", Group),
    )
    singular = forms.CharField(
        label="One is called",
        help_text="For example “scholar”.",
        max_length=length("singular", Group),
    )


class NewGroupForm(GroupForm):
    """A new group: what one of them is called is guessed, if it is left out."""

    axis = forms.ChoiceField(
        label="Compares people by",
        help_text="Everybody is in one group of each kind. The first kind is the main one.",
    )

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["singular"].required = False
        self.fields["singular"].help_text = "Guessed from the other, if you leave it out."
        held = workshop.groups.values_list("axis", flat=True).distinct().order_by()
        names = dict.fromkeys([workshop.main_axis, *AXES, *sorted(held)])
        axis: Any = self.fields["axis"]
        axis.choices = [(name, name) for name in names]
        axis.initial = workshop.main_axis
