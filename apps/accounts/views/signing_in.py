"""Signing in and up by pages of allauth, made to answer as ours do."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as allauth
from allauth.account.views import RequestLoginCodeView
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.forms import SignUpForm

READ_OR_SEND = ["GET", "HEAD", "POST"]


def refusing(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a page of allauth answer an invalid form as ours do: with 422."""

    @require_http_methods(READ_OR_SEND)
    @never_cache
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        context = getattr(response, "context_data", None) or {}
        if any(getattr(context.get(name), "errors", None) for name in ("form", "verify_form")):
            response.status_code = 422
        return response

    return page


def sign_out(request: Any) -> HttpResponse:
    """Sign out; who takes part in something by this browser alone is told first that it ends."""
    if request.user.is_authenticated and "leave" not in request.POST:
        places = request.taking_part.only_here()
        if places:
            return render(request, "account/logout.html", {"places": places})
    answer: HttpResponse = allauth.logout(request)
    return answer


class SignUpView(RequestLoginCodeView):  # type: ignore[misc]
    """Makes an account by sending a code to its address, where sign-up is open.

    Somebody who has one gets a code for it: the page doesn't tell the two apart.
    """

    form_class = SignUpForm
    template_name = "account/signup.html"

    def get_form_class(self) -> type[SignUpForm]:
        """Return the form that makes the account."""
        return self.form_class

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say how to get an account, where sign-up isn't open."""
        if not settings.OPEN_SIGN_UP:
            status = 403 if request.method == "POST" else 200
            return render(request, "account/signup_closed.html", status=status)
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer


sign_up = method_decorator(never_cache, name="dispatch")(SignUpView).as_view()
