"""Single sign-on: to the provider and back."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from apps.accounts.provider import Conversation, SingleSignOn


@require_POST
@never_cache
def leave_for_provider(request: Any) -> HttpResponse:
    """Lead to the provider by a page.

    A redirect would be one of a form, which the Content Security Policy follows through every hop
    that the provider makes; a page is left like any other.
    """
    provider = _provider(request)
    try:
        answer: HttpResponse = provider.redirect(
            request, AuthProcess.LOGIN, next_url=get_next_redirect_url(request)
        )
    except (RequestException, OAuth2Error, ValueError) as error:
        return _failed(request, error)
    url = answer.headers.get("Location", "")
    if urlsplit(url).scheme not in {"http", "https"}:
        return _failed(request, OAuth2Error("Its authorization endpoint is no web address."))
    context = {"url": url, "provider": provider.name}
    return render(request, "socialaccount/leaving.html", context)


@require_safe
@never_cache
def return_from_provider(request: Any) -> HttpResponse:
    """Sign in whom the provider sends back, if there is an account."""
    _provider(request)
    view = OAuth2CallbackView.adapter_view(Conversation(request, SingleSignOn.id))
    try:
        answer: HttpResponse = view(request)
    except (RequestException, OAuth2Error, ValueError, KeyError, TypeError) as error:
        # It is down, or something in its answer is what nobody expects of a provider.
        return _failed(request, error)
    return answer


def _provider(request: Any) -> Any:
    try:
        return get_adapter().get_provider(request, SingleSignOn.id)
    except SocialApp.DoesNotExist:
        raise Http404 from None


def _failed(request: Any, error: Exception) -> HttpResponse:
    try:
        get_adapter().on_authentication_error(request, None, exception=error)
    except ImmediateHttpResponse as said:
        answer: HttpResponse = said.response
        return answer
    raise error
