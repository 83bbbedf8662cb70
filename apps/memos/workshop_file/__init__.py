"""A whole workshop as a file: see docs/workshop-file.md. Each app says what it has in it."""

from apps.memos.workshop_file.loading import (
    LARGEST,
    LARGEST_HERE,
    Understood,
    load_workshop,
    understand,
)
from apps.memos.workshop_file.writing import as_bytes, compact, file_of, not_in_file

__all__ = [
    "LARGEST", "LARGEST_HERE", "Understood", "as_bytes", "compact", "file_of", "load_workshop",
    "not_in_file", "understand",
]  # fmt: skip
