"""Themes over the API: the outline, and the notes filed in it."""

import uuid
from typing import Any

from django.db.models import Count
from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.notes.api import NoteOut
from apps.notes.models import MAX_LENGTH
from apps.notes.selectors import notes_visible_to
from apps.themes import services
from apps.themes.api.fields import VisibleNote, VisibleTheme
from apps.themes.models import Placement, Theme
from apps.themes.selectors import Outline, themes_visible_to
from apps.themes.selectors.passages import passages_under
from apps.themes.selectors.supporting import with_support
from apps.themes.services.outline import SUMMARY_LIMIT, TITLE_LIMIT
from apps.workshops.models import GuidingQuestion
from apps.workshops.scope import InWorkshop, OfWorkshop


class ThemeOut(serializers.ModelSerializer[Theme]):
    """A theme as its readers may see it."""

    parent = serializers.SerializerMethodField()  # type: ignore[assignment]
    note_count = serializers.SerializerMethodField()
    supporters = serializers.IntegerField()
    supported_by_you = serializers.BooleanField(source="is_supported")

    class Meta:
        model = Theme
        fields = [
            "id", "title", "parent", "order", "summary", "placement", "published_at", "questions",
            "note_count", "supporters", "supported_by_you", "version",
        ]  # fmt: skip
        read_only_fields = fields

    def get_parent(self, theme: Theme) -> uuid.UUID | None:
        """The nearest theme above it that the reader may see."""
        outline: Outline = self.context["outline"]
        return outline.parent_id(theme.pk)

    def get_note_count(self, theme: Theme) -> int | None:
        """How many notes are filed under it; null for those who don't read notes."""
        outline: Outline = self.context["outline"]
        return theme.note_count if outline.sorts else None  # type: ignore[attr-defined]


class ThemeIn(serializers.Serializer[Any]):
    """What a client says of a new theme."""

    title = serializers.CharField(max_length=TITLE_LIMIT)
    parent = VisibleTheme(  # type: ignore[assignment]
        required=False, allow_null=True, default=None
    )
    summary = serializers.CharField(max_length=SUMMARY_LIMIT, allow_blank=True, default="")
    placement = serializers.ChoiceField(Placement.choices, default=Placement.AUTO)
    questions = OfWorkshop(queryset=GuidingQuestion.objects.all(), many=True, required=False)


class ThemeChange(serializers.Serializer[Any]):
    """A change of a theme: what is left out stays as it is."""

    title = serializers.CharField(max_length=TITLE_LIMIT, required=False)
    parent = VisibleTheme(required=False, allow_null=True)  # type: ignore[assignment]
    summary = serializers.CharField(max_length=SUMMARY_LIMIT, allow_blank=True, required=False)
    placement = serializers.ChoiceField(Placement.choices, required=False)
    questions = OfWorkshop(queryset=GuidingQuestion.objects.all(), many=True, required=False)
    version = serializers.IntegerField(required=False)


class Shift(serializers.Serializer[Any]):
    """One place up (-1) or down (1) among the themes beside it."""

    by = serializers.IntegerField(min_value=-1, max_value=1)


class MergeIn(serializers.Serializer[Any]):
    """The theme that takes over what another holds."""

    into = VisibleTheme()


class SplitIn(serializers.Serializer[Any]):
    """What goes under a new theme, and what that is called."""

    title = serializers.CharField(max_length=TITLE_LIMIT)
    notes = VisibleNote(many=True, required=False)
    parts = serializers.ListField(
        child=serializers.UUIDField(), required=False, help_text="Ids of annotations."
    )


class NotesIn(serializers.Serializer[Any]):
    """Which notes are meant."""

    notes = VisibleNote(many=True, allow_empty=False)


class PassageIn(serializers.Serializer[Any]):
    """A passage of a note: its words, and where they begin, in Unicode code points."""

    note = VisibleNote()
    text = serializers.CharField(max_length=MAX_LENGTH, trim_whitespace=False)
    start = serializers.IntegerField(min_value=0, required=False)


class PassageOut(serializers.Serializer[Any]):
    """A passage that stands under a theme; one that no longer `fits` its note, where it stood."""

    note = serializers.UUIDField(source="filing.note_id")
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    text = serializers.CharField()
    fits = serializers.BooleanField()


class FiledOut(serializers.Serializer[Any]):
    """How many notes weren't filed there before, and what undoes it, if there were any."""

    filed = serializers.IntegerField()
    rearrangement = serializers.UUIDField(allow_null=True)


