"""What pages of other apps need to lead somebody to their account."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse


def to_second_factor(request: HttpRequest) -> HttpResponse:
    """Lead somebody to set up a second step, and from there back to where they were going."""
    return redirect_to_login(request.get_full_path(), reverse("mfa_index"))
