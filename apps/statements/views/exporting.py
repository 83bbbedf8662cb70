"""Taking all answers along."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from apps.core.exceptions import RuleViolation
from apps.core.models import JobState
from apps.core.permissions import require
from apps.participants.models import Participant
from apps.statements import services
from apps.statements.models import AnswersFile, ExportKind
from apps.statements.selectors import last_snapshot
from apps.workshops.attribution import leaves_no_trace
from apps.workshops.pages import workshop_page


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def export(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Have the answers written, and offer the files."""
    require(actor, "statements.export", actor.workshop)
    if request.method == "POST":
        try:
            services.export_answers(actor=actor, kind=request.POST.get("kind", ""))
        except RuleViolation as violation:
            messages.warning(request, str(violation))
        return redirect("statements:export", actor.workshop.slug)
    snapshot = last_snapshot(actor.workshop)
    made = AnswersFile.objects.filter(snapshot=snapshot).defer("content")
    files = {each.kind: each for each in made}
    context = {
        "section": "statements",
        "snapshot": snapshot,
        "kinds": [(kind, files.get(kind.value)) for kind in ExportKind],
        "unlinked": leaves_no_trace(actor.workshop),
        "working": any(
            each.state in {JobState.QUEUED, JobState.RUNNING} for each in files.values()
        ),
    }
    return render(request, "statements/export.html", context)


@require_safe
@workshop_page
def download(_request: HttpRequest, actor: Participant, file_id: uuid.UUID) -> HttpResponse:
    """Answer with a file that is ready, to whoever may have it at this moment."""
    require(actor, "statements.export", actor.workshop)
    file = get_object_or_404(AnswersFile, pk=file_id, workshop=actor.workshop_id)
    if file.state != JobState.READY:
        raise Http404
    name = f"{actor.workshop.slug}-answers-{file.kind}.zip"
    return HttpResponse(
        bytes(file.content),
        headers={
            "Content-Type": "application/zip",
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store, private",
            "X-Content-Type-Options": "nosniff",
        },
    )
