"""The day on one page: every finding between agreement and divergence."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.annotations.forms import MapForm
from apps.annotations.picture import plates
from apps.annotations.quantifying import meanings_used
from apps.annotations.selectors.evidence_map import BY, EvidenceMap, headline, summary
from apps.participants.models import Participant
from apps.workshops.pages import workshop_page


@require_safe
@workshop_page
def evidence_map(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Show the findings that the actor may read, or those among them that are asked for."""
    shown = EvidenceMap(actor)
    form = MapForm(request.GET, shown=shown, auto_id="map-%s")
    asked = form.asked()
    findings = shown.found(asked)
    rows = shown.rows(findings, asked.by)
    context = {
        "section": "overview",
        "form": form,
        "asked": asked,
        "by": BY[asked.by].lower(),
        "is_filtered": len(findings) < len(shown.findings),
        "total": len(shown.findings),
        "findings": findings,
        "rows": rows,
        "plates": plates(rows),
        "headline": headline(findings),
        "summary": summary(findings),
        "meanings": meanings_used(finding.annotation for finding in findings),
        "doubted": any(finding.doubts for finding in findings),
    }
    return render(request, "annotations/map.html", context)
