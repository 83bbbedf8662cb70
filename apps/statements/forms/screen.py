"""What the console asks for: what the screen shows, and how a round goes on."""

from typing import Any

from django import forms
from django.db.models import TextChoices

from apps.core.forms import HouseForm
from apps.participants.models import Participant
from apps.statements.models import Round, Showing
from apps.statements.selectors import rounds_visible_to

NO_SUCH_ROUND = "That statement isn’t there any more. Look again."


class Step(TextChoices):
    """How the round of a statement goes on."""

    OPEN = "open", "Open"
    CLOSE = "close", "Close"
    REVEAL = "reveal", "Reveal"
    REOPEN = "reopen", "Open again"
    AGAIN = "again", "Ask again"


class _AboutARound(HouseForm):
    def __init__(self, *args: Any, actor: Participant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["round"]
        field.queryset = rounds_visible_to(actor)

    def problems(self) -> str:
        """Return what is wrong with the choice, in sentences."""
        return " ".join(str(each) for errors in self.errors.values() for each in errors)


class ShowForm(_AboutARound):
    """What the screen shows; of a statement, in which round. `at`: what the console is about."""

    showing = forms.ChoiceField(choices=Showing.choices)
    at = forms.UUIDField(required=False)
    round = forms.ModelChoiceField(
        Round.objects.none(), required=False, error_messages={"invalid_choice": NO_SUCH_ROUND}
    )


class StepForm(_AboutARound):
    """How a round goes on."""

    step = forms.ChoiceField(choices=Step.choices)
    round = forms.ModelChoiceField(
        Round.objects.none(), error_messages={"invalid_choice": NO_SUCH_ROUND}
    )
