"""Forms about notes, and thoughts on their way to being one."""

import uuid
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.timezone import localtime

from apps.core.forms import HouseForm, VersionedForm
from apps.core.permissions import allowed
from apps.notes.models import Mark, Note
from apps.notes.services.redacting import NO_REASON
from apps.notes.services.texts import EMPTY
from apps.participants.models import Group, Participant
from apps.participants.selectors.attribution import names_to_choose
from apps.workshops.attribution import keeps_groups, keeps_speakers, quotations_need_consent
from apps.workshops.models import Session

AS_KEPT = "unchanged"
NO_SPEAKER = "nobody"
SENT_BEFORE = (
    "A thought was sent with this form before, in other words. Send again to make this another."
)


class GroupField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """The group that a speaker belongs to: "scholar"."""

    def label_from_instance(self, obj: Group) -> str:
        """Show a group by its singular."""
        return obj.singular


class NoteForm(VersionedForm):
    """What a note says, and what kind of thing was said by whom."""

    # Neither a longest length, which a browser would enforce by cutting off what is pasted, nor
    # stripping: the service looks after both and says so.
    text = forms.CharField(
        label="Note",
        strip=False,
        error_messages={"required": EMPTY},
        widget=forms.Textarea(
            attrs={"rows": 2, "class": "input-text", "data-behaviour": "autogrow"}
        ),
    )
    group = GroupField(queryset=Group.objects.none(), required=False, empty_label="no group")
    # Only asked for where it may be kept, and never shown: what is kept is told elsewhere.
    speaker = forms.ChoiceField(required=False)
    mark = forms.ChoiceField(
        choices=[(value, label.lower()) for value, label in Mark.choices], initial=Mark.REMARK
    )
    may_be_printed = forms.BooleanField(
        label="The speaker agreed to this being printed",
        help_text=(
            "Of a quotation: without it the memo withholds the words. Changing the words takes it "
            "back."
        ),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        actor: Participant,
        session: Session | None = None,
        note: Note | None = None,
        **kwargs: Any,
    ) -> None:
        """Offer `actor` the groups of the workshop as far as the rule for `session` lets them be
        kept; and people to choose the speaker from, if `actor` may.

        `note` is the one to be corrected, if the form isn't for a new one.
        """
        super().__init__(*args, **kwargs)
        self.workshop = workshop = actor.workshop
        may_choose = allowed(actor, "notes.keep_speaker", workshop)
        if not may_choose or not keeps_speakers(workshop, session):
            del self.fields["speaker"]
        else:
            speaker: Any = self.fields["speaker"]
            undecided = [("", AS_KEPT), (NO_SPEAKER, "nobody")] if note else [("", "no speaker")]
            speaker.choices = [*undecided, *names_to_choose(workshop)]
        if note is None or not quotations_need_consent(workshop, session):
            del self.fields["may_be_printed"]
        if not keeps_groups(workshop, session):
            del self.fields["group"]
        else:
            field: Any = self.fields["group"]
            chosen = Q(pk=note.group_id) if note else Q()
            field.queryset = workshop.groups.filter(Q(axis=workshop.main_axis) | chosen)
        if note is not None:
            text = self.fields["text"]
            text.label = f"Edit the note of {localtime(note.written_at):%H:%M}"
            text.widget.attrs["autofocus"] = True

    def speaker_chosen(self) -> tuple[bool, Participant | None]:
        """Return whether somebody was chosen as the speaker, or nobody was, and who."""
        chosen = self.cleaned_data.get("speaker", "")
        if chosen in {"", NO_SPEAKER}:
            return bool(chosen), None
        return True, self.workshop.participants.get(pk=chosen)

    def about_the_note(self) -> dict[str, Any]:
        """Return what was said of the note itself, without who said it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "speaker"}


class ThoughtForm(HouseForm):
    """A thought on its way: its own id lets it be sent twice and be one."""

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label="Your thought",
        strip=False,
        error_messages={"required": "There is nothing written yet."},
        widget=forms.Textarea(
            attrs={"rows": 4, "class": "input-text", "data-behaviour": "autogrow"}
        ),
    )

    @classmethod
    def empty(cls) -> "ThoughtForm":
        """Return a form for a new thought."""
        return cls(initial={"id": uuid.uuid4()})

    def begin_another(self) -> None:
        """Say that a thought was sent with this form before, and let these words be another."""
        self.add_error("text", SENT_BEFORE)
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["id"] = str(uuid.uuid4())
        self.data = data


class LetInForm(HouseForm):
    """What a thought is to say as a note; nothing leaves it as it was sent."""

    text = forms.CharField(required=False, strip=False, widget=forms.Textarea)

    def given(self) -> dict[str, str]:
        """Return the text, if one was sent at all."""
        return {"text": self.cleaned_data["text"]} if "text" in self.data else {}


class RedactionForm(HouseForm):
    """Why a note is redacted."""

    reason = forms.CharField(
        label="Why is it redacted?",
        help_text=(
            "It stands in the note’s place and in the history, for good: name nobody in it, and "
            "quote nothing."
        ),
        error_messages={"required": NO_REASON},
        widget=forms.Textarea({"class": "input-text", "rows": 2, "data-behaviour": "autogrow"}),
    )


class ReasonForm(HouseForm):
    """Why somebody asks who said a note."""

    reason = forms.CharField(
        label="Why do you ask?",
        help_text="That you asked, and why, stands in the history. The speaker’s name doesn’t.",
        error_messages={"required": "Say why you ask."},
        widget=forms.Textarea({"class": "input-text", "rows": 2, "data-behaviour": "autogrow"}),
    )
