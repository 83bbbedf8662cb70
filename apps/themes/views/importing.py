"""Taking notes from elsewhere: the text, what becomes of each line, done; and back again."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from apps.core.exceptions import RuleViolation
from apps.core.files.limits import BYTES
from apps.core.permissions import allowed, require
from apps.core.uploads import takes_file, too_big
from apps.notes import services
from apps.notes.importing import Document, Unreadable, read_file, read_text
from apps.notes.importing.planning import Wishes, plan_of
from apps.notes.importing.reading import TOO_BIG
from apps.notes.models import ImportDraft
from apps.notes.selectors import drafts_of, imports_of, session_in_use, undoing
from apps.participants.models import Participant
from apps.themes.forms import ImportForm, ReadingForm, WishesForm
from apps.themes.selectors.importing import document_of, known_in, read_again
from apps.themes.services.importing import take_notes
from apps.workshops.pages import workshop_page

READ_OR_SEND = ["GET", "HEAD", "POST"]


@takes_file(BYTES)
@require_http_methods(READ_OR_SEND)
@workshop_page
def import_notes(request: HttpRequest, actor: Participant) -> HttpResponse:
    """Take notes that are pasted or sent, and read them; show what was imported before."""
    require(actor, "notes.import", actor.workshop)
    if request.method != "POST":
        return _first_page(request, actor, ImportForm(initial={"kind": ""}))
    form = ImportForm(request.POST, request.FILES)
    if too_big(request):
        form.errors.clear()
        form.add_error("file", TOO_BIG)
        return _first_page(request, actor, form, status=413)
    if not form.is_valid():
        return _first_page(request, actor, form, status=422)
    try:
        document = _read(form)
    except Unreadable as refusal:
        form.add_error("file" if form.cleaned_data["file"] else "text", str(refusal))
        return _first_page(request, actor, form, status=422)
    draft = services.draft_notes(actor=actor, kind=document.format, document=document.as_json())
    for remark in document.remarks:
        messages.info(request, remark)
    return redirect("themes:check_notes", actor.workshop.slug, draft.pk)


def _read(form: ImportForm) -> Document:
    file = form.cleaned_data["file"]
    if file:
        return read_file(file.read(), file.name, form.format)
    return read_text(form.cleaned_data["text"], form.format)


@require_http_methods(READ_OR_SEND)
@workshop_page
def check_notes(request: HttpRequest, actor: Participant, text_id: uuid.UUID) -> HttpResponse:
    """Show what becomes of each line, and take the notes."""
    require(actor, "notes.import", actor.workshop)
    checking = Checking(request, actor, get_object_or_404(drafts_of(actor), pk=text_id))
    if request.method != "POST":
        return checking.page()
    if checking.wrong or "look" in request.POST:
        return checking.page(status=422 if checking.wrong else 200)
    form = checking.form
    if not form.is_valid():
        return checking.page(status=422)
    try:
        done = take_notes(
            actor=actor,
            draft=checking.draft,
            reading=checking.reading_form.reading(),
            wishes=form.wishes(),
            digest=checking.seen,
        )
    except RuleViolation as violation:
        form.refuse(violation)
        return checking.page(status=422)
    themes = {0: "", 1: " 1 theme is new."}.get(done.themes, f" {done.themes} themes are new.")
    messages.success(request, f"{_counted(done.notes)} taken.{themes}")
    return redirect("themes:import_notes", actor.workshop.slug)


@require_POST
@workshop_page
def drop_notes(request: HttpRequest, actor: Participant, text_id: uuid.UUID) -> HttpResponse:
    """Delete a text that won't be taken."""
    require(actor, "notes.import", actor.workshop)
    draft = get_object_or_404(drafts_of(actor), pk=text_id)
    services.drop_notes(actor=actor, draft=draft)
    messages.success(request, "The text was thrown away. No note was taken.")
    return redirect("themes:import_notes", actor.workshop.slug)


