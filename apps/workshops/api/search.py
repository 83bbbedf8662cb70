"""Searching a workshop over the API."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from apps.workshops.scope import InWorkshop
from apps.workshops.searching import Search


class HitOut(serializers.Serializer[Any]):
    """Something that was found, and the page that it stands on."""

    id = serializers.UUIDField()
    excerpt = serializers.CharField(source="plain")
    about = serializers.ListField(child=serializers.CharField(), source="plain_about")
    page = serializers.CharField(source="url")


class KindOut(serializers.Serializer[Any]):
    """All of one kind that was found, the best first."""

    kind = serializers.CharField(source="name")
    count = serializers.IntegerField()
    hits = HitOut(many=True)


class SearchViewSet(InWorkshop, viewsets.GenericViewSet[Any]):
    """What stands in a workshop, as far as one may read it."""

    serializer_class = KindOut
    pagination_class = None

    @extend_schema(
        parameters=[
            OpenApiParameter("q", description="Words; quoted, or with a minus, exactly those"),
            OpenApiParameter("in", description="One kind alone: notes, themes, findings, terms"),
        ],
        responses=KindOut(many=True),
    )
    def list(self, request: Request, slug: str) -> Response:
        """Search."""
        asked = Search(
            self.actor.workshop,
            request.query_params.get("q", ""),
            only=request.query_params.get("in", ""),
        )
        return Response(KindOut(asked.found(self.actor), many=True).data)
