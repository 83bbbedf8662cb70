"""Forms of taking a list of people: the list, its columns, what becomes of its lines."""

from typing import Any

from django import forms

from apps.core.forms import HouseForm
from apps.participants.models import Group
from apps.participants.roster import Choice, Columns, NewGroup, Plan, Planned
from apps.participants.roster.columns import GROUP
from apps.participants.roster.planning import LONGEST, MOST_NEW_GROUPS
from apps.participants.selectors.groups import axes_of
from apps.participants.services import Wishes
from apps.workshops.models import Workshop

LEFT_OUT = "left out"
KIND_LABELS = {
    "name": "name",
    "first_name": "first name",
    "last_name": "last name",
    "email": "e-mail address",
    "affiliation": "affiliation",
    GROUP: "group",
    "role": "role here",
    "functions": "function in the event",
    "listing": "how they are listed",
    "attribution": "whether they may be named",
}
CHOICE_LABELS = {
    Choice.SKIP: "leave as they are",
    Choice.UPDATE: "update from this list",
    Choice.ADD: "add all the same",
}
# More lines are decided all together.
MOST_DOUBLES = 400
MAKE, NONE = "make", "none"


class ListForm(HouseForm):
    """A list of people, pasted or in a file."""

    text = forms.CharField(
        label="Paste it here",
        help_text="From a spreadsheet, an e-mail, a registration form: one person a line.",
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
    )
    file = forms.FileField(
        label="Or choose a file",
        help_text="CSV or XLSX, of any columns, up to 20 MiB.",
        required=False,
        allow_empty_file=True,
    )

    def clean(self) -> dict[str, Any]:
        """Refuse nothing, and two lists at once."""
        found = super().clean() or self.cleaned_data
        has_text, has_file = bool(str(found.get("text", "")).strip()), bool(found.get("file"))
        if not self.errors and has_text == has_file:
            said = "Paste a list, or choose a file." if not has_text else "One list at a time."
            self.add_error("text", said)
        return found


def kinds_in(workshop: Workshop) -> dict[str, str]:
    """Return what a column may hold in this workshop, and what that is called."""
    axes = [axis for axis, _ in axes_of(workshop) if axis != workshop.main_axis]
    others = {f"{GROUP}:{axis}": f"group ({axis})" for axis in axes}
    return {"": LEFT_OUT, **KIND_LABELS, **others}


def columns_in(data: Any, *, width: int, kinds: dict[str, str]) -> Columns | None:
    """Return the columns that the address of a page names, None if it names none."""
    given = data.getlist("column")
    if len(given) != width or not set(given) <= set(kinds):
        return None
    return Columns(given, heading="heading" in data)


class WishesForm(HouseForm):
    """What becomes of people who are there already, of new groups, and of lines that are wrong."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    doubles = forms.ChoiceField(
        label="People who seem to be there already",
        choices=[(str(choice), label) for choice, label in CHOICE_LABELS.items()],
        initial=Choice.SKIP,
        required=False,
        widget=forms.Select({"class": "input-auto"}),
    )
    leave_out_wrong = forms.BooleanField(required=False)

    def __init__(
        self, *args: Any, plan: Plan, workshop: Workshop, may_make: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.initial["digest"] = plan.digest
        self.new_groups = plan.new_groups[:MOST_NEW_GROUPS]
        self._groups: dict[str, Group] = {str(g.pk): g for g in workshop.groups.all()}
        self._doubles = plan.doubles[:MOST_DOUBLES]
        for line in self._doubles:
            labels = [(str(choice), CHOICE_LABELS[choice]) for choice in line.choices]
            self._add(f"line_{line.entry.line}", [("", "as above"), *labels], "What becomes of it")
        for number, new in enumerate(self.new_groups):
            self._add_group(number, new, workshop, may_make=may_make)
        if not plan.doubles:
            del self.fields["doubles"]
        if not plan.bad:
            del self.fields["leave_out_wrong"]
        else:
            lines = "1 line" if len(plan.bad) == 1 else f"{len(plan.bad)} lines"
            self.fields["leave_out_wrong"].label = f"Leave out {lines}, and take the rest"

    def doubles_to_decide(self) -> list[tuple[Planned, Any]]:
        """Return the lines that can be decided one by one, each with its field."""
        return [(line, self[f"line_{line.entry.line}"]) for line in self._doubles]

    def groups_to_decide(self) -> list[tuple[NewGroup, Any, Any, Any]]:
        """Return the new groups, each with its fields: what becomes of it, singular, plural."""
        return [
            (new, self[f"group_{n}"], self[f"singular_{n}"], self[f"plural_{n}"])
            for n, new in enumerate(self.new_groups)
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse a group without a name."""
        found = super().clean() or self.cleaned_data
        for number, _ in enumerate(self.new_groups):
            if found.get(f"group_{number}") == MAKE:
                for name in (f"singular_{number}", f"plural_{number}"):
                    if not found.get(name) and name not in self.errors:
                        self.add_error(name, "Say what they are called.")
        return found

    def wishes(self) -> Wishes:
        """Return what was chosen, as the service takes it."""
        given = self.cleaned_data
        lines = {line.entry.line: given[f"line_{line.entry.line}"] for line in self._doubles}
        groups: dict[str, tuple[str, str] | Group | None] = {}
        for number, new in enumerate(self.new_groups):
            chosen = given[f"group_{number}"]
            names = (given[f"singular_{number}"], given[f"plural_{number}"])
            groups[new.key] = names if chosen == MAKE else self._groups.get(chosen)
        return Wishes(
            doubles=Choice(given.get("doubles") or Choice.SKIP),
            lines={line: Choice(choice) for line, choice in lines.items() if choice},
            groups=groups,
            leave_out_wrong=bool(given.get("leave_out_wrong")),
        )

    def _add_group(self, number: int, new: NewGroup, workshop: Workshop, *, may_make: bool) -> None:
        axis = new.axis or workshop.main_axis
        known = [(pk, f"they are {g.plural}") for pk, g in self._groups.items() if g.axis == axis]
        make = [(MAKE, "make this group")] if may_make else []
        self._add(f"group_{number}", [*make, *known, (NONE, "no group")], f"“{new.name}”")
        self.initial[f"group_{number}"] = MAKE if may_make else NONE
        for part, label in (("singular", "One is called"), ("plural", "Several are called")):
            self.fields[f"{part}_{number}"] = forms.CharField(
                label=label,
                required=False,
                max_length=LONGEST,
                initial=getattr(new, part),
                widget=forms.TextInput({"class": "input"}),
            )

    def _add(self, name: str, choices: list[tuple[str, str]], label: str) -> None:
        widget = forms.Select({"class": "input"})
        self.fields[name] = forms.ChoiceField(
            label=label, choices=choices, required=False, widget=widget
        )
