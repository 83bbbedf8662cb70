"""Forms about research questions and outcomes."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from apps.agendas.models import (
    Outcome,
    OutcomeKind,
    OutcomeState,
    QuestionKind,
    ResearchQuestion,
)
from apps.agendas.services import outcomes, questions
from apps.annotations.models import Annotation, Basis, Modality, Strength
from apps.annotations.selectors import annotations_visible_to, terms_visible_to
from apps.core.forms import VersionedForm
from apps.participants.models import Participant
from apps.participants.selectors import groups_of
from apps.themes.models import Theme
from apps.themes.selectors import Outline, themes_visible_to

NOT_SAID = ("", "not said")
SHORT = 90
GONE = "Something you chose isn’t there any more. Look at your choice, and save again."


class RowsField(forms.TypedMultipleChoiceField):
    """Any of some rows, offered by `offer`; cleaned to a list of them."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {"invalid_choice": GONE}

    def offer(self, rows: Iterable[Any], *, label: str = "") -> None:
        """Let `rows` be chosen, shown by their attribute `label` or as text."""
        by_id = {str(row.pk): row for row in rows}
        self.choices = [
            (key, str(getattr(row, label)) if label else str(row)) for key, row in by_id.items()
        ]
        self.coerce = by_id.__getitem__


@dataclass(frozen=True)
class OfferedTheme:
    """A theme to be ticked, with the findings on it."""

    id: str
    title: str
    ticked: bool
    findings: list[tuple[Annotation, bool]]

    @property
    def is_open(self) -> bool:
        """Whether one of its findings is ticked, so that they must be seen."""
        return any(ticked for _, ticked in self.findings)


class RestingForm(VersionedForm):
    """Something that rests on themes and on findings, chosen in the outline."""

    themes_name = ""
    annotations_name = ""

    def __init__(self, *args: Any, actor: Participant, **kwargs: Any) -> None:
        """Offer what the workshop holds."""
        super().__init__(*args, **kwargs)
        outline = Outline(actor)
        self._titles = outline.choices()
        self._findings: dict[uuid.UUID, list[Annotation]] = {}
        rows = list(annotations_visible_to(actor))
        for row in rows:
            self._findings.setdefault(row.theme_id, []).append(row)
        self.offer(self.themes_name, outline.themes.values())
        self.offer(self.annotations_name, rows)

    def offer(self, name: str, rows: Iterable[Any], *, label: str = "") -> None:
        """Let `rows` be chosen in field `name`."""
        field: Any = self.fields[name]
        field.offer(rows, label=label)

    @property
    def offered(self) -> list[OfferedTheme]:
        """The themes in their outline, each with its findings, and what of them is ticked."""
        themes = set(self[self.themes_name].value() or [])
        findings = set(self[self.annotations_name].value() or [])
        return [
            OfferedTheme(
                id=key,
                title=title,
                ticked=key in themes,
                findings=[
                    (row, str(row.pk) in findings) for row in self._findings.get(uuid.UUID(key), [])
                ],
            )
            for key, title in self._titles
        ]

    def given(self) -> dict[str, Any]:
        """Return what the service takes of something new."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def theirs(self, current: Any) -> list[tuple[str, str]]:
        """Return, by the form's labels, what `current` says otherwise than the form."""
        return [
            (str(self.fields[name].label or name.capitalize()), self._told(name, value))
            for name, value in values_of(current, self.given()).items()
            if self._told(name, value) != self._told(name, self.cleaned_data[name])
        ]

    def _told(self, name: str, value: Any) -> str:
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, Sequence) and not isinstance(value, str):
            return "; ".join(sorted(str(each) for each in value)) or "nothing"
        choices: Any = getattr(self.fields[name], "choices", ())
        labels = {} if value is None or not isinstance(value, str) else dict(choices)
        return str(labels.get(value, value) or "nothing")


