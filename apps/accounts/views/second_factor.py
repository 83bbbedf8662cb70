"""The second step at sign-in: setting it up and turning it off."""

import re
from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.accounts import services
from apps.accounts.selectors import recovery_codes_left, second_factor_of
from apps.core.qr import qr_code


@require_safe
@never_cache
@login_required
def second_factor(request: Any) -> HttpResponse:
    """Say whether there is a second step, and lead to what can be done about it."""
    context = {
        "second_factor": second_factor_of(request.user),
        "codes_left": recovery_codes_left(request.user),
        "required": settings.REQUIRE_SECOND_FACTOR,
        "next": get_next_redirect_url(request) or "",
    }
    return render(request, "mfa/index.html", context)


class SetUpView(ActivateTOTPView):  # type: ignore[misc]
    """Shows the secret to an app, and believes that it got there when it gives a code."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the key as a picture and in groups of four, and where somebody was going."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        groups = re.findall(".{1,4}", context["form"].secret)
        return {
            **context,
            "qr": qr_code(context["totp_url"]),
            "key": " ".join(groups),
            "next": _next(self.request),
        }

    def form_valid(self, form: Any) -> HttpResponse:
        """Sign out those who signed in without it."""
        answer: HttpResponse = super().form_valid(form)
        services.second_factor_added(
            user=self.request.user, session_key=self.request.session.session_key
        )
        return answer

    def get_success_url(self) -> str:
        """Lead to the recovery codes, and from there to where they were going."""
        query = {"next": _next(self.request)} if _next(self.request) else {}
        url = reverse("mfa_view_recovery_codes")
        return f"{url}?{urlencode(query)}" if query else url


class TurnOffView(DeactivateTOTPView):  # type: ignore[misc]
    """Lets somebody sign in without a second step."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Note it down."""
        answer: HttpResponse = super().form_valid(form)
        services.second_factor_removed(user=self.request.user)
        return answer


class RecoveryCodesView(ViewRecoveryCodesView):  # type: ignore[misc]
    """Shows the codes that let somebody in who has lost the app."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add where somebody was going."""
        return {**super().get_context_data(**kwargs), "next": _next(self.request)}


def _next(request: Any) -> str:
    return get_next_redirect_url(request) or ""


set_up = SetUpView.as_view()
turn_off = TurnOffView.as_view()
recovery_codes = RecoveryCodesView.as_view()
