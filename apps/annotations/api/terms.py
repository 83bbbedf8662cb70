"""Terms over the API."""

from typing import Any

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from apps.annotations import services
from apps.annotations.models import Annotation, Sense, Term, TermStatus
from apps.annotations.selectors import terms_visible_to
from apps.annotations.services import SenseGiven
from apps.participants.models import Group
from apps.participants.selectors import groups_shown_to
from apps.workshops.scope import InWorkshop, OfWorkshop


class SenseOut(serializers.ModelSerializer[Sense]):
    """One of the meanings of a term."""

    class Meta:
        model = Sense
        fields = ["text", "holders", "used_by"]
        read_only_fields = fields


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

    @extend_schema(request=TermIn, responses={201: TermOut})
    def create(self, request: Request, slug: str) -> Response:
        """Add a term with its senses."""
        given = self.validated(TermIn, may="annotations.define")
        term = services.define_term(actor=self.actor, **given)
        return Response(TermOut(term).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=TermChange, responses=TermOut)
    def partial_update(self, request: Request, slug: str, pk: str) -> Response:
        """Change a term."""
        term = self.get_object()
        given = self.validated(TermChange, may="annotations.define", on=term)
        term = services.revise_term(actor=self.actor, term=term, **given)
        return Response(TermOut(term).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, slug: str, pk: str) -> Response:
        """Remove a term with its senses, unless something rests on it."""
        services.remove_term(actor=self.actor, term=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)