class QuestionForm(RestingForm):
    """A research question, where it stands and where it comes from."""

    themes_name = "origin_themes"
    annotations_name = "origin_annotations"

    text = forms.CharField(
        label="Question",
        widget=forms.Textarea(
            attrs={"rows": 2, "class": "input-text", "data-behaviour": "autogrow"}
        ),
        error_messages={"required": questions.EMPTY},
    )
    parent = forms.ModelChoiceField(
        label="A part of",
        queryset=ResearchQuestion.objects.none(),
        required=False,
        empty_label="none: a question of its own",
        error_messages={"invalid_choice": questions.NOT_THERE},
    )
    example = forms.BooleanField(label="Only an example: “for example, …”", required=False)
    kind = forms.ChoiceField(
        label="Kind of question", choices=[NOT_SAID, *QuestionKind.choices], required=False
    )
    origin_themes = RowsField(label="Comes from", required=False)
    origin_annotations = RowsField(label="Findings it comes from", required=False)
    origin_terms = RowsField(label="Terms it comes from", required=False)
    new = forms.BooleanField(label="New: nothing said on the day led to it", required=False)

    def __init__(
        self,
        *args: Any,
        actor: Participant,
        question: ResearchQuestion | None = None,
        **kwargs: Any,
    ) -> None:
        """Offer the questions that `question` may be a part of, and what it may come from."""
        super().__init__(*args, actor=actor, **kwargs)
        above = ResearchQuestion.objects.filter(workshop=actor.workshop_id, parent=None)
        if question is not None:
            above = above.exclude(pk=question.pk)
        parent: Any = self.fields["parent"]
        parent.queryset = above
        parent.label_from_instance = lambda each: _shortened(each.text)
        self.offer("origin_terms", terms_visible_to(actor))


class OutcomeForm(RestingForm):
    """What the day came to, what it rests on, and whom it is for."""

    themes_name = "rests_on_themes"
    annotations_name = "rests_on_annotations"

    kind = forms.ChoiceField(choices=OutcomeKind.choices)
    text = forms.CharField(
        widget=forms.Textarea(
            attrs={"rows": 3, "class": "input-text", "data-behaviour": "autogrow"}
        ),
        error_messages={"required": outcomes.EMPTY},
    )
    heading = forms.CharField(
        required=False, help_text="A few words that stand before the text in the memo."
    )
    modality = forms.ChoiceField(
        label="It says what",
        choices=[
            ("is", "is"),
            ("may", "may be"),
            ("could", "could be"),
            ("should", "should be"),
            ("must", "must be"),
        ],
        initial=Modality.IS,
    )
    strength = forms.ChoiceField(choices=[NOT_SAID, *Strength.choices], required=False)
    basis = forms.ChoiceField(
        label="How it is known", choices=[NOT_SAID, *Basis.choices], required=False
    )
    rests_on_themes = RowsField(label="Rests on", required=False)
    rests_on_annotations = RowsField(label="Findings it rests on", required=False)
    new = forms.BooleanField(label="New: it rests on nothing said on the day", required=False)
    addressees = RowsField(label="Addressed to", required=False)
    addressee = forms.CharField(
        label="Someone else it is addressed to",
        required=False,
        help_text="As it will stand in a sentence: “the ministry of health”.",
    )
    owner = forms.CharField(
        label="Who sees to it", required=False, help_text="A body or a function rather than a name."
    )
    horizon = forms.CharField(label="Until when, in words", required=False)
    due = forms.DateField(
        label="Or on a day",
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    state = forms.ChoiceField(
        label="How far it is", choices=[NOT_SAID, *OutcomeState.choices], required=False
    )
    listed_under = forms.ModelChoiceField(
        label="Listed under", queryset=Theme.objects.none(), required=False, empty_label="–"
    )
    why_here = forms.CharField(
        label="Why it stands here",
        required=False,
        help_text="Such as: it fell short of wide consensus, and was moved here.",
    )

    def __init__(
        self, *args: Any, actor: Participant, outcome: Outcome | None = None, **kwargs: Any
    ) -> None:
        """Offer what it may rest on and the groups that it may be addressed to.

        These are the groups of the main axis, and any other that `outcome` is addressed to.
        """
        super().__init__(*args, actor=actor, **kwargs)
        themes: Any = self.fields["listed_under"]
        themes.queryset = themes_visible_to(actor)
        groups = groups_of(actor.workshop)
        if outcome is not None:
            groups += [group for group in outcome.addressees.all() if group not in groups]
        self.offer("addressees", groups, label="plural")
        if not groups:
            del self.fields["addressees"]


def values_of(row: ResearchQuestion | Outcome, names: Iterable[str]) -> dict[str, Any]:
    """Return what `row` says in the fields `names`; relations as lists of their members."""
    related = {field.name for field in row._meta.many_to_many}
    return {
        name: list(getattr(row, name).all()) if name in related else getattr(row, name)
        for name in names
    }


def initial_of(row: ResearchQuestion | Outcome, names: Iterable[str]) -> Mapping[str, Any]:
    """Return what a form shows of `row`."""
    values = values_of(row, names)
    return {
        name: [str(each.pk) for each in value] if isinstance(value, list) else value
        for name, value in values.items()
    }


def _shortened(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[:SHORT].rsplit(' ', 1)[0]} …"
