"""Writing accounts: links that sign in, names, browsers, second factors, tokens for the API."""

import uuid
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from apps.accounts.browsers import name_of
from apps.accounts.models import ApiToken, BrowserSession, User
from apps.accounts.tokens import digest, make_api_token, sign_in_tokens
from apps.core import audit, live
from apps.core.editing import check

NOBODY = uuid.UUID(int=0)
# When somebody was last seen in a browser is known about as exactly as this.
SEEN_EVERY = timedelta(minutes=5)


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


def open_account(*, email: str, name: str = "") -> User:
    """Return the account of `email`, made if there is none: without a password.

    So nobody can enter it but who reads the mail that goes there. For where sign-up is open.
    """
    email = User.objects.normalize_email(email)
    known = User.objects.filter(email=email).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            made = User.objects.create_user(email, name=name)
    except IntegrityError:
        return User.objects.get(email=email)
    audit.record("account.opened", made, actor=made, scope_id=None)
    return made


def note_browser(*, user: User, session_key: str, user_agent: str) -> None:
    """Note that `user` is signed in by the session `session_key`, and was seen just now."""
    now = timezone.now()
    known = BrowserSession.objects.filter(session=session_key, user=user).first()
    if known is not None:
        if known.seen_at < now - SEEN_EVERY:
            BrowserSession.objects.filter(pk=known.pk).update(
                seen_at=now, browser=name_of(user_agent)
            )
        return
    values = {"user": user, "browser": name_of(user_agent), "seen_at": now, "created_at": now}
    with transaction.atomic():
        # Locked, so that it can't end in between.
        if Session.objects.select_for_update(no_key=True).filter(pk=session_key).exists():
            BrowserSession.objects.update_or_create(session_id=session_key, defaults=values)


@transaction.atomic
def end_browser_session(*, user: User, session: BrowserSession) -> None:
    """Sign `user` out in one browser, at once."""
    if session.user_id == user.pk:
        Session.objects.filter(pk=session.session_id).delete()
        live.check_listeners()
        audit.record("account.session_ended", user, actor=user, scope_id=None)


@transaction.atomic
def end_other_sessions(*, user: User, but: str | None) -> int:
    """Sign `user` out everywhere except in the session `but`; return in how many browsers."""
    others = user.browser_sessions.exclude(session=but)
    _, ended = Session.objects.filter(pk__in=others.values("session")).delete()
    count = ended.get(Session._meta.label, 0)
    if count:
        live.check_listeners()
        audit.record("account.other_sessions_ended", user, actor=user, scope_id=None)
    return count


@transaction.atomic
def second_factor_added(*, user: User, session_key: str | None) -> None:
    """Say that `user` has set up a second step; whoever signed in without it has to again."""
    end_other_sessions(user=user, but=session_key)
    revoke_api_token(user=user)
    audit.record("account.second_factor_added", user, actor=user, scope_id=None)


def second_factor_removed(*, user: User) -> None:
    """Say that `user` has turned the second step off."""
    audit.record("account.second_factor_removed", user, actor=user, scope_id=None)


@transaction.atomic
def remove_second_factor(*, user: User) -> bool:
    """Let `user` sign in without a second step; return False if there was none.

    For the administrator of the instance, when somebody lost both the phone and the codes.
    """
    deleted, _ = Authenticator.objects.filter(user=user).delete()
    if deleted:
        audit.record("account.second_factor_removed", user, actor=None, scope_id=None)
    return bool(deleted)


def clear_expired() -> None:
    """Forget sessions that have expired, with their browsers, and counts of tries that are over."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_cache WHERE expires < now()")


def _decoded(who: str) -> uuid.UUID:
    try:
        return uuid.UUID(bytes=urlsafe_base64_decode(who))
    except ValueError:
        return NOBODY
