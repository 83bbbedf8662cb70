"""Signing in by a link.

Whoever opens the link finds it kept in the session, and a page whose address tells nothing: so
it stands in no history, no log and no `Referer`. Only the button on that page uses it up, for
scanners of mail follow links.
"""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts import services
from apps.accounts.tokens import sign_in_tokens

KEPT = "sign_in_link"


@require_safe
@never_cache
def open_sign_in_link(request: Any, who: str, token: str) -> HttpResponse:
    """Take the link out of the address."""
    if services.holder_of_link(who, token) is None:
        return _works_no_more(request)
    request.session[KEPT] = [who, token]
    return redirect("accounts:use_sign_in_link")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def use_sign_in_link(request: Any) -> HttpResponse:
    """Say whom the link signs in, and sign them in when they ask."""
    who, token = request.session.get(KEPT, ("", ""))
    if not token:
        return render(request, "account/link_missing.html", status=410)
    if request.method == "POST":
        request.session.pop(KEPT)
        user = services.use_sign_in_link(who, token)
        if user is not None:
            record_authentication(request, user, method="link")
            answer: HttpResponse = perform_login(request, user)
            return answer
    else:
        user = services.holder_of_link(who, token)
    if user is None:
        return _works_no_more(request)
    context = {"holder": user, "expires_at": sign_in_tokens.expires_at(token)}
    return render(request, "account/sign_in_link.html", context)


def _works_no_more(request: Any) -> HttpResponse:
    answer = render(request, "account/link_used.html", status=410)
    # The address of this page may still be a link's.
    answer["Referrer-Policy"] = "no-referrer"
    return answer
