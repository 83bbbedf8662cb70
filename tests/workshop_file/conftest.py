"""What tests of workshops' files may ask for."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from apps.memos.workshop_file import as_bytes, file_of, load_workshop
from apps.participants.models import Participant
from tests.factories import UserFactory

REFERENCE = Path(settings.BASE_DIR).parent / "shared" / "reference"
NAMES = ("security-partnerships", "network-management", "serial-crystallography")


def reference(name: str) -> dict[str, Any]:
    """Return an encoded workshop, or skip where it isn't there."""
    path = REFERENCE / f"{name}.json"
    if not path.exists():
        pytest.skip(f"the encoded workshop isn’t at {path}")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def loaded(content: dict[str, Any]) -> Participant:
    """Return the owner of a workshop that is loaded from `content`."""
    return load_workshop(user=UserFactory(), data=as_bytes(content))


def again(owner: Participant) -> dict[str, Any]:
    """Return the file of the workshop of `owner`, as it is now."""
    fresh = Participant.objects.select_related("workshop").get(pk=owner.pk)
    return file_of(fresh)
