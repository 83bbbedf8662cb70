"""What the layout of a workshop's pages needs."""

from typing import Any

from django.http import HttpRequest


def acting(request: HttpRequest) -> dict[str, Any]:
    """Give templates the `actor` and the `workshop`, on pages inside a workshop."""
    actor = getattr(request, "actor", None)
    return {"actor": actor, "workshop": actor.workshop} if actor else {}