class ThemeViewSet(
    InWorkshop, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Theme]
):
    """The themes of a workshop; those who aren't of its team see the published ones."""

    serializer_class = ThemeOut
    queryset = Theme.objects.none()

    def get_queryset(self) -> Any:
        if self.actor is None:
            return Theme.objects.none()
        themes = with_support(self.actor, themes_visible_to(self.actor), by="theme").annotate(
            note_count=Count("filings__note", distinct=True)
        )
        return themes.order_by("order", "created_at").prefetch_related("questions")

    def get_serializer_context(self) -> dict[str, Any]:
        context = dict(super().get_serializer_context())
        return {**context, "outline": Outline(self.actor)} if self.actor else context

    @extend_schema(request=ThemeIn, responses={201: ThemeOut})
    def create(self, request: Request, slug: str) -> Response:
        """Add a theme, last among those beside it."""
        given = self.validated(ThemeIn, may="themes.edit")
        theme = services.add_theme(actor=self.actor, **given)
        return self._answer(theme, status.HTTP_201_CREATED)

    @extend_schema(request=ThemeChange, responses=ThemeOut)
    def partial_update(self, request: Request, slug: str, pk: str) -> Response:
        """Change what a theme says, where it stands or which questions it speaks to."""
        theme = self.get_object()
        given = self.validated(ThemeChange, may="themes.edit", on=theme)
        return self._answer(services.edit_theme(actor=self.actor, theme=theme, **given))

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, slug: str, pk: str) -> Response:
        """Delete a theme that holds nothing."""
        services.delete_theme(actor=self.actor, theme=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=ThemeOut)
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, slug: str, pk: str) -> Response:
        """Let participants read the theme."""
        return self._answer(services.publish_theme(actor=self.actor, theme=self.get_object()))

    @extend_schema(request=None, responses=ThemeOut)
    @action(detail=True, methods=["post"])
    def unpublish(self, request: Request, slug: str, pk: str) -> Response:
        """Take the theme back."""
        return self._answer(services.unpublish_theme(actor=self.actor, theme=self.get_object()))

    @extend_schema(request=None, responses=ThemeOut)
    @action(detail=True, methods=["post"])
    def support(self, request: Request, slug: str, pk: str) -> Response:
        """Support a theme without a word: once, and counted."""
        theme = self.get_object()
        services.support(actor=self.actor, subject=theme)
        return self._answer(theme)

    @extend_schema(request=None, responses=ThemeOut)
    @support.mapping.delete
    def withdraw_support(self, request: Request, slug: str, pk: str) -> Response:
        """Take one's support of a theme back."""
        theme = self.get_object()
        services.withdraw_support(actor=self.actor, subject=theme)
        return self._answer(theme)

    @extend_schema(request=Shift, responses=ThemeOut)
    @action(detail=True, methods=["post"])
    def shift(self, request: Request, slug: str, pk: str) -> Response:
        """Move the theme among those beside it."""
        theme = self.get_object()
        given = self.validated(Shift, may="themes.edit", on=theme)
        theme = services.shift_theme(actor=self.actor, theme=theme, **given)
        return self._answer(theme)

    @extend_schema(request=MergeIn, responses=ThemeOut)
    @action(detail=True, methods=["post"])
    def merge(self, request: Request, slug: str, pk: str) -> Response:
        """Put all that the theme holds under another, which is returned."""
        theme = self.get_object()
        given = self.validated(MergeIn, may="themes.edit", on=theme)
        services.merge_themes(actor=self.actor, theme=theme, **given)
        return self._answer(given["into"])

    @extend_schema(request=SplitIn, responses={201: ThemeOut})
    @action(detail=True, methods=["post"])
    def split(self, request: Request, slug: str, pk: str) -> Response:
        """Put some of what the theme holds under a new one, which is returned."""
        theme = self.get_object()
        given = self.validated(SplitIn, may="themes.edit", on=theme)
        new = services.split_theme(actor=self.actor, theme=theme, **given)
        return self._answer(new, status.HTTP_201_CREATED)

    @extend_schema(responses=NoteOut(many=True))
    @action(detail=True, methods=["get"], filter_backends=[])
    def notes(self, request: Request, slug: str, pk: str) -> Response:
        """List the notes filed under the theme."""
        theme = self.get_object()
        found = notes_visible_to(self.actor).filter(pk__in=theme.filings.values("note"))
        page: Any = self.paginate_queryset(found)  # type: ignore[arg-type]
        shown = NoteOut(page, many=True, context=self.get_serializer_context())
        return self.get_paginated_response(shown.data)

    @extend_schema(request=NotesIn, responses=FiledOut)
    @notes.mapping.post
    def file(self, request: Request, slug: str, pk: str) -> Response:
        """File notes under the theme."""
        theme = self.get_object()
        given = self.validated(NotesIn, may="themes.file", on=theme)
        done = services.sort_notes(actor=self.actor, theme=theme, **given)
        undoing = done.rearrangement.pk if done.rearrangement else None
        return Response(FiledOut({"filed": done.places, "rearrangement": undoing}).data)

    @extend_schema(
        responses={204: None},
        parameters=[OpenApiParameter("note_id", OpenApiTypes.UUID, OpenApiParameter.PATH)],
    )
    @action(detail=True, methods=["delete"], url_path="notes/(?P<note_id>[0-9a-f-]+)")
    def unfile(self, request: Request, slug: str, pk: str, note_id: str) -> Response:
        """Take a note off the theme; the note itself stays."""
        theme = self.get_object()
        here = notes_visible_to(self.actor).filter(pk__in=theme.filings.values("note"))
        note = here.filter(pk=_uuid(note_id)).first()
        if note is None:
            raise Http404
        services.sort_notes(actor=self.actor, notes=[note], away=[(note, theme)])
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=PassageOut(many=True))
    @action(detail=True, methods=["get"], filter_backends=[], pagination_class=None)
    def passages(self, request: Request, slug: str, pk: str) -> Response:
        """List the passages filed under the theme, where they stand in their notes now."""
        found = passages_under(self.actor, self.get_object())
        return Response(PassageOut(found, many=True).data)

    @extend_schema(request=PassageIn, responses={201: PassageOut(many=True)})
    @passages.mapping.post
    def file_passage(self, request: Request, slug: str, pk: str) -> Response:
        """File a passage of a note under the theme; all of its passages are returned."""
        theme = self.get_object()
        given = self.validated(PassageIn, may="themes.file", on=theme)
        services.file_passage(actor=self.actor, theme=theme, **given)
        found = passages_under(self.actor, theme)
        return Response(PassageOut(found, many=True).data, status=status.HTTP_201_CREATED)

    def _answer(self, theme: Theme, code: int = status.HTTP_200_OK) -> Response:
        row = self.get_queryset().get(pk=theme.pk)
        return Response(ThemeOut(row, context=self.get_serializer_context()).data, status=code)


def _uuid(value: str) -> uuid.UUID:
    try:
        return uuid.UUID(value)
    except ValueError:
        raise Http404 from None
