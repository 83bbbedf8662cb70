"""What of the map of findings is asked for."""

import uuid
from typing import Any

from django import forms

from apps.annotations.models import About
from apps.annotations.selectors.evidence_map import BY, NOT_SAID, Asked, EvidenceMap
from apps.annotations.wording import capitalised
from apps.core.forms import HouseForm


class MapForm(HouseForm):
    """Chooses among the findings of a map, and what its rows are.

    What isn't there to choose is left out, as if nobody had asked.
    """

    by = forms.ChoiceField(label="Rows", choices=list(BY.items()), required=False)
    theme = forms.ChoiceField(required=False)
    group = forms.ChoiceField(required=False)
    about = forms.ChoiceField(
        choices=[("", "Anything"), *About.choices, (NOT_SAID, "Not said")], required=False
    )
    doubted = forms.BooleanField(label="Only where label and basis disagree", required=False)

    def __init__(self, *args: Any, shown: EvidenceMap, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        holding = {each.annotation.theme_id for each in shown.findings}
        themes = [(str(t.pk), t.title) for t in shown.themes if t.pk in holding]
        groups = [(str(group.pk), capitalised(group.plural)) for group in shown.groups]
        self.fields["theme"].choices = [("", "All themes"), *themes]  # type: ignore[attr-defined]
        self.fields["group"].choices = [("", "All groups"), *groups]  # type: ignore[attr-defined]
        if not groups:
            del self.fields["group"]

    def asked(self) -> Asked:
        """Return what is asked for."""
        self.is_valid()
        given = self.cleaned_data
        return Asked(
            by=given.get("by") or "theme",
            theme=_id(given.get("theme")),
            group=_id(given.get("group")),
            about=given.get("about") or "",
            doubted=given.get("doubted") or False,
        )


def _id(value: str | None) -> uuid.UUID | None:
    return uuid.UUID(value) if value else None
