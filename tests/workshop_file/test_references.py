"""Three real workshops, encoded before there was a format: all that they say comes back."""

from typing import Any

import pytest

from apps.core.documents.sections import plain
from tests.workshop_file.conftest import NAMES, again, loaded, reference

pytestmark = pytest.mark.django_db


def missing(said: Any, found: Any, path: str = "") -> list[str]:
    """Return the places where `found` doesn't say what `said` does; ids that are added are none."""
    if isinstance(said, dict) and isinstance(found, dict):
        return [
            place
            for name, value in said.items()
            for place in missing(value, found.get(name), f"{path}.{name}")
        ]
    if isinstance(said, list) and isinstance(found, list) and len(said) == len(found):
        return [
            place
            for n, (one, other) in enumerate(zip(said, found, strict=True))
            for place in missing(one, other, f"{path}[{n}]")
        ]
    return [] if said == found else [f"{path}: {said!r} came back as {found!r}"]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_lost(name):
    content = reference(name)
    found = again(loaded(content))
    assert missing(plain(content), plain(found)) == []
