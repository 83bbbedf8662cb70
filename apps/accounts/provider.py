"""Single sign-on by OpenID Connect. The library finds this module by its name."""

import hashlib
from collections.abc import Mapping
from typing import Any

from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest
from django.urls import reverse

NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri", "issuer")
ASKED = frozenset({"email", "email_verified", "name"})


class Conversation(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """What is said to the provider and believed of its answers."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """Return what the provider says of itself; raises `OAuth2Error` if that isn't enough."""
        found = super().openid_config
        if not isinstance(found, dict) or any(name not in found for name in NEEDED):
            raise OAuth2Error("Its discovery document lacks something.")
        return found

    def get_callback_url(self, request: HttpRequest, _app: Any) -> str:
        """Return where the provider sends people back to."""
        return request.build_absolute_uri(reverse("accounts:single_sign_on_callback"))

    def complete_login(
        self, _request: Any, app: Any, token: Any, *, response: Mapping[str, Any], **_: Any
    ) -> Any:
        """Return who signed in: what the ID token says, and the user info where that says less.

        Both came from the provider directly. Raises `OAuth2Error` when they don't agree on whom
        they speak of.
        """
        if "id_token" not in response:
            raise OAuth2Error("It sent no ID token.")
        claims = self._decode_id_token(app, response["id_token"])
        if not {"iss", "sub"} <= claims.keys():
            raise OAuth2Error("Its ID token names nobody.")
        if not claims.keys() >= ASKED and "userinfo_endpoint" in self.openid_config:
            told = self._fetch_user_info(token.token)
            if told.get("sub") != claims["sub"]:
                raise OAuth2Error("Its ID token and its user info are of different people.")
            claims = {**told, **claims}
        return self.get_provider().sociallogin_from_response(self.request, {"id_token": claims})


class SingleSignOn(OpenIDConnectProvider):  # type: ignore[misc]
    """The provider that the settings name. Of its accounts only a digest is kept."""

    id = "oidc"
    pkce_enabled_default = True
    oauth2_adapter_class = Conversation

    def extract_uid(self, data: Mapping[str, Any]) -> str:
        """Return what stands for the account, of this provider: the same number at another isn't.

        A provider may give an address to somebody else later, but never the pair of issuer and
        subject.
        """
        claims = data["id_token"]
        return hashlib.sha256(f"{claims['iss']}\n{claims['sub']}".encode()).hexdigest()

    def extract_extra_data(self, _data: Mapping[str, Any]) -> dict[str, Any]:
        return {}


provider_classes = [SingleSignOn]
