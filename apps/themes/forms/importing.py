"""Forms of taking notes from elsewhere: the text, how it is read, what becomes of each line."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from apps.core.forms import HouseForm
from apps.core.texts import fold
from apps.notes.importing import Column, Document, Format, Reading
from apps.notes.importing.columns import guess_columns, wrong_with
from apps.notes.importing.deciding import (
    IN_TEXT,
    NEW,
    NOBODY,
    NOTHING,
    OUT,
    Known,
    Label,
    Place,
)
from apps.notes.importing.planning import Plan, Planned, Wishes

# More names to choose from, in all lists of a page together, make it long.
MOST_CHOICES = 10_000
FIND_OUT = "find out"
KINDS = [
    ("", FIND_OUT),
    (Format.TEXT.value, "plain text or minutes"),
    (Format.MARKDOWN.value, "Markdown"),
    (Format.TABLE.value, "a table"),
]
COLUMN_LABELS = {
    Column.TEXT: "what was said",
    Column.SPEAKER: "who said it, or their group",
    Column.SESSION: "session",
    Column.THEME: "theme",
    Column.MARK: "kind of remark",
    Column.NUMBER: "number of the note",
    Column.ANSWERS: "number of the note it answers",
    Column.LEFT_OUT: "left out",
}
NOTHING_LABELS = {"": "a heading only", "session": "the session above", "theme": "no theme"}


class ImportForm(HouseForm):
    """Notes from elsewhere, pasted or in a file."""

    text = forms.CharField(
        label="Paste them here",
        help_text="Minutes, a chat, a list, a table: line by line as they are.",
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 10, "spellcheck": "false", "autocomplete": "off"}),
    )
    file = forms.FileField(
        label="Or choose a file",
        help_text="Text, Markdown, DOCX, CSV, or an export of Etherpad or HedgeDoc, up to 20 MiB.",
        required=False,
        allow_empty_file=True,
    )
    kind = forms.ChoiceField(
        label="It is",
        choices=KINDS,
        required=False,
        widget=forms.Select({"class": "input-auto"}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse nothing, and two sources at once."""
        found = super().clean() or self.cleaned_data
        has_text, has_file = bool(str(found.get("text", "")).strip()), bool(found.get("file"))
        if not self.errors and has_text == has_file:
            said = "Paste notes, or choose a file." if not has_text else "One source at a time."
            self.add_error("text", said)
        return found

    @property
    def format(self) -> Format | None:
        """The format that was said, if any."""
        kind = self.cleaned_data.get("kind")
        return Format(kind) if kind else None


class ReadingForm(HouseForm):
    """How a text is read; in the address of the page, so that going back leads to it."""

    joined = forms.BooleanField(
        label="Join lines that follow one another, up to the next blank one", required=False
    )
    names = forms.BooleanField(label="What stands before a colon is who speaks", required=False)
    signs = forms.BooleanField(
        label="Signs mean what they mean in Capture: #theme, @name, %group, ?, !", required=False
    )
    heading = forms.BooleanField(label="The first row says what the columns hold", required=False)

    def __init__(self, data: Any, *, document: Document) -> None:
        """Ask what there is to ask of `document`; an address that says nothing leaves a guess."""
        self.document = document
        kinds, heading = guess_columns(document.blocks) if self.is_table else ([], False)
        initial: dict[str, Any] = {
            "joined": document.wrapped, "names": True, "heading": heading,
        }  # fmt: skip
        for place, kind in enumerate(kinds):
            initial[f"column_{place}"] = str(kind)
        bound = data if "read" in data else None
        super().__init__(bound, initial=initial, auto_id="reading-%s")
        for place, _ in enumerate(kinds):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=self._name(place, heading=heading),
                choices=[(str(kind), label) for kind, label in COLUMN_LABELS.items()],
                required=False,
                widget=forms.Select({"class": "input input-auto"}),
            )
        for name in ["joined", "names", "signs"] if self.is_table else ["heading"]:
            del self.fields[name]
        if document.format == Format.OWN:
            self.fields.clear()

    @property
    def is_table(self) -> bool:
        """Columns are to be told apart."""
        return self.document.format == Format.TABLE

    def columns(self) -> list[Any]:
        """Return the fields of columns."""
        return [self[name] for name in self.fields if name.startswith("column_")]

    def switches(self) -> list[Any]:
        """Return the fields that are ticked or not."""
        return [self[name] for name in self.fields if not name.startswith("column_")]

    @property
    def wrong(self) -> str:
        """Say what can't be of the columns; empty if all is well."""
        return wrong_with(self.reading().columns) if self.is_table else ""

    def reading(self) -> Reading:
        """Return how the document is to be read."""
        given: Mapping[str, Any] = (
            self.cleaned_data if self.is_bound and self.is_valid() else self.initial
        )
        columns = [str(given.get(field.name, "")) for field in self.columns()]
        return Reading(
            joined=bool(given.get("joined")),
            names=bool(given.get("names")),
            signs=bool(given.get("signs")),
            columns=columns,
            heading=bool(given.get("heading")),
        )

    def _name(self, place: int, *, heading: bool) -> str:
        first = self.document.blocks[0].cells if heading else []
        return first[place][:60] if place < len(first) and first[place] else f"Column {place + 1}"


