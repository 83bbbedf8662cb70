"""Forms of the memo."""

from django import forms

from apps.core.forms import HouseForm, VersionedForm
from apps.memos.workshop_file import LARGEST


class MemoForm(VersionedForm):
    """What can be set about a memo."""

    authors = forms.CharField(
        required=False,
        max_length=3_000,
        help_text="One name a line, as they are to be printed on the first page.",
        widget=forms.Textarea(attrs={"rows": 3, "data-behaviour": "autogrow"}),
    )
    disclaimer = forms.CharField(
        required=False,
        max_length=1_000,
        help_text=(
            "Whose views the memo tells, and what it means where it claims no agreement. Printed "
            "at the end of “How we know”."
        ),
        widget=forms.Textarea(attrs={"rows": 2, "data-behaviour": "autogrow"}),
    )
    with_record = forms.BooleanField(
        required=False,
        label="Print the notes and comments",
        help_text="After the memo itself, labelled by group at most, never by name.",
    )

    def clean_authors(self) -> list[str]:
        """Return the names, a line each."""
        return str(self.cleaned_data["authors"]).splitlines()


class WorkshopFileForm(HouseForm):
    """The file of a workshop: chosen, or handed on from the page that says what is in it."""

    file = forms.FileField(
        label="The file",
        help_text=f"JSON, up to {LARGEST // 1024:,} KiB.",
        required=False,
        allow_empty_file=True,
        widget=forms.ClearableFileInput({"accept": ".json,application/json"}),
    )
    content = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def data_sent(self) -> bytes:
        """Return what the file says, to be read; empty if none was sent."""
        file = self.cleaned_data.get("file")
        return file.read() if file else str(self.cleaned_data["content"]).encode()
