"""Forms of the memo."""

from django import forms

from apps.core.forms import VersionedForm


class MemoForm(VersionedForm):
    """What can be set about a memo."""

    authors = forms.CharField(
        required=False,
        max_length=3_000,
        help_text="One name a line, as they are to be printed on the first page.",
        widget=forms.Textarea(attrs={"rows": 3, "data-behaviour": "autogrow"}),
    )
    with_record = forms.BooleanField(
        required=False,
        label="Print the notes and comments",
        help_text="After the memo itself, labelled by group at most, never by name.",
    )

    def clean_authors(self) -> list[str]:
        """Return the names, a line each."""
        return str(self.cleaned_data["authors"]).splitlines()
