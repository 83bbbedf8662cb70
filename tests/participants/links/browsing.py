"""Coming in by a link, as a browser does it."""

from typing import Any

from django.test import Client

from apps.workshops.models import AttributionRule


def accept(client: Client, link: str, **values: str) -> Any:
    """Open `link` and press the button; returns the last answer."""
    client.get(link)
    return client.post("/k/", {"rule": AttributionRule.CHATHAM_HOUSE, **values})


def gets_in(client: Client) -> bool:
    return client.get("/w/harbours/").status_code == 200
