"""Forms about people."""

from apps.participants.forms.deletion import DeletionDateForm, PurgeNowForm
from apps.participants.forms.groups import GroupForm
from apps.participants.forms.joining import AcceptForm, CodeForm, JoinForm, PlaceForm
from apps.participants.forms.oneself import EraseForm, OneselfForm, values_of_oneself
from apps.participants.forms.people import FilterForm, PersonForm, SeveralForm, values_of_person
from apps.participants.forms.roster import ListForm, WishesForm, columns_in, kinds_in

__all__ = [
    "AcceptForm", "CodeForm", "DeletionDateForm", "EraseForm", "FilterForm", "GroupForm",
    "JoinForm", "ListForm", "OneselfForm", "PersonForm", "PlaceForm", "PurgeNowForm",
    "SeveralForm", "WishesForm", "columns_in", "kinds_in", "values_of_oneself", "values_of_person",
]  # fmt: skip
