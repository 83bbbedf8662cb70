"""Forms about what is said of themes and findings."""

from typing import Any

from django import forms

from apps.core.forms import VersionedForm
from apps.themes.models import CommentKind, CommentState
from apps.themes.services.comments import EMPTY
from apps.themes.services.moderating import NO_REASON


class WordsForm(VersionedForm):
    """Some words; no longest length, which would cut off what is pasted."""

    text = forms.CharField(
        label="Your comment",
        strip=False,
        error_messages={"required": EMPTY},
        widget=forms.Textarea(attrs={"rows": 3, "data-behaviour": "autogrow"}),
    )


class MendingForm(WordsForm):
    """One's own comment, to be mended."""


class CommentForm(WordsForm):
    """Something said of a theme or a finding, or that a view is missing there."""

    KINDS = {CommentKind.REMARK: "a comment", CommentKind.MISSING: "a view is missing"}
    kind = forms.ChoiceField(
        label="It is",
        choices=list(KINDS.items()),
        initial=CommentKind.REMARK,
        required=False,
        widget=forms.RadioSelect,
    )

    def said(self) -> dict[str, Any]:
        """Return what was given, as services take it."""
        given = self.cleaned_data
        return {"text": given["text"], "kind": given["kind"] or CommentKind.REMARK}


class HidingForm(VersionedForm):
    """Why a comment is hidden."""

    reason = forms.CharField(
        label="Why is it hidden?",
        help_text="Its author and everybody else will read this.",
        strip=False,
        error_messages={"required": NO_REASON},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class AnswerForm(WordsForm):
    """An answer to a comment."""

    text = forms.CharField(
        label="Your answer",
        strip=False,
        error_messages={"required": "An answer needs some words."},
        widget=forms.Textarea(attrs={"rows": 3, "data-behaviour": "autogrow"}),
    )


class DecisionForm(AnswerForm):
    """An answer by which a comment may be accepted or declined; declining needs the words."""

    STATES = {
        CommentState.OPEN: "still open",
        CommentState.ACCEPTED: "accepted",
        CommentState.DECLINED: "declined",
    }
    state = forms.ChoiceField(
        label="The comment is", choices=list(STATES.items()), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Let the words be left out: whether they are needed depends on the state."""
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False
