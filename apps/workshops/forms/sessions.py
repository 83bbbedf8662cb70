"""A form about a part of the day."""

from typing import Any

from django import forms

from apps.core.forms import VersionedForm
from apps.workshops.forms.lengths import length
from apps.workshops.models import AttributionRule, Session, SessionKind, Workshop


class SessionForm(VersionedForm):
    """A part of the day."""

    title = forms.CharField(
        max_length=length("title", Session), error_messages={"required": "Give it a title."}
    )
    kind = forms.ChoiceField(choices=SessionKind.choices)
    parent = forms.ModelChoiceField(
        label="Parallel to others, as part of",
        queryset=Session.objects.none(),
        required=False,
        empty_label="It stands for itself",
        help_text="Breakouts stand under the session that parts into them.",
    )
    also_called = forms.CharField(
        label="Also called", max_length=length("also_called", Session), required=False
    )
    day = forms.DateField(
        label="Day, if the hour isn’t known",
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    starts_at = forms.DateTimeField(
        label="Starts",
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    ends_at = forms.DateTimeField(
        label="Ends",
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    room = forms.CharField(max_length=length("room", Session), required=False)
    became = forms.CharField(
        label="What became of it",
        help_text="If it turned to something else, say.",
        max_length=length("became", Session),
        required=False,
        widget=forms.Textarea({"class": "input-text", "rows": 2, "data-behaviour": "autogrow"}),
    )
    written_up = forms.BooleanField(
        label="Something of it was written up",
        help_text="If not, it was held, and nobody wrote anything down.",
        required=False,
        initial=True,
    )
    attribution_rule = forms.ChoiceField(
        label="Rule for this session",
        help_text=(
            "Only a stricter one than the workshop’s. Once people have spoken or joined, it can "
            "only become stricter."
        ),
        choices=[("", "As in the whole workshop"), *AttributionRule.choices],
        required=False,
    )
    reported = forms.BooleanField(
        label="What comes of it is to be reported",
        help_text=(
            "If not, no memo prints or cites its notes. Findings may still make use of them; the "
            "memo then says of how many."
        ),
        required=False,
        initial=True,
    )
    takes_thoughts = forms.BooleanField(
        label="Participants may send thoughts from their phones",
        help_text="Each waits for the facilitation team before anybody else sees it.",
        required=False,
    )
    has_feed = forms.BooleanField(
        label="Participants may read along while notes are taken",
        help_text="Without who spoke. For access, and for those who follow in a second language.",
        required=False,
    )

    def __init__(
        self, *args: Any, workshop: Workshop, session: Session | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        parents: Any = self.fields["parent"]
        wholes = workshop.sessions.filter(parent=None)
        parents.queryset = wholes.exclude(pk=session.pk) if session else wholes

    def clean(self) -> dict[str, Any]:
        """Refuse an end without a start, and one before it, where it was typed."""
        found = super().clean() or self.cleaned_data
        start, end = found.get("starts_at"), found.get("ends_at")
        if end and not start and "starts_at" not in self.errors:
            self.add_error("starts_at", "Say when it starts, too.")
        if start and end and end < start:
            self.add_error("ends_at", "This is before it starts.")
        return found
