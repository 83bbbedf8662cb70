"""Starting a workshop."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from apps.accounts.exceptions import SecondFactorNeeded
from apps.accounts.pages import to_second_factor
from apps.accounts.selectors import require_second_factor
from apps.core.exceptions import RuleViolation
from apps.participants import services
from apps.workshops.forms import StartForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start_workshop(request: Any) -> HttpResponse:
    """Start a workshop with its basics."""
    try:
        require_second_factor(request.user)
    except SecondFactorNeeded:
        return to_second_factor(request)
    form = StartForm(request.POST or None, initial={"time_zone": settings.TIME_ZONE})
    del form.fields["version"]
    if request.method == "POST" and form.is_valid():
        try:
            owner = services.start_workshop(user=request.user, **form.cleaned_data)
        except RuleViolation as violation:
            form.refuse(violation)
        else:
            return redirect("workshops:overview", owner.workshop.slug)
    status = 422 if form.errors else 200
    return render(request, "participants/start_workshop.html", {"form": form}, status=status)
