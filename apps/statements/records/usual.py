"""Words that are left out of the file where they are the usual ones."""

from dataclasses import dataclass
from typing import Any

from apps.core.documents import Choice


@dataclass(frozen=True)
class Usual(Choice):
    """One of several words; the `default` isn't written."""

    def told(self, value: Any, book: Any) -> Any:
        return None if value == self.default else super().told(value, book)
