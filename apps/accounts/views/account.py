"""One's own account: name, browsers, API token."""

import uuid
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts import services
from apps.accounts.forms import NameForm
from apps.accounts.selectors import browsers_of, second_factor_of
from apps.core.exceptions import RuleViolation


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
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


@require_POST
@never_cache
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
def make_api_token(request: Any) -> HttpResponse:
    """Show a new API token, this once, to somebody who said just now who they are."""
    token = services.replace_api_token(user=request.user)
    return _account(request, form=NameForm(initial={"name": request.user.name}), token=token)


@require_POST
@login_required
def revoke_api_token(request: Any) -> HttpResponse:
    """Let one's API token work no more."""
    services.revoke_api_token(user=request.user)
    messages.success(request, "The API token is revoked.")
    return redirect("accounts:account")


@require_POST
@login_required
def end_session(request: Any, session_id: uuid.UUID) -> HttpResponse:
    """Sign out in one browser: in another one, or in this."""
    session = get_object_or_404(browsers_of(request.user), pk=session_id)
    services.end_browser_session(user=request.user, session=session)
    if session.session_id == request.session.session_key:
        request.session.flush()
        return redirect("account_login")
    messages.success(request, f"You are signed out there: {session}.")
    return redirect("accounts:account")


@require_POST
@login_required
def end_other_sessions(request: Any) -> HttpResponse:
    """Sign out everywhere else."""
    services.end_other_sessions(user=request.user, but=request.session.session_key)
    messages.success(request, "You are signed out everywhere else.")
    return redirect("accounts:account")


def _account(request: Any, *, form: NameForm, token: str = "") -> HttpResponse:
    context = {
        "form": form,
        "token": token,
        "api_token": getattr(request.user, "api_token", None),
        "second_factor": second_factor_of(request.user),
        "browsers": browsers_of(request.user),
        "this_session": request.session.session_key,
    }
    return render(request, "account/account.html", context, status=422 if form.errors else 200)
