"""Remembering what devices send, so that what arrives twice is done once."""

import uuid

from apps.themes.models import Receipt
from apps.workshops.models import Workshop


def remember(workshop: Workshop, entry: uuid.UUID) -> bool:
    """Remember that what has this id was taken; say whether that is new."""
    _, new = Receipt.objects.get_or_create(pk=entry, defaults={"workshop": workshop})
    return new


def is_remembered(entry: uuid.UUID) -> bool:
    """Say whether what has this id was taken before."""
    return Receipt.objects.filter(pk=entry).exists()
