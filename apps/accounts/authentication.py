"""Token authentication for the API."""

from rest_framework import authentication
from rest_framework.exceptions import AuthenticationFailed

from apps.accounts.models import User
from apps.accounts.selectors import holder_of_api_token


class TokenAuthentication(authentication.TokenAuthentication):
    """`Authorization: Token …`, looked up by the digest that is kept of it."""

    def authenticate_credentials(self, key: str) -> tuple[User, None]:
        """Return whom the token belongs to."""
        user = holder_of_api_token(key)
        if user is None:
            raise AuthenticationFailed("This token isn’t valid, or has been replaced.")
        return user, None
