"""Forms about a programme that was pasted: the text, and the sessions that it becomes."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from apps.core.forms import HouseForm
from apps.workshops.forms.lengths import length
from apps.workshops.models import Session, SessionKind, Workshop
from apps.workshops.programme import Programme
from apps.workshops.programme.reading import MOST_ENTRIES
from apps.workshops.services import PlannedSession

NOT_ADDED = "This one isn’t being added. Choose another, or none."
PARTS_OF_PARTS = "This one is parallel to others itself. Choose another, or none."


class ProgrammeForm(HouseForm):
    """A programme as text."""

    text = forms.CharField(
        label="The programme",
        max_length=40_000,
        strip=False,
        help_text=(
            "Times begin the lines, days stand above them: “Tuesday 12 May”, “09:00–10:30 Opening "
            "plenary (Room A)”. Breakouts follow as a list."
        ),
        widget=forms.Textarea({"rows": 14, "spellcheck": "false"}),
        error_messages={"required": "Paste or type the programme."},
    )


class UnreadForm(HouseForm):
    """What wasn't understood, to mend; and the session with which the workshop began."""

    text = forms.CharField(
        label="Lines to mend",
        max_length=40_000,
        strip=False,
        required=False,
        widget=forms.Textarea({"rows": 5, "spellcheck": "false"}),
    )
    instead = forms.BooleanField(required=False, initial=True)


class PlannedForm(HouseForm):
    """A session that a line became, for correction."""

    add = forms.BooleanField(required=False)
    title = forms.CharField(
        max_length=length("title", Session), error_messages={"required": "Give it a title."}
    )
    kind = forms.ChoiceField(choices=SessionKind.choices)
    day = forms.DateField(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    start = forms.TimeField(
        required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    end = forms.TimeField(required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    room = forms.CharField(max_length=length("room", Session), required=False)
    under = forms.TypedChoiceField(
        label="Parallel, as part of", coerce=int, empty_value=None, required=False
    )
    line = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse an end without a start; what isn't added need not be right."""
        found = super().clean() or self.cleaned_data
        if not found.get("add"):
            self.errors.clear()
        elif found.get("end") and not found.get("start") and "start" not in self.errors:
            self.add_error("start", "Say when it starts, too.")
        return found


class PlannedFormSet(forms.BaseFormSet):  # type: ignore[type-arg]
    """All sessions that a programme became."""

    def add_fields(self, form: PlannedForm, index: int | None) -> None:
        """Offer each row the others as what it is part of."""
        super().add_fields(form, index)
        under: Any = form.fields["under"]
        titles = [self._title(place) for place in range(self.initial_form_count() or 0)]
        others = [
            (str(place), title) for place, title in enumerate(titles) if place != index and title
        ]
        under.choices = [("", "It stands for itself"), *others]

    def clean(self) -> None:
        """Refuse a row under one that isn't added, or that is itself under another."""
        rows = [form.cleaned_data for form in self.forms if hasattr(form, "cleaned_data")]
        for form, row in zip(self.forms, rows, strict=True):
            if not row.get("add") or row.get("under") is None:
                continue
            whole = rows[row["under"]]
            if not whole.get("add"):
                form.add_error("under", NOT_ADDED)
            elif whole.get("under") is not None:
                form.add_error("under", PARTS_OF_PARTS)

    def planned(self, zone: ZoneInfo) -> list[PlannedSession]:
        """Return the sessions to add, their hours told in `zone`."""
        chosen = [n for n, form in enumerate(self.forms) if form.cleaned_data.get("add")]
        found = []
        for number in chosen:
            row = self.forms[number].cleaned_data
            start, end = (_at(row["day"], row[name], zone) for name in ("start", "end"))
            if start and end and end < start:
                # Past midnight.
                end += timedelta(days=1)
            under = chosen.index(row["under"]) if row["under"] is not None else None
            found.append(PlannedSession(row["title"], row["kind"], start, end, row["room"], under))
        return found

    def _title(self, place: int) -> str:
        if self.is_bound:
            return str(self.data.get(f"{self.prefix}-{place}-title", ""))
        initial: Any = self.initial
        return str(initial[place]["title"])


PlannedSessions = forms.formset_factory(
    PlannedForm,
    formset=PlannedFormSet,
    extra=0,
    max_num=MOST_ENTRIES,
    absolute_max=MOST_ENTRIES,
    validate_max=True,
)


def rows_of(programme: Programme, *, workshop: Workshop, offset: int = 0) -> list[dict[str, Any]]:
    """Return what the rows of a form begin with: pauses, and what is there already, aren't ticked.

    A round is, if something new stands under it: it isn't added twice.
    """
    sessions = workshop.sessions.select_related("parent")
    known = {(_name(each), each.starts_at, _name(each.parent)) for each in sessions}
    found: list[dict[str, Any]] = []
    for entry in programme.entries:
        start = _at(entry.day, entry.start, workshop.zone)
        whole = found[entry.under] if entry.under is not None else None
        is_known = (
            entry.title.casefold(), start, whole["title"].casefold() if whole else ""
        ) in known  # fmt: skip
        adds = not entry.is_break and not is_known
        if whole and adds:
            whole["add"] = True
        found.append(
            {
                "add": adds,
                "title": entry.title,
                "kind": entry.kind,
                "day": entry.day,
                "start": entry.start,
                "end": entry.end,
                "room": entry.room,
                "under": None if entry.under is None else entry.under + offset,
                "line": entry.line,
                "is_break": entry.is_break,
                "is_known": is_known,
                "is_outside": not workshop.starts_on <= entry.day <= workshop.ends_on,
            }
        )
    return found


def _name(session: Session | None) -> str:
    return session.title.casefold() if session else ""


def _at(day: date, hour: time | None, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(day, hour, tzinfo=zone) if hour else None
