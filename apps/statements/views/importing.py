"""Taking a conversation of Polis."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from apps.core.exceptions import RuleViolation
from apps.core.files.limits import BYTES
from apps.core.permissions import require
from apps.core.uploads import takes_file, too_big
from apps.participants.models import Participant
from apps.statements import services
from apps.statements.importing import read_archive
from apps.workshops.pages import workshop_page

NO_FILE = "Choose the zip file that Polis gave you."
TOO_BIG = "This file is larger than 20 MiB. An administrator can load it with import_polis."


@takes_file(BYTES)
@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def polis(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Take the statements and votes of a conversation, to be revealed like anything else."""
    require(actor, "statements.edit", actor.workshop)
    wrong = ""
    if request.method == "POST":
        file = request.FILES.get("file")
        if too_big(request):
            wrong = TOO_BIG
        elif file is None:
            wrong = NO_FILE
        else:
            try:
                found = read_archive(file.read())
                done = services.import_conversation(actor=actor, conversation=found)
            except RuleViolation as violation:
                wrong = str(violation)
            else:
                cut = f" {done.cut} were cut at 300 characters." if done.cut else ""
                messages.success(
                    request,
                    f"{done.statements} statements with {done.votes:,} votes of "
                    f"{done.people:,} people.{cut} Reveal them when you like.",
                )
                return redirect("statements:queue", actor.workshop.slug)
    context = {"section": "statements", "wrong": wrong}
    return render(request, "statements/polis.html", context, status=422 if wrong else 200)
