"""Forms about the questions that guide the day."""

import re
from typing import Any

from django import forms

from apps.core.forms import VersionedForm
from apps.workshops.forms.lengths import length
from apps.workshops.models import GuidingQuestion, QuestionOrigin, QuestionState, Session, Workshop
from apps.workshops.services import AskedQuestion

LONGEST = length("text", GuidingQuestion)
# "- ", "• ", and lines that are set in: parts of the question above.
PART = re.compile(r"^(?:\s{2,}|\t|\s*[-–—•·*]\s)")
# "1. ", "a) ", "- ": what a list puts before its lines.
MARK = re.compile(r"^\s*(?:[-–—•·*]|\(?(?:\d{1,2}|[a-z])[.)])\s+")


class WhereItAroseForm(VersionedForm):
    """Where a question comes from, and what it is part of."""

    origin = forms.ChoiceField(
        choices=[
            (QuestionOrigin.FRAMING, "Asked from the start"),
            (QuestionOrigin.EMERGENT, "Arose in the room"),
        ]
    )
    session = forms.ModelChoiceField(
        label="Asked in", queryset=Session.objects.none(), required=False, empty_label="–"
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


class GuidingQuestionForm(WhereItAroseForm):
    """A question that frames the day, or that arose in it."""

    field_order = ("text",)
    text = forms.CharField(
        label="Question",
        max_length=length("text", GuidingQuestion),
        widget=forms.Textarea({"class": "input-text", "rows": 2, "data-behaviour": "autogrow"}),
        error_messages={"required": "Write the question."},
    )
    asked_by = forms.CharField(
        label="Who asks", max_length=length("asked_by", GuidingQuestion), required=False
    )
    asked_of = forms.CharField(
        label="Who is asked", max_length=length("asked_of", GuidingQuestion), required=False
    )
    state = forms.ChoiceField(
        label="What came of it", choices=[("", "–"), *QuestionState.choices], required=False
    )
    answer = forms.CharField(
        max_length=length("answer", GuidingQuestion),
        required=False,
        widget=forms.Textarea({"class": "input-text", "rows": 2, "data-behaviour": "autogrow"}),
    )


class GuidingQuestionsForm(WhereItAroseForm):
    """Several questions at once, one a line."""

    field_order = ("questions",)
    questions = forms.CharField(
        label="Questions, one a line",
        max_length=20_000,
        help_text="A line that begins with a dash is a part of the question above it.",
        widget=forms.Textarea({"class": "input-text", "rows": 5, "data-behaviour": "autogrow"}),
        error_messages={"required": "Write at least one question."},
        strip=False,
    )

    def clean_questions(self) -> list[AskedQuestion]:
        """Return the questions with their parts, without what a list puts before its lines."""
        found: list[tuple[str, list[str]]] = []
        for number, line in enumerate(self.cleaned_data["questions"].splitlines(), start=1):
            text = MARK.sub("", line).strip()
            if len(text) > LONGEST:
                raise forms.ValidationError(
                    f"Line {number} has {len(text)} characters; a question has {LONGEST} at most."
                )
            if text and found and PART.match(line):
                found[-1][1].append(text)
            elif text:
                found.append((text, []))
        if not found:
            raise forms.ValidationError("Write at least one question.")
        return [AskedQuestion(text, parts) for text, parts in found]

    def clean(self) -> dict[str, Any]:
        """Refuse parts of parts."""
        found = super().clean() or self.cleaned_data
        if found.get("parent") and any(asked.parts for asked in found.get("questions", ())):
            self.add_error("questions", "These are parts already: leave out the dashes.")
        return found
