"""What pages of other apps need to lead somebody to their account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode


def to_second_factor(request: HttpRequest) -> HttpResponse:
    """Lead somebody to set up a second step, and from there back to where they were going."""
    back = urlencode({"next": request.get_full_path()})
    return redirect(f"{reverse('mfa_index')}?{back}")
