"""Terms over the API."""

import uuid
from typing import Any

from django.db.models import Prefetch
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from apps.annotations import services
from apps.annotations.api.shapes import reads
from apps.annotations.models import Annotation, Sense, Term, TermStatus
from apps.annotations.selectors import terms_visible_to
from apps.annotations.services import SenseGiven
from apps.notes.models import Note
from apps.participants.models import Group
from apps.participants.selectors import groups_shown_to
from apps.themes.api.fields import VisibleNote
from apps.workshops.scope import InWorkshop, OfWorkshop


class SenseOut(serializers.ModelSerializer[Sense]):
    """One of the meanings of a term."""

    note = serializers.SerializerMethodField()

    class Meta:
        model = Sense
        fields = ["text", "holders", "used_by", "note"]
        read_only_fields = fields

    @extend_schema_field(OpenApiTypes.UUID)
    def get_note(self, sense: Sense) -> uuid.UUID | None:
        """The note in which it was given, for those who read notes."""
        return sense.note_id if self.context["reads_notes"] else None


class TermOut(serializers.ModelSerializer[Term]):
    """A term with its senses."""

    senses = SenseOut(many=True, read_only=True)

    class Meta:
        model = Term
        fields = ["id", "name", "status", "annotation", "senses", "order", "version"]
        read_only_fields = fields


class SenseIn(serializers.Serializer[Any]):
    """One of the meanings of a term."""

    text = serializers.CharField(max_length=500)
    holders = OfWorkshop(queryset=Group.objects.all(), many=True, required=False)
    used_by = serializers.CharField(max_length=120, required=False, allow_blank=True)
    note = VisibleNote(required=False, allow_null=True)

    def validate_note(self, note: Note | None) -> uuid.UUID | None:
        """Turn the note into what the services take."""
        return note.pk if note else None


class TermFields(serializers.Serializer[Any]):
    """What a term says."""

    name = serializers.CharField(max_length=120, required=False)
    status = serializers.ChoiceField(TermStatus.choices, required=False)
    annotation = OfWorkshop(queryset=Annotation.objects.all(), required=False, allow_null=True)
    senses = SenseIn(many=True, required=False)

    def validate_senses(self, senses: list[dict[str, Any]]) -> list[SenseGiven]:
        """Turn senses into what the services take."""
        return [SenseGiven(**sense) for sense in senses]


class TermChange(TermFields):
    """A change of a term: what is left out stays; `senses`, if given, are all it has."""

    version = serializers.IntegerField(required=False)


class TermIn(TermFields):
    """A new term."""

    name = serializers.CharField(max_length=120)


class TermViewSet(
    InWorkshop, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Term]
):
    """The terms that one may see, in their order."""

    serializer_class = TermOut
    queryset = Term.objects.none()

    def get_queryset(self) -> Any:
        if not self.actor:
            return Term.objects.none()
        return terms_visible_to(self.actor).prefetch_related(
            Prefetch("senses__holders", groups_shown_to(self.actor))
        )

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), **reads(self.actor)}

    @extend_schema(request=TermIn, responses={201: TermOut})
    def create(self, request: Request, slug: str) -> Response:
        """Add a term with its senses."""
        given = self.validated(TermIn, may="annotations.define")
        term = services.define_term(actor=self.actor, **given)
        return Response(self.get_serializer(term).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=TermChange, responses=TermOut)
    def partial_update(self, request: Request, slug: str, pk: str) -> Response:
        """Change a term."""
        term = self.get_object()
        given = self.validated(TermChange, may="annotations.define", on=term)
        term = services.revise_term(actor=self.actor, term=term, **given)
        return Response(self.get_serializer(term).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, slug: str, pk: str) -> Response:
        """Remove a term with its senses, unless something rests on it."""
        services.remove_term(actor=self.actor, term=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)