@require_http_methods(READ_OR_SEND)
@workshop_page
def undo_import(request: HttpRequest, actor: Participant, import_id: uuid.UUID) -> HttpResponse:
    """Say which notes of an import go and which stay, and take it back."""
    require(actor, "notes.import", actor.workshop)
    imported = get_object_or_404(imports_of(actor), pk=import_id)
    wrong = ""
    if request.method == "POST":
        try:
            went, left = services.undo_import(
                actor=actor, imported=imported, digest=str(request.POST.get("digest", ""))
            )
        except RuleViolation as violation:
            wrong = str(violation)
        else:
            stay = f" {left:,} of them stayed." if left else ""
            messages.success(request, f"{_counted(went)} removed.{stay}")
            return redirect("themes:import_notes", actor.workshop.slug)
    context = {
        "section": "capture",
        "imported": imported,
        "undoing": undoing(imported),
        "wrong": wrong,
    }
    return render(request, "themes/import_undo.html", context, status=422 if wrong else 200)


class Checking:
    """The page on which one looks at what becomes of a text: its forms, and what they say."""

    def __init__(self, request: HttpRequest, actor: Participant, draft: ImportDraft) -> None:
        self.request, self.actor, self.draft = request, actor, draft
        document = document_of(draft)
        self.reading_form = ReadingForm(request.GET, document=document)
        self.wrong = self.reading_form.wrong
        self.known = known_in(actor)
        entries = []
        if not self.wrong:
            entries = read_again(document, self.known, self.reading_form.reading())
        try:
            self.plan = plan_of(entries, self.known)
        except Unreadable as refusal:
            self.wrong = str(refusal)
            entries = []
            self.plan = plan_of([], self.known)
        self.seen = str(request.POST.get("digest", ""))
        self.form = self._form()
        self.form.is_valid()
        self.plan = plan_of(entries, self.known, self._wishes())

    def page(self, *, status: int = 200) -> HttpResponse:
        """Answer with the page as it stands."""
        titles = {key: session.title for key, session in self.known.sessions.items()}
        themes = {key: path[-1] for key, path in self.known.themes.items()}
        themes |= {new.key: new.title for new in self.plan.new_themes}
        if "look" in self.request.POST:
            # Nothing is asked of a page that is only looked at.
            self.form.errors.clear()
        context = {
            "section": "capture",
            "draft": self.draft,
            "reading": self.reading_form,
            "wrong": self.wrong,
            "form": self.form,
            "plan": self.plan,
            "lines": [
                {
                    "line": line,
                    "session": titles.get(line.session, ""),
                    "themes": [themes[key] for key in line.themes],
                    "group": (self.known.groups.get(line.group) or ("",))[-1],
                    "speaker": self.known.people.get(line.speaker, ""),
                    "left_out": self.form.is_left_out(line),
                }
                for line in self.plan.lines
            ],
        }
        return render(self.request, "themes/import_check.html", context, status=status)

    def _wishes(self) -> Wishes:
        wishes = self.form.wishes()
        if wishes.session:
            return wishes
        return Wishes(self.form.initial["session"], wishes.places, wishes.labels, wishes.left_out)

    def _form(self) -> WishesForm:
        data: Any = self.request.POST.copy() if self.request.method == "POST" else None
        if data is not None:
            # Sent again, it is about what stands on the page now.
            data["digest"] = self.plan.digest
        in_use = session_in_use(self.actor)
        first = next(iter(self.known.sessions), "")
        return WishesForm(
            data,
            plan=self.plan,
            known=self.known,
            may_make=allowed(self.actor, "themes.edit", self.actor.workshop),
            initial={"session": str(in_use) if in_use else first},
        )


def _first_page(
    request: HttpRequest, actor: Participant, form: ImportForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "section": "capture",
        "form": form,
        "imports": list(imports_of(actor)),
        "draft": drafts_of(actor).first(),
        "capture_url": reverse("themes:capture", args=[actor.workshop.slug]),
    }
    return render(request, "themes/import_notes.html", context, status=status)


def _counted(count: int) -> str:
    return "1 note was" if count == 1 else f"{count:,} notes were"
