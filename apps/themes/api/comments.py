"""Comments over the API."""

from typing import Any

from django.utils.timezone import localtime
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.themes import services
from apps.themes.api.fields import VisibleComment, VisibleTheme
from apps.themes.models import Comment, CommentKind, CommentState
from apps.themes.selectors import (
    ShownComment,
    comments_to_answer,
    comments_visible_to,
    shown_comments,
)
from apps.themes.services.comments import DECISION_LIMIT, LIMIT
from apps.themes.services.moderating import REASON_LIMIT
from apps.workshops.scope import InWorkshop


class CommentOut(serializers.Serializer[Any]):
    """A comment as its readers may see it: by group rather than by name."""

    id = serializers.UUIDField(source="comment.pk")
    theme = serializers.UUIDField(source="comment.theme_id")
    reply_to = serializers.UUIDField(source="comment.reply_to_id", allow_null=True)
    by = serializers.CharField()
    written = serializers.SerializerMethodField()
    kind = serializers.ChoiceField(CommentKind.choices, source="comment.kind")
    text = serializers.CharField(help_text="Empty where it is hidden from the reader.")
    edited = serializers.SerializerMethodField()
    state = serializers.ChoiceField(CommentState.choices, source="comment.state")
    decision = serializers.CharField(source="comment.decision")
    hidden = serializers.SerializerMethodField()
    hidden_because = serializers.CharField(source="comment.hidden_because")
    supporters = serializers.IntegerField(source="supported.count")
    supported_by_you = serializers.BooleanField(source="supported.mine")
    version = serializers.IntegerField(source="comment.version")

    def get_written(self, shown: ShownComment) -> str | None:
        """When, as far as the reader may know: to the minute, to the day, or not."""
        if shown.written is None:
            return None
        at = localtime(shown.written.at)
        return at.isoformat("T", "minutes") if shown.written.to_the_minute else f"{at:%Y-%m-%d}"

    def get_hidden(self, shown: ShownComment) -> bool:
        """Whether only the team and its author read it."""
        return shown.comment.hidden_at is not None

    def get_edited(self, shown: ShownComment) -> bool:
        """Whether its author mended it."""
        return shown.comment.edited_at is not None