class WishesForm(HouseForm):
    """What becomes of headings, of names before colons, and of single lines."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    session = forms.ChoiceField(
        label="Notes go to the session", widget=forms.Select({"class": "input-auto"})
    )
    left_out = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, plan: Plan, known: Known, may_make: bool, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="wish-%s", **kwargs)
        self.plan, self.known, self.may_make = plan, known, may_make
        self.initial["digest"] = plan.digest
        fields: Any = self.fields
        fields["session"].choices = [(key, each.title) for key, each in known.sessions.items()]
        fields["left_out"].choices = [
            (str(line.entry.key), line.entry.line) for line in plan.lines if line.entry.is_note
        ]
        for number, place in enumerate(plan.places):
            self._add(f"place_{number}", self._of_place(place), place.title)
            self.initial[f"place_{number}"] = place.guess
        for number, label in enumerate(plan.labels):
            self._add(f"label_{number}", self._of_label(label), label.text)
            self.initial[f"label_{number}"] = label.guess

    def places_to_decide(self) -> Iterator[tuple[Place, Any]]:
        """Yield what headings and columns name, each with its field."""
        for number, place in enumerate(self.plan.places):
            yield place, self[f"place_{number}"]

    def labels_to_decide(self) -> Iterator[tuple[Label, Any]]:
        """Yield what stands before colons, each with its field."""
        for number, label in enumerate(self.plan.labels):
            yield label, self[f"label_{number}"]

    def wishes(self) -> Wishes:
        """Return what was chosen, as far as it can be understood."""
        given: Mapping[str, Any] = self.cleaned_data if self.is_bound else self.initial
        chosen = {int(key) for key in given.get("left_out", ())}
        return Wishes(
            session=given.get("session") or "",
            places={
                place.key: given.get(f"place_{number}") or ""
                for number, place in enumerate(self.plan.places)
            },
            labels={
                label.key: given.get(f"label_{number}") or ""
                for number, label in enumerate(self.plan.labels)
            },
            left_out=frozenset(chosen),
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a name that nothing was said of."""
        found = super().clean() or self.cleaned_data
        for number, label in enumerate(self.plan.labels):
            if not found.get(f"label_{number}") and f"label_{number}" not in self.errors:
                self.add_error(f"label_{number}", f"“{label.text}”: say what becomes of it.")
        return found

    def is_left_out(self, line: Planned) -> bool:
        """Say whether a line is ticked to be left out."""
        return str(line.entry.key) in set(self["left_out"].value() or [])

    def _of_place(self, place: Place) -> list[tuple[str, Any]]:
        sessions = [
            (f"session:{key}", f"session: {each.title}")
            for key, each in self.known.sessions.items()
        ]
        themes = [
            (f"theme:{key}", f"theme: {' › '.join(path)}")
            for key, path in self.known.themes.items()
        ]
        choices: list[tuple[str, Any]] = [(NOTHING, NOTHING_LABELS[place.kind])]
        if place.kind != "session":
            choices += [(NEW, "a new theme")] if self.may_make else []
            choices += themes
        if place.kind != "theme":
            choices += sessions
        return choices if place.kind else [*choices, (OUT, "left out, with all under it")]

    def _of_label(self, label: Label) -> list[tuple[str, Any]]:
        groups = [(f"group:{key}", names[-1]) for key, names in self.known.groups.items()]
        people = [(f"person:{key}", name) for key, name in self._people_for(label)]
        keeps_names = any(each.keeps_speakers for each in self.known.sessions.values())
        choices: list[tuple[str, Any]] = [] if label.guess else [("", "Choose…")]
        choices.append((NOBODY, "nobody: take it away"))
        if keeps_names or not label.is_known:
            choices.append((IN_TEXT, "no name: leave it in the text"))
        choices += [("A group", groups)] if groups else []
        return choices + ([("Somebody on the list", people)] if people else [])

    def _people_for(self, label: Label) -> list[tuple[str, str]]:
        """Return whom `label` may mean: all, or, where that makes a page too long, the likely."""
        people = list(self.known.people.items())
        if len(people) * len(self.plan.labels) <= MOST_CHOICES:
            return people
        words = set(label.key.split())
        return [(key, name) for key, name in people if words & set(fold(name).split())]

    def _add(self, name: str, choices: list[tuple[str, Any]], label: str) -> None:
        widget = forms.Select({"class": "input"})
        self.fields[name] = forms.ChoiceField(
            label=label, choices=choices, required=False, widget=widget
        )
