"""What was rearranged, over the API, and undoing it."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.themes import services
from apps.themes.models import Rearrangement
from apps.themes.selectors import rearrangements_visible_to
from apps.workshops.scope import InWorkshop


class RearrangementOut(serializers.ModelSerializer[Rearrangement]):
    """Something that was done to the order of themes and notes; who did it isn't told."""

    class Meta:
        model = Rearrangement
        fields = ["id", "kind", "said", "created_at", "undone_at"]
        read_only_fields = fields


class RearrangementViewSet(
    InWorkshop, mixins.ListModelMixin, viewsets.GenericViewSet[Rearrangement]
):
    """What was rearranged, the latest first: for the team."""

    serializer_class = RearrangementOut
    queryset = Rearrangement.objects.none()

    def get_queryset(self) -> Any:
        if self.actor is None:
            return Rearrangement.objects.none()
        return rearrangements_visible_to(self.actor)

    @extend_schema(request=None, responses=RearrangementOut)
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, slug: str, pk: str) -> Response:
        """Undo it; what others changed since stays."""
        done = services.undo_rearrangement(actor=self.actor, rearrangement=self.get_object())
        return Response(RearrangementOut(done.rearrangement).data)
