"""Groups of like opinion: for exploring."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from apps.core.exceptions import RuleViolation
from apps.core.models import JobState
from apps.core.permissions import require
from apps.participants.models import Participant
from apps.statements import services
from apps.statements.models import OpinionMap
from apps.statements.opinion_map import HEIGHT, WIDTH, drawn
from apps.statements.selectors import last_snapshot
from apps.workshops.pages import workshop_page


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def opinions(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Have groups of like opinion looked for, and show them where they are reliable."""
    require(actor, "statements.explore", actor.workshop)
    if request.method == "POST":
        try:
            services.look_for_opinion_groups(actor=actor)
        except RuleViolation as violation:
            messages.warning(request, str(violation))
        return redirect("statements:opinions", actor.workshop.slug)
    snapshot = last_snapshot(actor.workshop)
    found = OpinionMap.objects.filter(snapshot=snapshot).first() if snapshot else None
    context: dict[str, Any] = {"section": "statements", "snapshot": snapshot, "found": found}
    if found and found.state == JobState.READY and found.content:
        content = found.content
        context |= {
            "content": content,
            "share": round(100 * sum(content["share"])) if content.get("share") else None,
            "groups": drawn(content) if content["reason"] is None else [],
            "view_box": f"0 0 {WIDTH} {HEIGHT}",
        }
    return render(request, "statements/opinions.html", context)
