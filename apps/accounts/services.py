"""Writing accounts: links that sign in, names, and tokens for the API."""

import uuid

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from apps.accounts.models import ApiToken, User
from apps.accounts.tokens import digest, make_api_token, sign_in_tokens
from apps.core import audit
from apps.core.editing import check

NOBODY = uuid.UUID(int=0)


def sign_in_link(user: User) -> str:
    """Return the path of a page that signs `user` in: once, within a day.

    Whoever may tell someone else how to sign in may ask for it: there is no page that does.
    """
    who = urlsafe_base64_encode(user.pk.bytes)
    return reverse("accounts:sign_in_link", args=[who, sign_in_tokens.make_token(user)])


def holder_of_link(who: str, token: str) -> User | None:
    """Return whom the link of `who` and `token` would sign in; None if it works no more."""
    user = User.objects.filter(pk=_decoded(who), is_active=True).first()
    return user if sign_in_tokens.check_token(user, token) else None


@transaction.atomic
def use_sign_in_link(who: str, token: str) -> User | None:
    """Use the link up and return whom it signs in; None if it works no more.

    The account is locked, so that of two simultaneous uses one finds the link used.
    """
    User.objects.select_for_update().filter(pk=_decoded(who)).first()
    user = holder_of_link(who, token)
    if user is not None:
        user.last_login = timezone.now()
        user.save(update_fields=["last_login"])
    return user


@transaction.atomic
def rename(*, user: User, name: str) -> None:
    """Call `user` by `name` from now on; raises `RuleViolation` if it's too long."""
    user.name = name.strip()
    check(user, fields=["name"])
    user.save(update_fields=["name"])
    # The name itself stays out of the log, which nothing is ever deleted from.
    audit.record("account.renamed", user, actor=user, scope_id=None)


@transaction.atomic
def replace_api_token(*, user: User) -> str:
    """Make a new API token for `user` and return it; one that they had works no more."""
    token = make_api_token()
    values = {"digest": digest(token), "created_at": timezone.now()}
    ApiToken.objects.update_or_create(user=user, defaults=values)
    audit.record("account.api_token_made", user, actor=user, scope_id=None)
    return token


@transaction.atomic
def revoke_api_token(*, user: User) -> None:
    """Let the API token of `user`, if there is one, work no more."""
    deleted, _ = ApiToken.objects.filter(user=user).delete()
    if deleted:
        audit.record("account.api_token_revoked", user, actor=user, scope_id=None)


def _decoded(who: str) -> uuid.UUID:
    try:
        return uuid.UUID(bytes=urlsafe_base64_decode(who))
    except ValueError:
        return NOBODY
