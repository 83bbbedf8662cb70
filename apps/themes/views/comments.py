"""Saying something of a theme, and answering it."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from apps.core.exceptions import Conflict, RuleViolation
from apps.core.permissions import allowed, require
from apps.participants.models import Participant
from apps.themes.forms import AnswerForm, CommentForm, DecisionForm, MendingForm, WordsForm
from apps.themes.models import Comment
from apps.themes.selectors import comments_visible_to, shown_comments
from apps.themes.services import (
    comment_on_theme,
    decide_comment,
    edit_comment,
    reply_to_comment,
)
from apps.themes.views.detail import address, theme_or_successor, theme_page
from apps.themes.views.supporting import change_support
from apps.workshops.pages import is_htmx, workshop_page


@require_POST
@workshop_page
def comment(request: HttpRequest, actor: Participant, theme_id: uuid.UUID) -> HttpResponse:
    """Comment on a theme, or on the one that took over what it held while somebody wrote."""
    theme = theme_or_successor(actor, theme_id)
    require(actor, "themes.comment", theme)
    form = CommentForm(request.POST, auto_id="comment-%s")
    if form.is_valid():
        try:
            said = comment_on_theme(actor=actor, theme=theme, **form.said())
        except RuleViolation as violation:
            form.refuse(violation)
        else:
            if is_htmx(request):
                return _item(request, actor, said, "themes/comment_saved.html")
            return redirect(place_of(actor, said))
    if is_htmx(request):
        refused = render(request, "themes/comment_refused.html", {"form": form}, status=422)
        refused["HX-Retarget"] = "#comment-error"
        refused["HX-Reswap"] = "innerHTML"
        return refused
    return theme_page(request, actor, theme, commenting=form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def answer(request: HttpRequest, actor: Participant, comment_id: uuid.UUID) -> HttpResponse:
    """Answer a comment where it stands; the team may accept or decline it with the same words."""
    said = get_object_or_404(comments_visible_to(actor), pk=comment_id)
    require(actor, "themes.reply", said)
    deciding = allowed(actor, "themes.decide", said)
    form = (DecisionForm if deciding else AnswerForm)(
        request.POST or None, initial={"state": said.state}, auto_id=f"answer-{said.pk}-%s"
    )
    if request.method != "POST":
        return _answering(request, actor, said, form)
    if form.is_valid():
        try:
            _answer(actor, said, form.cleaned_data)
        except RuleViolation as violation:
            # The reason for a decision is typed where an answer is.
            form.refuse(RuleViolation(str(violation), fields={"text": str(violation)}))
        except Conflict as conflict:
            form.refuse(RuleViolation(str(conflict)))
            current: Any = conflict.current
            form.catch_up(current)
            return _answering(request, actor, current, form, status=409)
        else:
            if is_htmx(request):
                said = get_object_or_404(comments_visible_to(actor), pk=comment_id)
                return _item(request, actor, said, "themes/comment.html")
            return redirect(place_of(actor, said))
    return _answering(request, actor, said, form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@workshop_page
def edit(request: HttpRequest, actor: Participant, comment_id: uuid.UUID) -> HttpResponse:
    """Mend one's own comment."""
    said = get_object_or_404(comments_visible_to(actor), pk=comment_id)
    require(actor, "themes.edit_comment", said)
    initial = {"text": said.text, "version": said.version}
    form = MendingForm(request.POST or None, initial=initial)
    status, theirs = 422 if request.method == "POST" else 200, ""
    if form.is_valid():
        try:
            edit_comment(actor=actor, comment=said, **form.cleaned_data)
        except RuleViolation as violation:
            form.refuse(violation)
        except Conflict as conflict:
            current: Any = conflict.current
            form.catch_up(current)
            status, theirs = 409, current.text
        else:
            return redirect(place_of(actor, said))
    context = {"section": "themes", "comment": said, "form": form, "theirs": theirs}
    return render(request, "themes/comment_edit.html", context, status=status)


@require_POST
@workshop_page
def support(request: HttpRequest, actor: Participant, comment_id: uuid.UUID) -> HttpResponse:
    """Support a comment, or take one's support of it back."""
    said = get_object_or_404(comments_visible_to(actor), pk=comment_id)
    change_support(request, actor, said, by="comment")
    if is_htmx(request):
        [shown] = shown_comments(actor, [said])
        return render(request, "themes/support.html", {"shown": shown, "focus": True})
    return redirect(place_of(actor, said))


def _answer(actor: Participant, said: Comment, given: dict[str, Any]) -> None:
    text, version = given["text"], given["version"]
    state = given.get("state", said.state)
    if state == said.state:
        reply_to_comment(actor=actor, comment=said, text=text)
    else:
        decide_comment(actor=actor, comment=said, state=state, decision=text, version=version)


def _answering(
    request: HttpRequest, actor: Participant, said: Comment, form: WordsForm, *, status: int = 200
) -> HttpResponse:
    """Show the form for an answer below the comment, to be filled in or filled in better."""
    if is_htmx(request):
        more = {"answered": said, "answer_form": form}
        return _item(request, actor, said, "themes/comment.html", more, status=status)
    return theme_page(request, actor, said.theme, answering=(said, form), status=status)


def _item(
    request: HttpRequest,
    actor: Participant,
    said: Comment,
    template: str,
    more: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    [shown] = shown_comments(actor, [said])
    return render(request, template, {"shown": shown, **(more or {})}, status=status)


def place_of(actor: Participant, said: Comment) -> str:
    """Return where on the page of its theme a comment stands."""
    return f"{address(actor, said.theme)}?comments=all#comment-{said.pk}"
