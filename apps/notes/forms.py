"""Forms about notes."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.timezone import localtime

from apps.core.forms import VersionedForm
from apps.notes.models import Mark, Note
from apps.notes.services import EMPTY
from apps.participants.models import Group
from apps.workshops.attribution import keeps_groups
from apps.workshops.models import Session, Workshop


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
    mark = forms.ChoiceField(
        choices=[(value, label.lower()) for value, label in Mark.choices], initial=Mark.REMARK
    )

    def __init__(
        self,
        *args: Any,
        workshop: Workshop,
        session: Session | None = None,
        note: Note | None = None,
        **kwargs: Any,
    ) -> None:
        """Offer the groups of `workshop`, unless the rule for `session` is to keep none.

        `note` is the one to be corrected, if the form isn't for a new one.
        """
        super().__init__(*args, **kwargs)
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
