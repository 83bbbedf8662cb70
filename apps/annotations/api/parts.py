"""Positions and evidence of one finding over the API."""

from typing import Any

from django.db.models import Prefetch
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from apps.annotations import services
from apps.annotations.api.shapes import (
    EvidenceIn,
    EvidenceOut,
    NewPosition,
    PositionChange,
    PositionOut,
    reads,
)
from apps.annotations.models import Annotation, Evidence, Position
from apps.annotations.selectors import annotations_visible_to, evidence_visible_to
from apps.annotations.services import PositionGiven
from apps.participants.selectors import groups_shown_to
from apps.workshops.scope import InWorkshop

PARENT = OpenApiParameter("annotation_id", OpenApiTypes.UUID, OpenApiParameter.PATH)
ITEM = OpenApiParameter("id", OpenApiTypes.UUID, OpenApiParameter.PATH)


class OfAnnotation(InWorkshop):
    """A viewset under `annotations/{annotation_id}/`."""

    def annotation(self) -> Annotation:
        """Return the finding in the address, or answer 404."""
        found = annotations_visible_to(self.actor)
        pk = self.kwargs["annotation_id"]  # type: ignore[attr-defined]
        return get_object_or_404(found, pk=pk)


@extend_schema_view(
    list=extend_schema(parameters=[PARENT]), retrieve=extend_schema(parameters=[PARENT, ITEM])
)
class PositionViewSet(
    OfAnnotation,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet[Position],
):
    """The sides of one divergence, in order."""

    serializer_class = PositionOut
    queryset = Position.objects.none()

    def get_queryset(self) -> Any:
        if not self.actor:
            return Position.objects.none()
        return (
            self.annotation()
            .positions.select_related("annotation__workshop", "annotation__session")
            .prefetch_related(Prefetch("holders", groups_shown_to(self.actor)))
        )

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), **reads(self.actor)}

    @extend_schema(parameters=[PARENT], request=NewPosition, responses={201: PositionOut})
    def create(self, request: Request, slug: str, annotation_id: str) -> Response:
        """Add a position."""
        annotation = self.annotation()
        given = self.validated(NewPosition, may="annotations.revise", on=annotation)
        position = services.take_position(
            actor=self.actor, annotation=annotation, position=PositionGiven(**given)
        )
        return Response(self.get_serializer(position).data, status=status.HTTP_201_CREATED)

    @extend_schema(parameters=[PARENT, ITEM], request=PositionChange, responses=PositionOut)
    def partial_update(self, request: Request, slug: str, annotation_id: str, pk: str) -> Response:
        """Change a position."""
        position = self.get_object()
        given = self.validated(PositionChange, may="annotations.revise", on=position)
        position = services.revise_position(actor=self.actor, position=position, **given)
        return Response(self.get_serializer(position).data)

    @extend_schema(parameters=[PARENT, ITEM], responses={204: None})
    def destroy(self, request: Request, slug: str, annotation_id: str, pk: str) -> Response:
        """Remove a position."""
        services.withdraw_position(actor=self.actor, position=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema_view(list=extend_schema(parameters=[PARENT]))
class EvidenceViewSet(OfAnnotation, mixins.ListModelMixin, viewsets.GenericViewSet[Evidence]):
    """The notes that one finding rests on; none for those who don't read notes."""

    serializer_class = EvidenceOut
    queryset = Evidence.objects.none()

    def get_queryset(self) -> Any:
        if not self.actor:
            return Evidence.objects.none()
        evidence = evidence_visible_to(self.actor).filter(annotation=self.annotation())
        return evidence.standing() if self.action == "list" else evidence

    @extend_schema(parameters=[PARENT], request=EvidenceIn, responses={201: EvidenceOut})
    def create(self, request: Request, slug: str, annotation_id: str) -> Response:
        """Attach a note; one that is attached there already takes the new stance."""
        annotation = self.annotation()
        given = self.validated(EvidenceIn, may="annotations.cite", on=annotation)
        evidence = services.attach_evidence(actor=self.actor, annotation=annotation, **given)
        return Response(EvidenceOut(evidence).data, status=status.HTTP_201_CREATED)

    @extend_schema(parameters=[PARENT, ITEM], responses={204: None})
    def destroy(self, request: Request, slug: str, annotation_id: str, pk: str) -> Response:
        """Detach a note; the note itself stays."""
        services.detach_evidence(actor=self.actor, evidence=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)
