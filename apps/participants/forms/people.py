"""Forms about the people on the list."""

from typing import Any

from django import forms

from apps.core.forms import HouseForm, VersionedForm
from apps.participants.models import Function, Group, Listing, Naming, Participant
from apps.participants.selectors.groups import axes_of
from apps.participants.selectors.people import NO_GROUP, Filters, Roster, State
from apps.participants.selectors.telling import ONLY_THEY, may_propose
from apps.workshops.attribution import keeps_groups
from apps.workshops.models import Role, Workshop

AS_IT_IS = ""
LONGEST_QUESTION = 120


def length(field: str) -> int:
    """Return how long a text of a participant's row may be."""
    model: Any = Participant
    return int(model._meta.get_field(field).max_length)


class GroupFields:
    """The fields of a form that choose a group, one an axis."""

    def __init__(self, workshop: Workshop) -> None:
        self.axes = {
            ("group" if axis == workshop.main_axis else f"group_{number}"): (axis, groups)
            for number, (axis, groups) in enumerate(axes_of(workshop))
            if keeps_groups(workshop)
        }

    def label(self, name: str) -> str:
        """Return what the field `name` is called: "Group", and others by their axis."""
        return "Group" if name == "group" else self.axes[name][0].capitalize()

    def choices(self, name: str) -> list[tuple[str, str]]:
        """Return the groups that `name` offers."""
        return [(str(group.pk), group.plural) for group in self.axes[name][1]]

    def chosen(self, name: str, value: str) -> Group | None:
        """Return the group that `value` of field `name` means."""
        return next((group for group in self.axes[name][1] if str(group.pk) == value), None)


class PersonForm(VersionedForm):
    """What the list says of somebody."""

    display_name = forms.CharField(
        label="Name",
        required=False,
        max_length=length("display_name"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    affiliation = forms.CharField(
        required=False,
        max_length=length("affiliation"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label="E-mail",
        required=False,
        max_length=length("email"),
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    role = forms.ChoiceField(choices=Role.choices, initial=Role.PARTICIPANT)
    listing = forms.ChoiceField(
        label="Listed", choices=Listing.choices, initial=Listing.NONE, required=False
    )
    attribution = forms.ChoiceField(
        label="May be named", choices=Naming.choices, initial=Naming.NO, required=False
    )
    functions = forms.MultipleChoiceField(
        label="In the event",
        choices=Function.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, workshop: Workshop, person: Participant | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if person is not None:
            self._only_what_may_be_proposed(person)
        self._groups = GroupFields(workshop)
        for name in self._groups.axes:
            choices = [("", "none"), *self._groups.choices(name)]
            self.fields[name] = forms.ChoiceField(
                label=self._groups.label(name),
                choices=choices,
                required=False,
                widget=forms.Select({"class": "input"}),
            )

    def _only_what_may_be_proposed(self, person: Participant) -> None:
        for name in ("listing", "attribution"):
            field: Any = self.fields[name]
            field.choices = [each for each in field.choices if may_propose(person, name, each[0])]
            field.error_messages["invalid_choice"] = ONLY_THEY
            if person.consented_at is not None:
                field.help_text = "As they chose. Only they can let more be told."

    def group_fields(self) -> list[Any]:
        """Return the fields that choose a group."""
        return [self[name] for name in self._groups.axes]

    def values(self) -> dict[str, Any]:
        """Return what was given, as services take it."""
        given = dict(self.cleaned_data)
        chosen = [self._groups.chosen(name, given.pop(name)) for name in self._groups.axes]
        if given.get("version") is None:
            given.pop("version", None)
        # Left out by whoever sends less than the page does.
        for name in ("listing", "attribution"):
            if not given[name]:
                given.pop(name)
        return {**given, "groups": [group for group in chosen if group is not None]}


def values_of_person(person: Participant) -> dict[str, Any]:
    """Return what the row of `person` holds for the fields of the form."""
    names = (
        "display_name", "affiliation", "email", "role", "listing", "attribution", "functions",
        "version",
    )  # fmt: skip
    values: dict[str, Any] = {name: getattr(person, name) for name in names}
    held = {m.axis: str(m.group_id) for m in person.memberships.all()}
    fields = GroupFields(person.workshop)
    return values | {name: held.get(axis, "") for name, (axis, _) in fields.axes.items()}


class SeveralForm(HouseForm):
    """What several people become at once: a role, a group."""

    role = forms.ChoiceField(choices=[(AS_IT_IS, "as it is"), *Role.choices], required=False)

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._groups = GroupFields(workshop)
        for name in self._groups.axes:
            self.fields[name] = forms.ChoiceField(
                label=self._groups.label(name),
                choices=[(AS_IT_IS, "as it is"), *self._groups.choices(name), (NO_GROUP, "none")],
                required=False,
                widget=forms.Select({"class": "input"}),
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a change of nothing."""
        found = super().clean() or self.cleaned_data
        if not self.errors and not any(found.values()):
            raise forms.ValidationError("Choose a role or a group for them.")
        return found

    def values(self) -> dict[str, Any]:
        """Return what was given, as the service takes it."""
        groups = {
            axis: self._groups.chosen(name, self.cleaned_data[name])
            for name, (axis, _) in self._groups.axes.items()
            if self.cleaned_data[name] != AS_IT_IS
        }
        return {"role": self.cleaned_data["role"] or None, "groups": groups or None}


class FilterForm(HouseForm):
    """Which people are shown. What makes no sense asks for nothing."""

    q = forms.CharField(label="Name", required=False, widget=forms.TextInput({"type": "search"}))
    role = forms.ChoiceField(required=False)
    group = forms.ChoiceField(required=False)
    state = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, roster: Roster, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._roster = roster
        counts = roster.counts()
        fields: Any = self.fields
        fields["role"].choices = [("", "any"), *counted(counts.by_role)]
        groups = [(str(g.pk), f"{g.plural} ({n})") for g, n in counts.by_group]
        if counts.without_group:
            groups.append((NO_GROUP, f"none ({counts.without_group})"))
        fields["group"].choices = [("", "any"), *groups]
        states = counted(counts.by_state)
        if counts.removed:
            states.append((str(State.REMOVED), f"{State.REMOVED.label} ({counts.removed})"))
        fields["state"].choices = [("", f"on the list ({counts.total})"), *states]
        if not groups:
            del self.fields["group"]

    def filters(self) -> Filters:
        """Return what is asked for, also where nobody is like that."""
        known = {
            "role": Role.values,
            "group": [NO_GROUP, *(str(group.pk) for group in self._roster.groups)],
            "state": State.values,
        }
        given = {name: str(self.data.get(name, "")) for name in known}
        asked = {name: value for name, value in given.items() if value in known[name]}
        return Filters(q=str(self.data.get("q", ""))[:LONGEST_QUESTION], **asked)


def counted(found: Any) -> list[tuple[str, str]]:
    """Return choices, each with how many there are."""
    return [(str(each), f"{each.label} ({number})") for each, number in found]
