"""Forms about statements and how the room is asked."""

from typing import Any

from django import forms

from apps.annotations.models import Annotation
from apps.annotations.selectors import annotations_visible_to
from apps.core.forms import HouseForm, VersionedForm
from apps.participants.models import Participant
from apps.statements.models import (
    FEWEST_IN_A_GROUP,
    MAX_LENGTH,
    AskingPlan,
    Direction,
    NextRound,
    Round,
    Scale,
    Statement,
)
from apps.statements.models.plans import MOST_IN_A_GROUP, MOST_ROUNDS
from apps.statements.selectors import rounds_visible_to, statements_visible_to
from apps.statements.services.answering import NO_ANSWER
from apps.themes.models import Theme
from apps.themes.selectors import Outline


class StatementForm(VersionedForm):
    """A statement: its words, the theme it is about, how it is answered."""

    text = forms.CharField(
        label="Statement",
        help_text="A sentence with which one can agree or disagree: one idea, no question.",
        max_length=MAX_LENGTH,
        widget=forms.Textarea({"rows": 3}),
    )
    theme = forms.ModelChoiceField(
        Theme.objects.none(), label="Theme", required=False, empty_label="None in particular"
    )
    scale = forms.ChoiceField(label="Answers", choices=Scale.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, actor: Participant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes: Any = self.fields["theme"]
        themes.queryset = Theme.objects.filter(workshop=actor.workshop_id)
        themes.choices = [
            ("", "None in particular"),
            *((theme.pk, theme.title) for theme, _ in Outline(actor).in_order()),
        ]


def _direction(*, required: bool) -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Which answer speaks for it",
        choices=Direction.choices,
        initial=Direction.AGREE,
        widget=forms.RadioSelect,
        required=required,
    )


class LinkForm(HouseForm):
    """Which finding a statement tests, and which answer speaks for it."""

    annotation = forms.ModelChoiceField(
        Annotation.objects.none(), label="Finding", empty_label="Choose a finding"
    )
    direction = _direction(required=True)

    def __init__(self, *args: Any, actor: Participant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        findings: Any = self.fields["annotation"]
        findings.queryset = annotations_visible_to(actor)


class NewStatementForm(StatementForm):
    """A new statement, and which finding it tests, if any."""

    annotation = forms.ModelChoiceField(
        Annotation.objects.none(),
        label="Tests the finding",
        empty_label="None",
        required=False,
    )
    position = forms.UUIDField(required=False, widget=forms.HiddenInput)
    direction = _direction(required=False)

    def __init__(self, *args: Any, actor: Participant, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        findings: Any = self.fields["annotation"]
        findings.queryset = annotations_visible_to(actor)

    def given(self) -> dict[str, Any]:
        """Return what the service takes."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        values["direction"] = values["direction"] or Direction.AGREE
        key, annotation = values["position"], values["annotation"]
        values["position"] = annotation.positions.filter(pk=key).first() if annotation else None
        return values


class PlanForm(VersionedForm):
    """How the room is asked."""

    scale = forms.ChoiceField(label="Answers", choices=Scale.choices, widget=forms.RadioSelect)
    rounds = forms.IntegerField(
        label="Rounds, at most",
        help_text="How often the same statement is asked.",
        min_value=1,
        max_value=MOST_ROUNDS,
        widget=forms.NumberInput({"class": "input-short", "inputmode": "numeric"}),
    )
    next_round = forms.ChoiceField(
        label="What is asked again", choices=NextRound.choices, widget=forms.RadioSelect
    )
    smallest_group = forms.IntegerField(
        label="Smallest group told of",
        help_text="Of a group of which fewer answered nothing is said. Five is usual.",
        min_value=FEWEST_IN_A_GROUP,
        max_value=MOST_IN_A_GROUP,
        widget=forms.NumberInput({"class": "input-short", "inputmode": "numeric"}),
    )
    shared_at = forms.TypedChoiceField(
        label="A consensus is shared by a group when",
        choices=[(60, "60 % of the group agree, the usual"), (70, "70 % of the group agree")],
        coerce=int,
        widget=forms.RadioSelect,
    )
    team_answers = forms.BooleanField(label="The team answers, too", required=False)
    is_open = forms.BooleanField(
        label="Anybody may come, so that nobody knows who hasn’t answered", required=False
    )
    takes_proposals = forms.BooleanField(label="Participants propose statements", required=False)
    reason = forms.CharField(
        label="Why it changes",
        help_text="Once somebody has answered. It stands in the history and in the memo.",
        max_length=500,
        required=False,
    )

    @classmethod
    def values_of(cls, plan: AskingPlan) -> dict[str, Any]:
        """Return what `plan` holds for the fields of this form."""
        return {name: getattr(plan, name, "") for name in cls.base_fields}


class AnswerForm(HouseForm):
    """What somebody answers, and why."""

    value = forms.IntegerField(error_messages=dict.fromkeys(["required", "invalid"], NO_ANSWER))
    reason = forms.CharField(max_length=500, required=False)
    key = forms.CharField(max_length=64, required=False)


class RoundsForm(HouseForm):
    """Which rounds go on, and to which statement's page to come back (else to the queue)."""

    rounds = forms.ModelMultipleChoiceField(
        Round.objects.none(),
        error_messages={
            "required": "Choose at least one statement.",
            "invalid_choice": "One of them isn’t there any more. Look again.",
        },
    )
    back = forms.ModelChoiceField(Statement.objects.none(), required=False)

    def __init__(self, *args: Any, actor: Participant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rounds, back = self.fields["rounds"], self.fields["back"]
        rounds.queryset = rounds_visible_to(actor)  # type: ignore[attr-defined]
        back.queryset = statements_visible_to(actor)  # type: ignore[attr-defined]

    def problems(self) -> str:
        """Return what is wrong with the choice, in sentences."""
        return " ".join(str(each) for errors in self.errors.values() for each in errors)
