"""The page that shows the mail, where it goes to a folder of the same machine."""

import ipaddress

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.accounts.local_mail import letters

# What a proxy adds: then whoever asks sits at another machine.
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")
HERE = {"localhost", "127.0.0.1", "[::1]"}


@require_safe
@never_cache
def mail(request: HttpRequest) -> HttpResponse:
    """Show what was sent, to whoever sits at this machine: links that sign people in are in it."""
    folder = settings.MAIL_FOLDER
    if folder is None or not shows_mail_to(request):
        raise Http404
    return render(request, "account/mail.html", {"letters": list(letters(folder))})


def shows_mail_to(request: HttpRequest) -> bool:
    """Say whether the request comes from this very machine, and not by a proxy or a tunnel.

    The name must be the machine's own, too: a page elsewhere can make a browser ask for any
    address, but under the name that it has there.
    """
    if settings.MAIL_FOLDER is None or any(name in request.headers for name in FORWARDED):
        return False
    try:
        from_here = ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
        name = split_domain_port(request.get_host())[0]
    except (ValueError, DisallowedHost):
        # The page that refuses an unknown name is a page as well.
        return False
    return from_here and name in HERE
