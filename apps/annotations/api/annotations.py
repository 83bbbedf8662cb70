"""Findings over the API."""

from typing import Any

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.annotations import services
from apps.annotations.api.shapes import (
    AnnotationChange,
    AnnotationIn,
    AnnotationOut,
    Move,
    Remark,
    reads,
)
from apps.annotations.models import Annotation, Evidence
from apps.annotations.selectors import annotations_visible_to
from apps.participants.selectors import groups_shown_to
from apps.themes.api.comments import CommentOut
from apps.themes.api.fields import VisibleTheme
from apps.themes.selectors import shown_comments
from apps.themes.selectors.supporting import with_support
from apps.themes.services import support, withdraw_support
from apps.workshops.scope import InWorkshop


class AnnotationQuery(serializers.Serializer[Any]):
    """Which findings to list."""

    theme = VisibleTheme(required=False)


class AnnotationViewSet(
    InWorkshop,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet[Annotation],
):
    """The findings on the themes that one may see, in their order."""

    serializer_class = AnnotationOut
    queryset = Annotation.objects.none()

    def get_queryset(self) -> Any:
        if not self.actor:
            return Annotation.objects.none()
        groups = groups_shown_to(self.actor)
        return (
            with_support(self.actor, annotations_visible_to(self.actor), by="annotation")
            .prefetch_related(
                Prefetch("holders", groups),
                Prefetch("positions__holders", groups),
                Prefetch("evidence", Evidence.objects.standing()),
            )
            .order_by("theme__order", "theme__created_at", "order", "created_at", "pk")
        )

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), **reads(self.actor)}

    @extend_schema(parameters=[AnnotationQuery], responses=AnnotationOut(many=True))
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List the findings, all or those on one theme."""
        asked = AnnotationQuery(data=request.query_params, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        found = self.paginate_queryset(self.get_queryset().filter(**asked.validated_data))
        return self.get_paginated_response(self.get_serializer(found, many=True).data)

    @extend_schema(request=AnnotationIn, responses={201: AnnotationOut})
    def create(self, request: Request, slug: str) -> Response:
        """Record a finding with its positions, after those on its theme."""
        given = self.validated(AnnotationIn, may="annotations.record")
        annotation = services.record_annotation(actor=self.actor, **given)
        return self._answer(annotation, status.HTTP_201_CREATED)

    @extend_schema(request=AnnotationChange, responses=AnnotationOut)
    def partial_update(self, request: Request, slug: str, pk: str) -> Response:
        """Change a finding, and add or change its positions."""
        annotation = self.get_object()
        given = self.validated(AnnotationChange, may="annotations.revise", on=annotation)
        services.revise_annotation(actor=self.actor, annotation=annotation, **given)
        return self._answer(annotation)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, slug: str, pk: str) -> Response:
        """Remove a finding with its positions, unless something rests on it."""
        services.withdraw_annotation(
            actor=self.actor, annotation=self.get_object(), version=self.match()
        )
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=Move, responses=AnnotationOut)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, slug: str, pk: str) -> Response:
        """Move a finding up or down on its theme."""
        annotation = self.get_object()
        given = self.validated(Move, may="annotations.revise", on=annotation)
        services.move_annotation(actor=self.actor, annotation=annotation, **given)
        return self._answer(annotation)

    @extend_schema(request=Remark, responses={201: CommentOut})
    @action(detail=True, methods=["post"])
    def comments(self, request: Request, slug: str, pk: str) -> Response:
        """Comment on a finding; the comment stands among those on its theme."""
        annotation = self.get_object()
        given = self.validated(Remark, may="themes.comment", on=annotation.theme)
        comment = services.comment_on_annotation(actor=self.actor, annotation=annotation, **given)
        [shown] = shown_comments(self.actor, [comment])
        return Response(CommentOut(shown).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=AnnotationOut)
    @action(detail=True, methods=["post"])
    def support(self, request: Request, slug: str, pk: str) -> Response:
        """Support a finding without a word: once, and counted."""
        annotation = self.get_object()
        support(actor=self.actor, subject=annotation)
        return self._answer(annotation)

    @extend_schema(request=None, responses=AnnotationOut)
    @support.mapping.delete
    def withdraw_support(self, request: Request, slug: str, pk: str) -> Response:
        """Take one's support of a finding back."""
        annotation = self.get_object()
        withdraw_support(actor=self.actor, subject=annotation)
        return self._answer(annotation)

    def _answer(self, annotation: Annotation, code: int = status.HTTP_200_OK) -> Response:
        shown = self.get_serializer(self.get_queryset().get(pk=annotation.pk))
        return Response(shown.data, status=code)
