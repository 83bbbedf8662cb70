"""The memo's page, its versions and its files."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.annotations.selectors import problems_for_memo
from apps.core.exceptions import Conflict, RuleViolation
from apps.core.models import JobState
from apps.core.permissions import allowed, require
from apps.memos import selectors, services
from apps.memos.doubts import doubts_for
from apps.memos.downloads import as_download
from apps.memos.forms import MemoForm
from apps.memos.models import Memo, MemoFile
from apps.memos.shown import shown
from apps.participants.models import Participant
from apps.workshops.pages import is_htmx, workshop_page


@require_safe
@workshop_page
def memo(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Show the memo: to the team as the workshop stands now, to others as it was published."""
    if allowed(actor, "memos.view_drafts", actor.workshop):
        return _team_page(request, actor)
    version = selectors.latest_version(actor)
    context = {
        "section": "memo",
        "version": version,
        "content": shown(version.content, actor.workshop, traced=False) if version else None,
        "files": selectors.files_visible_to(actor),
    }
    return render(request, "memos/published.html", context)


@require_POST
@workshop_page
def make(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Freeze the memo as it stands, and have its PDF made."""
    try:
        file = services.make_memo(actor=actor, workshop=actor.workshop)
    except RuleViolation:
        # What has to be mended stands on the page, each with a link.
        if is_htmx(request):
            return _problems(request, actor)
        return _team_page(request, actor, status=422)
    if is_htmx(request):
        return render(request, "memos/files.html", {"files": selectors.files_visible_to(actor)})
    return redirect(f"{_memo_url(actor)}#file-{file.pk}")


@require_safe
@workshop_page
def file_state(request: HttpRequest, actor: Participant, file_id: uuid.UUID) -> HttpResponse:
    """Show how far a file is: the part of the page that asks again until it is done."""
    file = get_object_or_404(selectors.files_visible_to(actor), pk=file_id)
    return render(request, "memos/file.html", {"file": file})


@require_POST
@workshop_page
def retry(request: HttpRequest, actor: Participant, file_id: uuid.UUID) -> HttpResponse:
    """Have a file that failed made again."""
    file = get_object_or_404(selectors.files_visible_to(actor), pk=file_id)
    services.retry_file(actor=actor, file=file)
    if is_htmx(request):
        file = get_object_or_404(selectors.files_visible_to(actor), pk=file_id)
        return render(request, "memos/file.html", {"file": file})
    return redirect(f"{_memo_url(actor)}#file-{file_id}")


@require_safe
@workshop_page
def download(_request: HttpRequest, actor: Participant, file_id: uuid.UUID) -> HttpResponse:
    """Send a file to whoever may have it at this moment."""
    files = selectors.files_visible_to(actor).defer(None).filter(state=JobState.READY)
    file: MemoFile = get_object_or_404(files, pk=file_id)
    return as_download(file, actor.workshop)


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def set_up(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Change the memo's authors, and whether it prints the record."""
    require(actor, "memos.set_up", actor.workshop)
    current = selectors.memo_of(actor.workshop)
    if request.method != "POST":
        return _settings_page(request, MemoForm(initial=_initial(current)))
    form = MemoForm(request.POST)
    if not form.is_valid():
        return _settings_page(request, form, status=422)
    try:
        services.set_up_memo(actor=actor, workshop=actor.workshop, **form.cleaned_data)
    except RuleViolation as violation:
        form.refuse(violation)
        return _settings_page(request, form, status=422)
    except Conflict as conflict:
        theirs = conflict.current
        assert isinstance(theirs, Memo)  # noqa: S101 - it is what the service locks
        form.catch_up(theirs)
        return _settings_page(request, form, theirs=theirs, status=409)
    return redirect(_memo_url(actor))


def _team_page(request: HttpRequest, actor: Participant, *, status: int = 200) -> HttpResponse:
    files = list(selectors.files_visible_to(actor))
    context = {
        "section": "memo",
        "content": shown(selectors.current_draft(actor.workshop), actor.workshop, traced=True),
        "problems": problems_for_memo(actor.workshop),
        "doubts": doubts_for(actor),
        "files": files,
        "unfinished": any(file.state in selectors.UNFINISHED for file in files),
        "refused": status != 200,  # noqa: PLR2004 - the one status that isn't a refusal
    }
    return render(request, "memos/memo.html", context, status=status)


def _problems(request: HttpRequest, actor: Participant) -> HttpResponse:
    context = {"problems": problems_for_memo(actor.workshop), "refused": True}
    answer = render(request, "memos/problems.html", context, status=422)
    answer["HX-Retarget"] = "#memo-problems"
    answer["HX-Reswap"] = "outerHTML"
    return answer


def _settings_page(
    request: HttpRequest, form: MemoForm, *, theirs: Memo | None = None, status: int = 200
) -> HttpResponse:
    context = {"section": "memo", "form": form, "theirs": theirs}
    return render(request, "memos/settings.html", context, status=status)


def _initial(memo: Memo) -> dict[str, object]:
    return {
        "authors": "\n".join(memo.authors),
        "disclaimer": memo.disclaimer,
        "with_record": memo.with_record,
        "version": memo.version,
    }


def _memo_url(actor: Participant) -> str:
    return reverse("memos:memo", args=[actor.workshop.slug])
