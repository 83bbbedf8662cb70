"""Comments on themes and on findings, as a workshop's file tells them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from apps.annotations.models import AnnotationComment
from apps.core.documents import (
    Choice,
    Moment,
    One,
    Problem,
    Reading,
    Record,
    Section,
    Text,
    Writing,
)
from apps.participants.selectors.attribution import Attribution, Everybody
from apps.themes.models import Comment, CommentKind, CommentState
from apps.themes.records.supports import Supports, counting_supports, tell_supports
from apps.themes.selectors import comments_visible_to
from apps.workshops.attribution import leaves_no_trace
from apps.workshops.models import Role


def _comment(row: Comment, record: Record, reading: Reading) -> None:
    annotation = getattr(row, "_about", None)
    if annotation is not None and annotation.theme_id is None:
        return
    if annotation is not None:
        row.theme = annotation.theme
        reading.also.append(AnnotationComment(comment=row, annotation=annotation, theme=row.theme))
    elif row.theme_id is None:
        reading.problems.append(Problem(record.where("theme"), "is needed, or an annotation."))
        return
    if row.reply_to is not None and row.reply_to.theme_id != row.theme_id:
        reading.problems.append(Problem(record.where("reply_to"), "is about another theme."))
    if row.reply_to is not None and row.kind != CommentKind.REMARK:
        reading.problems.append(Problem(record.where("kind"), "isn’t that of an answer."))
    if row.reply_to is not None and record.given.get("supports"):
        reading.problems.append(Problem(record.where("supports"), "are of no answer."))
    row.created_at = row.created_at + dt.timedelta(microseconds=record.index)
    if not row.written_as:
        row.written_as = row.author.role if row.author else Role.PARTICIPANT
    if row.written_as != Role.PARTICIPANT or leaves_no_trace(reading.scope):
        row.group = None


@dataclass(frozen=True)
class AboutAnnotation(One):
    """The annotation of its theme that a comment is about, if it isn't about the whole."""

    def put(self, row: Any, value: Any, reading: Reading) -> None:
        row._about = value

    def get(self, row: Any) -> Any:
        about = getattr(row, "about_annotation", None)
        return about.annotation_id if about else None


@dataclass(frozen=True)
class By(One):
    """The author of a comment, taken where the file is the site's own, and never told."""

    private = True

    def put(self, row: Any, value: Any, reading: Reading) -> None:
        row.author = value if reading.context.get("trusted") else None

    def get(self, row: Any) -> Any:
        return None


@dataclass(frozen=True)
class Unsaid(Moment):
    """A time that is taken, and never told."""

    private = True

    def get(self, row: Any) -> Any:
        return None


def _comments(writing: Writing) -> list[Comment]:
    attribution = Attribution(Everybody(writing.scope))
    found = comments_visible_to(writing.viewer).filter(hidden_at=None, reply_to__hidden_at=None)
    found = counting_supports(found).order_by("created_at")
    rows = list(found.select_related("about_annotation__annotation__session"))
    for comment in rows:
        comment.group_id = attribution.group_id(comment.group_id)
    about = [getattr(comment, "about_annotation", None) for comment in rows]
    sessions = [each.annotation.session if each else None for each in about]
    tell_supports(writing.scope, zip(rows, sessions, strict=True))
    return rows


COMMENTS = Section(
    name="comments",
    noun="comment",
    prefix="c",
    model=Comment,
    rows=_comments,
    settle=_comment,
    closed=True,
    fields=(
        One("theme", to="themes"),
        AboutAnnotation("annotation", to="annotations"),
        One("reply_to", to="comments"),
        Choice("kind", choices=CommentKind, default=CommentKind.REMARK),
        Text("text", required=True),
        Choice("state", choices=CommentState, default=CommentState.OPEN),
        Text("reason", "decision"),
        Choice("written_as", choices=Role),
        One("group", to="groups"),
        Supports("supports"),
        By("by", "author", to="people"),
        Unsaid("at", "created_at"),
    ),
)
