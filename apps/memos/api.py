"""Memos over the API."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, renderers, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.models import JobState
from apps.memos import selectors, services
from apps.memos.downloads import as_download
from apps.memos.models import Memo, MemoFile, MemoVersion
from apps.workshops.scope import InWorkshop


class MemoFileOut(serializers.ModelSerializer[MemoFile]):
    """A file of a memo and how far it is; `reason` says why it failed."""

    class Meta:
        model = MemoFile
        fields = ["id", "version", "kind", "state", "reason", "size", "pages", "finished_at"]
        read_only_fields = fields


class MemoVersionOut(serializers.ModelSerializer[MemoVersion]):
    """A frozen version of the memo, without its content; `withdrawn_at`: when a stricter rule
    took it back from all but the team.
    """

    label = serializers.CharField(read_only=True)  # type: ignore[assignment]

    class Meta:
        model = MemoVersion
        fields = ["id", "number", "label", "sha256", "created_at", "withdrawn_at"]
        read_only_fields = fields


class MemoContentOut(MemoVersionOut):
    """A frozen version of the memo with its content: blocks with stable ids."""

    content = serializers.JSONField(read_only=True)

    class Meta(MemoVersionOut.Meta):
        fields = [*MemoVersionOut.Meta.fields, "content"]
        read_only_fields = fields


class MemoSettings(serializers.ModelSerializer[Memo]):
    """Who the authors are, and whether the notes and comments are printed."""

    version = serializers.IntegerField(required=False)
    authors = serializers.ListField(child=serializers.CharField(max_length=120), required=False)

    class Meta:
        model = Memo
        fields = ["authors", "disclaimer", "with_record", "version"]
        extra_kwargs = {"with_record": {"required": False}, "disclaimer": {"required": False}}


class PDFRenderer(renderers.JSONRenderer):
    """Lets clients ask for a PDF; what it renders itself are refusals."""

    media_type = "application/pdf"
    format = "pdf"


class MemoViewSet(
    InWorkshop,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet[MemoVersion],
):
    """The versions of a workshop's memo, newest first."""

    serializer_class = MemoVersionOut
    queryset = MemoVersion.objects.none()

    def get_queryset(self) -> Any:
        if self.actor is None:
            return MemoVersion.objects.none()
        versions = selectors.versions_visible_to(self.actor)
        return versions if self.action == "list" else versions.defer(None)

    @extend_schema(responses=MemoContentOut)
    def retrieve(self, request: Request, slug: str, pk: str) -> Response:
        """Return a version with its content."""
        return Response(MemoContentOut(self.get_object()).data)

    @extend_schema(responses=MemoContentOut)
    @action(detail=False)
    def latest(self, request: Request, slug: str) -> Response:
        """Return the newest version with its content."""
        latest = self.get_queryset().order_by("-number")[:1]
        return Response(MemoContentOut(get_object_or_404(latest)).data)

    @extend_schema(request=None, responses={202: MemoFileOut})
    def create(self, request: Request, slug: str) -> Response:
        """Freeze the memo as the workshop stands now, and have its PDF made."""
        file = services.make_memo(actor=self.actor, workshop=self.actor.workshop)
        return Response(MemoFileOut(file).data, status=status.HTTP_202_ACCEPTED)

    @extend_schema(request=MemoSettings, responses=MemoSettings)
    @action(detail=False, methods=["patch"], url_path="settings")
    def set_up(self, request: Request, slug: str) -> Response:
        """Change the memo's settings; what is left out stays as it is."""
        given = self.validated(MemoSettings, may="memos.set_up")
        memo = services.set_up_memo(actor=self.actor, workshop=self.actor.workshop, **given)
        return Response(MemoSettings(memo).data)


class MemoFileViewSet(
    InWorkshop, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[MemoFile]
):
    """The files of the memo's versions."""

    serializer_class = MemoFileOut
    queryset = MemoFile.objects.none()

    def get_queryset(self) -> Any:
        return selectors.files_visible_to(self.actor) if self.actor else MemoFile.objects.none()

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    @action(detail=True, renderer_classes=[renderers.JSONRenderer, PDFRenderer])
    def download(self, request: Request, slug: str, pk: str) -> HttpResponse:
        """Return the file itself, once it is ready."""
        files = self.get_queryset().defer(None).filter(state=JobState.READY)
        return as_download(get_object_or_404(files, pk=pk), self.actor.workshop)

    @extend_schema(request=None, responses={202: MemoFileOut})
    @action(detail=True, methods=["post"])
    def retry(self, request: Request, slug: str, pk: str) -> Response:
        """Have a file that failed made again."""
        file = services.retry_file(actor=self.actor, file=self.get_object())
        return Response(MemoFileOut(file).data, status=status.HTTP_202_ACCEPTED)
