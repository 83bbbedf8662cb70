"""A note over the API, and the list of them."""

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.notes import services
from apps.notes.models import MAX_LENGTH, Mark, Note
from apps.notes.selectors import history_of, notes_visible_to, record_visible_to
from apps.notes.services.texts import LONGEST_REASON
from apps.participants.models import Group
from apps.participants.selectors.attribution import Attribution
from apps.workshops.models import Session
from apps.workshops.scope import InWorkshop, OfWorkshop


class NoteOut(serializers.ModelSerializer[Note]):
    """A note as its readers may see it.

    The team, which enters the group, reads the one it entered, as on the page; others where the
    group's name gives nobody away. Who said a note isn't to be had.
    """

    group = serializers.SerializerMethodField()

    class Meta:
        model = Note
        fields = [
            "id", "sequence", "session", "text", "mark", "group", "reply_to", "source",
            "recorded_at", "may_be_printed", "redacted_at", "version",
        ]  # fmt: skip
        read_only_fields = fields

    def get_group(self, note: Note) -> uuid.UUID | None:
        """The group that whoever said it belongs to."""
        context: dict[str, Any] = self.context  # type: ignore[assignment]
        if "attribution" not in context:
            # Once for all notes of an answer.
            context["attribution"] = Attribution(context["view"].actor)
        attribution: Attribution = context["attribution"]
        return attribution.group_id(note.group_id, note.session)


class NoteIn(serializers.Serializer[Any]):
    """What a client says of a new note; `id` is the client's, and makes sending it again safe."""

    id = serializers.UUIDField(required=False)
    session = OfWorkshop(queryset=Session.objects.all())
    text = serializers.CharField(max_length=MAX_LENGTH, trim_whitespace=False)
    mark = serializers.ChoiceField(Mark.choices, default=Mark.REMARK)
    group = OfWorkshop(queryset=Group.objects.all(), required=False, allow_null=True, default=None)
    reply_to = OfWorkshop(
        queryset=Note.objects.all(), required=False, allow_null=True, default=None
    )
    written_at = serializers.DateTimeField(required=False)


class NoteCorrection(serializers.Serializer[Any]):
    """A correction: what is left out stays as it is."""

    text = serializers.CharField(max_length=MAX_LENGTH, required=False)
    mark = serializers.ChoiceField(Mark.choices, required=False)
    group = OfWorkshop(queryset=Group.objects.all(), required=False, allow_null=True)
    may_be_printed = serializers.BooleanField(required=False)
    version = serializers.IntegerField(required=False)


class RedactionIn(serializers.Serializer[Any]):
    """Why a note is redacted."""

    reason = serializers.CharField(max_length=LONGEST_REASON)


class WordingOut(serializers.Serializer[Any]):
    """What a note said from a moment on, and who made it say so, by their role."""

    text = serializers.CharField()
    by = serializers.CharField()
    at = serializers.DateTimeField()


class NoteViewSet(
    InWorkshop, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Note]
):
    """The notes of a workshop, in the order in which they were recorded."""

    serializer_class = NoteOut
    queryset = Note.objects.none()

    def get_queryset(self) -> Any:
        return notes_visible_to(self.actor) if self.actor else Note.objects.none()

    @extend_schema(request=NoteIn, responses=NoteOut)
    def create(self, request: Request, slug: str) -> Response:
        """Record a note. The same id sent twice is the same note once, answered with 200."""
        given = self.validated(NoteIn, may="notes.record")
        known = "id" in given and record_visible_to(self.actor).filter(pk=given["id"]).exists()
        note = services.record_note(actor=self.actor, **given)
        code = status.HTTP_200_OK if known else status.HTTP_201_CREATED
        return self._answer(note, code)

    @extend_schema(request=NoteCorrection, responses=NoteOut)
    def partial_update(self, request: Request, slug: str, pk: str) -> Response:
        """Correct a note; what it said before is kept."""
        note = self.get_object()
        given = self.validated(NoteCorrection, may="notes.correct", on=note)
        note = services.correct_note(actor=self.actor, note=note, **given)
        return self._answer(note)

    @extend_schema(responses=WordingOut(many=True), filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def history(self, request: Request, slug: str, pk: str) -> Response:
        """Tell what a note says and said, the newest first."""
        found = history_of(self.get_object(), Attribution(self.actor))
        return Response(WordingOut(found, many=True).data)

    @extend_schema(request=RedactionIn, responses=NoteOut)
    @action(detail=True, methods=["post"])
    def redact(self, request: Request, slug: str, pk: str) -> Response:
        """Take out for good what a note says and said; it is in no list any more."""
        note = self.get_object()
        given = self.validated(RedactionIn, may="notes.redact", on=note)
        return self._answer(services.redact_note(actor=self.actor, note=note, **given))

    def _answer(self, note: Note, code: int = status.HTTP_200_OK) -> Response:
        return Response(NoteOut(note, context=self.get_serializer_context()).data, status=code)
