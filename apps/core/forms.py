"""How forms look and take refusals: every field by one template, every error where it was made."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting

from apps.core.exceptions import RuleViolation
from apps.core.models import Versioned

PLAIN = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.HiddenInput)


class HouseRenderer(TemplatesSetting):
    """Render forms with the project's own templates."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


class HouseForm(forms.Form):
    """A form whose services may refuse what it took.

    Names of fields are those of the service's arguments, so that a `RuleViolation` finds its
    field.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if not isinstance(field.widget, PLAIN):
                classes = field.widget.attrs.get("class", "")
                field.widget.attrs["class"] = f"input {classes}".strip()

    def refuse(self, violation: RuleViolation) -> None:
        """Show what a service refused, each sentence at its field."""
        for name, message in (violation.fields or {"": str(violation)}).items():
            self.add_error(name if name in self.fields else None, message)


class VersionedForm(HouseForm):
    """A form that edits something; it carries the version that its reader saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def catch_up(self, current: Versioned) -> None:
        """Carry the version of `current` now: sent again, the form replaces it knowingly."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix("version")] = str(current.version)
        self.data = data
