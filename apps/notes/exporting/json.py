"""Notes as JSON: see docs/api.md for what each field means."""

import json
from dataclasses import asdict

from apps.notes.exporting.record import Record
from apps.notes.importing.own import SCHEMA


def as_json(record: Record) -> str:
    """Return `record` as JSON, ended by a line end."""
    content = {
        "schema": SCHEMA,
        "workshop": record.title,
        "sessions": [asdict(session) for session in record.sessions],
        "themes": [asdict(theme) for theme in record.themes],
        "notes": [asdict(note) for note in record.notes],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
