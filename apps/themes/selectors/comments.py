"""What was said of themes, as its readers may see it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import reverse

from apps.core.contributions import contributed
from apps.core.holdings import Held, HeldItem
from apps.core.permissions import allowed
from apps.participants.models import Participant
from apps.participants.selectors.attribution import SOMEBODY, Attribution, ShownTime
from apps.themes.models import Comment, CommentQuerySet, CommentSupport, Theme
from apps.themes.selectors.outline import on_themes_visible_to, themes_visible_to
from apps.themes.selectors.supporting import NOBODY, Supported, held_as_numbers, supported
from apps.workshops.attribution import groups_stay, leaves_no_trace
from apps.workshops.models import Role
from apps.workshops.rules import TEAM


@dataclass(frozen=True)
class ShownComment:
    """A comment: whose it is, as its reader may know; what it is about; what was answered."""

    comment: Comment
    by: str
    # What it says, as far as its reader may know: nothing of one that is hidden.
    text: str
    # When it was written, as far as its reader may know.
    written: ShownTime | None
    # An annotation of the theme, as (text, url), rather than the theme as a whole.
    about: tuple[str, str] | None = None
    replies: list["ShownComment"] = field(default_factory=list)
    supported: Supported = NOBODY


def comments_visible_to(actor: Participant) -> CommentQuerySet:
    """Return the comments on themes that `actor` may read, in the order of writing."""
    # Reached from the workshop, which each of them then has without asking for it.
    of_workshop: CommentQuerySet = actor.workshop.comments.select_related("theme", "author")
    return on_themes_visible_to(actor, of_workshop.aged())


def shown_comments(
    actor: Participant, comments: Iterable[Comment], answers: Iterable[Comment] | None = None
) -> list[ShownComment]:
    """Return `comments`, which `actor` may read, as they are shown, with the answers to them.

    `answers` if they are known already. As many queries for one as for all.
    """
    rows = list(comments)
    if answers is None:
        answers = comments_visible_to(actor).filter(reply_to__in=[row.pk for row in rows])
    replies: dict[uuid.UUID | None, list[Comment]] = {}
    for reply in answers:
        replies.setdefault(reply.reply_to_id, []).append(reply)
    about: dict[uuid.UUID, tuple[str, str]] = {}
    for found in contributed("themes:comment-about", comments=rows):
        about.update(found)
    attribution = Attribution(actor)
    reads_hidden = allowed(actor, "themes.read_hidden", actor.workshop)
    supports = supported(actor, CommentSupport.objects.filter(comment__in=rows), "comment")

    def shown(comment: Comment) -> ShownComment:
        return ShownComment(
            comment=comment,
            by=attribution.author(
                comment.author, written_as=comment.written_as, group_id=comment.group_id
            ),
            text=comment.text if reads_hidden or _is_open_to(actor, comment) else "",
            written=attribution.time(comment.created_at, written_as=comment.written_as),
            about=about.get(comment.pk),
            replies=[shown(reply) for reply in replies.get(comment.pk, [])],
            supported=supports.get(comment.pk, NOBODY),
        )

    return [shown(row) for row in rows]


def _is_open_to(actor: Participant, comment: Comment) -> bool:
    own = comment.author_id is not None and comment.author_id == actor.pk
    return own or comment.hidden_at is None


def supports_held(participant: Participant) -> Held:
    """Return the comments that `participant` supports, for themselves to read."""
    given = Comment.objects.filter(supports__participant=participant, hidden_at=None)
    themes = themes_visible_to(participant) if participant.is_here else Theme.objects.none()
    return held_as_numbers("comment", [each.text for each in given.filter(theme__in=themes)])


def comments_held(participant: Participant) -> Held:
    """Return the comments that `participant` wrote, for themselves to read."""
    written = Comment.objects.filter(author=participant).select_related("theme")
    themes = themes_visible_to(participant) if participant.is_here else Theme.objects.none()
    readable = set(themes.values_list("pk", flat=True))
    slug = participant.workshop.slug
    return Held(
        "comments",
        "Comments you wrote",
        [
            HeldItem(
                comment.text,
                about=f"on “{comment.theme.title}”" if comment.theme_id in readable else "",
                at=comment.created_at,
                url=reverse("themes:detail", args=[slug, comment.theme_id])
                if comment.theme_id in readable
                else "",
            )
            for comment in written.order_by("created_at")
        ],
        _after_erasing(participant, {comment.written_as for comment in written}),
    )


def _after_erasing(participant: Participant, written_as: set[str]) -> str:
    in_team = written_as & TEAM or {participant.role} & TEAM
    if in_team and Role.PARTICIPANT not in written_as:
        return "They stay, as those of the role in which you wrote them."
    if leaves_no_trace(participant.workshop):
        return (
            "Under the anonymous rule nothing leads from comments to you: they can’t be shown "
            "here, nor deleted."
        )
    may_delete = "You may delete those that nobody answered."
    if not groups_stay(participant.workshop):
        return f"They stay, as those of {SOMEBODY}. {may_delete}"
    return (
        f"They stay, as those of {SOMEBODY}, or of your group where others read that now: a label "
        f"that changed would tell that you wrote them. {may_delete}"
    )
