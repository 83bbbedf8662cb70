"""What is held on somebody because they have an account, and how the log tells of it."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format

from apps.accounts.models import ApiToken
from apps.accounts.selectors import browsers_of, second_factor_of
from apps.core.contributions import contribute
from apps.core.holdings import Held, HeldItem


@contribute("people:held", order=5)
def held(participant: Any) -> Iterator[Held]:
    """Tell somebody of their account, if they are here by one."""
    user = participant.user
    if user is None:
        return
    facts = [
        HeldItem(user.email, about="e-mail address", url=reverse("accounts:account")),
        HeldItem(user.name, about="name"),
        HeldItem(date_format(user.date_joined, "j F Y"), about="made"),
    ]
    if user.last_login:
        facts.append(HeldItem(date_format(user.last_login, "j F Y"), about="last signed in"))
    if ApiToken.objects.filter(user=user).exists():
        facts.append(HeldItem("A token for programs"))
    if second_factor_of(user) is not None:
        facts.append(HeldItem("A second step at sign-in"))
    browsers = browsers_of(user)
    facts += [HeldItem(str(each), about="signed in", at=each.seen_at) for each in browsers]
    yield Held(
        "account",
        "Your account, in all workshops of yours",
        [fact for fact in facts if fact.text],
        "It stays: it is yours. Nothing here leads to it any more.",
    )


@contribute("history:verbs", order=5)
def told() -> Iterator[dict[str, str]]:
    """Say what was done with an account. No workshop's history holds these."""
    yield {
        "account.renamed": "changed their name",
        "account.opened": "opened an account",
        "account.api_token_made": "made a token for programs",
        "account.api_token_revoked": "revoked their token for programs",
        "account.session_ended": "ended a session",
        "account.other_sessions_ended": "ended their other sessions",
        "account.second_factor_added": "added a second step at sign-in",
        "account.second_factor_removed": "removed the second step at sign-in",
    }
