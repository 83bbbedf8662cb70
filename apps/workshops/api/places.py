"""Moving something among what stands beside it, over the API."""

from typing import Any

from rest_framework import serializers


class OnePlace(serializers.Serializer[Any]):
    """One place up (-1) or down (1)."""

    by = serializers.ChoiceField([(-1, "up"), (1, "down")])