class CommentIn(serializers.Serializer[Any]):
    """A comment on a theme, or an answer to one."""

    theme = VisibleTheme()
    text = serializers.CharField(max_length=LIMIT)
    kind = serializers.ChoiceField(CommentKind.choices, default=CommentKind.REMARK)
    reply_to = VisibleComment(required=False, allow_null=True, default=None)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Let an answer be given only on the theme that was commented on."""
        reply_to = attrs["reply_to"]
        if reply_to is not None and reply_to.theme != attrs["theme"]:
            raise serializers.ValidationError({"reply_to": "It is on another theme."})
        if reply_to is not None and attrs["kind"] != CommentKind.REMARK:
            raise serializers.ValidationError({"kind": "An answer is a remark."})
        return attrs


class CommentChange(serializers.Serializer[Any]):
    """A comment mended by its author."""

    text = serializers.CharField(max_length=LIMIT)
    version = serializers.IntegerField(required=False)


class Decision(serializers.Serializer[Any]):
    """What becomes of a comment; declining needs a reason."""

    state = serializers.ChoiceField(CommentState.choices)
    decision = serializers.CharField(max_length=DECISION_LIMIT, allow_blank=True, default="")
    version = serializers.IntegerField(required=False)


class Hiding(serializers.Serializer[Any]):
    """Why a comment is hidden, for its author and everybody else to read."""

    reason = serializers.CharField(max_length=REASON_LIMIT)
    version = serializers.IntegerField(required=False)


class CommentQuery(serializers.Serializer[Any]):
    """Which comments to list."""

    theme = VisibleTheme(required=False)
    unanswered = serializers.BooleanField(
        default=False, help_text="Only those that are open and that the team hasn't answered."
    )


class CommentViewSet(InWorkshop, viewsets.GenericViewSet[Comment]):
    """The comments on themes that one may see."""

    serializer_class: Any = CommentOut
    queryset = Comment.objects.none()

    def get_queryset(self) -> Any:
        return comments_visible_to(self.actor) if self.actor else Comment.objects.none()

    @extend_schema(parameters=[CommentQuery], responses=CommentOut(many=True))
    def list(self, request: Request, slug: str) -> Response:
        """List the comments in the order of writing, all or those on one theme."""
        asked = CommentQuery(data=request.query_params, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        wanted = asked.validated_data
        rows = comments_to_answer(self.actor) if wanted["unanswered"] else self.get_queryset()
        on = {"theme": wanted["theme"]} if "theme" in wanted else {}
        found = rows.filter(**on).order_by("created_at", "pk")
        page = shown_comments(self.actor, self.paginate_queryset(found) or [])
        return self.get_paginated_response(CommentOut(page, many=True).data)

    @extend_schema(responses=CommentOut)
    def retrieve(self, request: Request, slug: str, pk: str) -> Response:
        """Show a comment."""
        return self._answer(self.get_object())

    @extend_schema(request=CommentIn, responses={201: CommentOut})
    def create(self, request: Request, slug: str) -> Response:
        """Comment on a theme, or answer a comment."""
        given = self.validated(CommentIn, may="themes.take_part")
        if given["reply_to"] is None:
            comment = services.comment_on_theme(
                actor=self.actor, theme=given["theme"], text=given["text"], kind=given["kind"]
            )
        else:
            comment = services.reply_to_comment(
                actor=self.actor, comment=given["reply_to"], text=given["text"]
            )
        return self._answer(comment, status.HTTP_201_CREATED)

    @extend_schema(request=CommentChange, responses=CommentOut)
    def partial_update(self, request: Request, slug: str, pk: str) -> Response:
        """Mend one's own comment, within a quarter of an hour."""
        comment = self.get_object()
        given = self.validated(CommentChange, may="themes.edit_comment", on=comment)
        return self._answer(services.edit_comment(actor=self.actor, comment=comment, **given))

    @extend_schema(request=Decision, responses=CommentOut)
    @action(detail=True, methods=["post"])
    def decide(self, request: Request, slug: str, pk: str) -> Response:
        """Accept or decline a comment, or open it again."""
        comment = self.get_object()
        given = self.validated(Decision, may="themes.decide", on=comment)
        return self._answer(services.decide_comment(actor=self.actor, comment=comment, **given))

    @extend_schema(request=Hiding, responses=CommentOut)
    @action(detail=True, methods=["post"])
    def hide(self, request: Request, slug: str, pk: str) -> Response:
        """Hide a comment from all but the team and its author."""
        comment = self.get_object()
        given = self.validated(Hiding, may="themes.moderate", on=comment)
        return self._answer(services.hide_comment(actor=self.actor, comment=comment, **given))

    @extend_schema(request=None, responses=CommentOut)
    @action(detail=True, methods=["post"])
    def show(self, request: Request, slug: str, pk: str) -> Response:
        """Show a hidden comment again."""
        comment = self.get_object()
        return self._answer(services.show_comment(actor=self.actor, comment=comment))

    @extend_schema(request=None, responses=CommentOut)
    @action(detail=True, methods=["post"])
    def support(self, request: Request, slug: str, pk: str) -> Response:
        """Support a comment without a word: once, and counted."""
        comment = self.get_object()
        services.support(actor=self.actor, subject=comment)
        return self._answer(comment)

    @extend_schema(request=None, responses=CommentOut)
    @support.mapping.delete
    def withdraw_support(self, request: Request, slug: str, pk: str) -> Response:
        """Take one's support of a comment back."""
        comment = self.get_object()
        services.withdraw_support(actor=self.actor, subject=comment)
        return self._answer(comment)

    def _answer(self, comment: Comment, code: int = status.HTTP_200_OK) -> Response:
        [shown] = shown_comments(self.actor, [comment])
        return Response(CommentOut(shown).data, status=code)
