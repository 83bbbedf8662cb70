"""Thoughts over the API: participants send and take back their own, the team decides on all."""

import uuid
from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.permissions import allowed, require
from apps.notes import services
from apps.notes.api.notes import NoteOut
from apps.notes.models import MAX_LENGTH, Thought
from apps.notes.selectors import thoughts_visible_to
from apps.participants.selectors.attribution import Attribution
from apps.workshops.models import Session
from apps.workshops.scope import InWorkshop, OfWorkshop


class ThoughtOut(serializers.ModelSerializer[Thought]):
    """A thought that nobody let in yet; whoever sent it isn't told. Its author sees it wait."""

    group = serializers.SerializerMethodField()
    state = serializers.SerializerMethodField()

    class Meta:
        model = Thought
        fields = ["id", "session", "text", "group", "state"]
        read_only_fields = fields

    def get_group(self, thought: Thought) -> uuid.UUID | None:
        """The group of whoever sent it, where it may be named."""
        context: dict[str, Any] = self.context  # type: ignore[assignment]
        if "attribution" not in context:
            context["attribution"] = Attribution(context["view"].actor)
        attribution: Attribution = context["attribution"]
        return attribution.group_id(thought.group_id, thought.session)

    def get_state(self, thought: Thought) -> str:
        """Whether it waits or was set aside, which the team alone is told."""
        return thought.state if self.context["view"].decides else "waiting"


class ThoughtIn(serializers.Serializer[Any]):
    """What a participant sends; `id` is theirs, and makes sending it again safe."""

    id = serializers.UUIDField(required=False)
    session = OfWorkshop(queryset=Session.objects.all())
    text = serializers.CharField(max_length=MAX_LENGTH, trim_whitespace=False)
    written_at = serializers.DateTimeField(required=False)


class LetIn(serializers.Serializer[Any]):
    """What the note is to say; without a text what was sent."""

    text = serializers.CharField(max_length=MAX_LENGTH, trim_whitespace=False, required=False)


class ThoughtViewSet(
    InWorkshop, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Thought]
):
    """What participants sent and nobody let in yet: the team reads all, others their own."""

    serializer_class = ThoughtOut
    queryset = Thought.objects.none()

    @property
    def decides(self) -> bool:
        """Whether the one who asks is of the team."""
        return allowed(self.actor, "notes.read_thoughts", self.actor.workshop)

    def get_queryset(self) -> Any:
        return thoughts_visible_to(self.actor) if self.actor else Thought.objects.none()

    @extend_schema(request=ThoughtIn, responses={201: ThoughtOut, 204: None})
    def create(self, request: Request, slug: str) -> Response:
        """Send a thought. The same id sent twice is one; 204 when it is a note by now."""
        given = self.validated(ThoughtIn, may="notes.send_thoughts")
        known = "id" in given and self.get_queryset().filter(pk=given["id"]).exists()
        thought = services.send_thought(actor=self.actor, **given)
        if thought is None:
            return Response(status=status.HTTP_204_NO_CONTENT)
        return self._answer(thought, status.HTTP_200_OK if known else status.HTTP_201_CREATED)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, slug: str, pk: str) -> Response:
        """Take back a thought of one's own."""
        require(self.actor, "notes.take_back_thoughts", self.actor.workshop)
        services.take_back_thought(actor=self.actor, thought=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=LetIn, responses=NoteOut)
    @action(detail=True, methods=["post"], url_path="let-in")
    def let_in(self, request: Request, slug: str, pk: str) -> Response:
        """Make it a note of the same id. The team may."""
        thought = self.get_object()
        given = self.validated(LetIn, may="notes.decide_thoughts", on=thought)
        note = services.let_in_thought(actor=self.actor, thought=thought, **given)
        return Response(NoteOut(note, context=self.get_serializer_context()).data)

    @extend_schema(request=None, responses=ThoughtOut)
    @action(detail=True, methods=["post"], url_path="set-aside")
    def set_aside(self, request: Request, slug: str, pk: str) -> Response:
        """Put it aside: it waits no more. The team may."""
        return self._put(services.set_aside_thought)

    @extend_schema(request=None, responses=ThoughtOut)
    @action(detail=True, methods=["post"], url_path="bring-back")
    def bring_back(self, request: Request, slug: str, pk: str) -> Response:
        """Let it wait again. The team may."""
        return self._put(services.bring_back_thought)

    def _put(self, service: Callable[..., Thought]) -> Response:
        thought = self.get_object()
        require(self.actor, "notes.decide_thoughts", thought)
        return self._answer(service(actor=self.actor, thought=thought))

    def _answer(self, thought: Thought, code: int = status.HTTP_200_OK) -> Response:
        shown = ThoughtOut(thought, context=self.get_serializer_context())
        return Response(shown.data, status=code)
