"""Supporting a theme, and taking one's support back."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from apps.participants.models import Participant
from apps.themes import services
from apps.themes.selectors import Supported, themes_visible_to
from apps.themes.selectors.supporting import support_now
from apps.themes.views.detail import address
from apps.workshops.pages import is_htmx, workshop_page


@require_POST
@workshop_page
def support(request: HttpRequest, actor: Participant, theme_id: uuid.UUID) -> HttpResponse:
    """Support a theme, or take one's support of it back."""
    theme = get_object_or_404(themes_visible_to(actor), pk=theme_id)
    now = change_support(request, actor, theme, by="theme")
    if is_htmx(request):
        context = {"theme": theme, "supported": now, "focus": True}
        return render(request, "themes/theme_support.html", context)
    return redirect(f"{address(actor, theme)}#support-{theme.pk}")


def change_support(request: HttpRequest, actor: Participant, subject: Any, *, by: str) -> Supported:
    """Support `subject`, or take one's support of it back, as the button says that was pressed;
    return how many support it now. `by` is what its `supports` call it.
    """
    change = services.withdraw_support if "back" in request.POST else services.support
    change(actor=actor, subject=subject)
    return support_now(actor, subject, by=by)
