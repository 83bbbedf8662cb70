"""Forms about the questions that guide the day."""

from typing import Any

from django import forms

from apps.core.forms import VersionedForm
from apps.workshops.forms.lengths import length
from apps.workshops.models import GuidingQuestion, QuestionOrigin, Session, Workshop


class GuidingQuestionForm(VersionedForm):
    """A question that frames the day, or that arose in it."""

    text = forms.CharField(
        label="Question",
        max_length=length("text", GuidingQuestion),
        widget=forms.Textarea({"class": "input-text", "rows": 2, "data-behaviour": "autogrow"}),
        error_messages={"required": "Write the question."},
    )
    origin = forms.ChoiceField(
        choices=[
            (QuestionOrigin.FRAMING, "Asked from the start"),
            (QuestionOrigin.EMERGENT, "Arose in the room"),
        ]
    )
    session = forms.ModelChoiceField(
        label="Arose in", queryset=Session.objects.none(), required=False, empty_label="–"
    )
    parent = forms.ModelChoiceField(
        label="Part of", queryset=GuidingQuestion.objects.none(), required=False, empty_label="–"
    )

    def __init__(
        self,
        *args: Any,
        workshop: Workshop,
        question: GuidingQuestion | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        sessions: Any = self.fields["session"]
        sessions.queryset = workshop.sessions.all()
        parents: Any = self.fields["parent"]
        wholes = workshop.guiding_questions.filter(parent=None)
        parents.queryset = wholes.exclude(pk=question.pk) if question else wholes

    def clean(self) -> dict[str, Any]:
        """Refuse a framing question that arose in a session."""
        found = super().clean() or self.cleaned_data
        if found.get("session") and found.get("origin") == QuestionOrigin.FRAMING:
            self.add_error("session", "What was asked from the start didn’t arise in a session.")
        return found
