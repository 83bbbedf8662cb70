"""Kinds of fields that models share."""

from typing import TYPE_CHECKING, Any

from django.db import models

from apps.core.texts import as_line

if TYPE_CHECKING:
    Text = models.CharField[str, str]
else:
    Text = models.CharField


class OneLineField(Text):
    """A name, or the like: one line, in which nothing unseen turns what stands beside it.

    Cleaned whoever writes it, in a form or without one; see also `constraints.in_one_line`.
    """

    def to_python(self, value: Any) -> Any:
        """Return the text as it is stored."""
        text = super().to_python(value)
        return as_line(text) if isinstance(text, str) else text

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001 - as in Django
        """Let the row in memory hold what is stored."""
        value = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value
