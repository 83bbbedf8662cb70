"""Signing in by a link, and one's own account."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts import services
from apps.accounts.forms import NameForm
from apps.accounts.tokens import sign_in_tokens
from apps.core.exceptions import RuleViolation


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_link(request: HttpRequest, who: str, token: str) -> HttpResponse:
    """Say whom the link signs in, and sign them in only when they ask: scanners follow links."""
    if request.method == "POST":
        user = services.use_sign_in_link(who, token)
        if user is not None:
            login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
            return redirect(settings.LOGIN_REDIRECT_URL)
    else:
        user = services.holder_of_link(who, token)
    if user is None:
        return render(request, "account/link_used.html", status=410)
    context = {"holder": user, "expires_at": sign_in_tokens.expires_at(token)}
    return render(request, "account/sign_in_link.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: Any) -> HttpResponse:
    """Show one's own account, and change one's name."""
    form = NameForm(request.POST or None, initial={"name": request.user.name})
    if request.method == "POST" and form.is_valid():
        try:
            services.rename(user=request.user, **form.cleaned_data)
        except RuleViolation as violation:
            form.refuse(violation)
        else:
            messages.success(request, "Your name is saved.")
            return redirect("accounts:account")
    return _account(request, form=form)


@never_cache
@login_required
@require_POST
def make_api_token(request: Any) -> HttpResponse:
    """Show a new API token, this once."""
    token = services.replace_api_token(user=request.user)
    return _account(request, form=NameForm(initial={"name": request.user.name}), token=token)


@login_required
@require_POST
def revoke_api_token(request: Any) -> HttpResponse:
    """Let one's API token work no more."""
    services.revoke_api_token(user=request.user)
    messages.success(request, "The API token is revoked.")
    return redirect("accounts:account")


def _account(request: Any, *, form: NameForm, token: str = "") -> HttpResponse:
    context = {"form": form, "token": token, "has_token": hasattr(request.user, "api_token")}
    return render(request, "account/account.html", context, status=422 if form.errors else 200)


def refusing(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a page of allauth answer an invalid form as ours do: with 422."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        context = getattr(response, "context_data", None) or {}
        if any(getattr(context.get(name), "errors", None) for name in ("form", "verify_form")):
            response.status_code = 422
        return response

    return page
