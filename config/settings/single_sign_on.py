"""The provider of single sign-on, if the environment names one."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

NEEDED = ("OIDC_SERVER_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")


def single_sign_on(env: Any, name: str) -> dict[str, Any]:
    """Return what the library needs to know of the provider that is called `name`.

    Raises `ImproperlyConfigured` when something is missing, or would travel unencrypted.
    """
    if not name:
        return {}
    values = {variable: env(variable, default="") for variable in NEEDED}
    missing = [variable for variable, value in values.items() if not value]
    if missing:
        raise ImproperlyConfigured(f"OIDC_NAME is set, but not {', '.join(missing)}.")
    server = urlsplit(values["OIDC_SERVER_URL"])
    if server.scheme != "https" and server.hostname not in {"localhost", "127.0.0.1"}:
        raise ImproperlyConfigured("OIDC_SERVER_URL must begin with https://")
    app = {
        "provider_id": "oidc",
        "name": name,
        "client_id": values["OIDC_CLIENT_ID"],
        "secret": values["OIDC_CLIENT_SECRET"],
        "settings": {
            "server_url": values["OIDC_SERVER_URL"].rstrip("/"),
            # Some vouch for all of their addresses without saying so.
            "verified_email": env.bool("OIDC_TRUST_EMAIL", default=False),
        },
    }
    return {"oidc": {"APPS": [app]}}
