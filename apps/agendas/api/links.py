"""What leads from one thing to another, over the API."""

from typing import Any

from django.db.models import Q
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from apps.agendas import services
from apps.agendas.models import ENDS, Link, LinkKind
from apps.agendas.relations import links_visible_to
from apps.annotations.api.fields import VisibleAnnotation
from apps.annotations.models import Annotation
from apps.workshops.scope import InWorkshop, OfWorkshop

SIDES = ("source", "target")
ONE = "Name one thing."


class LinkOut(serializers.ModelSerializer[Link]):
    """That one thing leads to another: one of each side is named, the others are null."""

    class Meta:
        model = Link
        fields = ["id", "kind", "phrase", *(f"{side}_{name}" for side in SIDES for name in ENDS)]
        read_only_fields = fields


class LinkIn(serializers.Serializer[Any]):
    """What leads to what: one thing of each side, how, and in which words it was put."""

    kind = serializers.ChoiceField(LinkKind.choices)
    phrase = serializers.CharField(max_length=200, required=False, allow_blank=True)

    def get_fields(self) -> dict[str, Any]:
        """Return also a field for each kind of thing on each side."""
        ends = {
            f"{side}_{name}": OfWorkshop(
                queryset=model._default_manager.all(), required=False, allow_null=True
            )
            for side in SIDES
            for name, model in ENDS.items()
        }
        return {**super().get_fields(), **ends}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Return the thing on each side as what it is."""
        given = {
            side: [end for name in ENDS if (end := attrs.pop(f"{side}_{name}", None)) is not None]
            for side in SIDES
        }
        wrong = {side: [ONE] for side, ends in given.items() if len(ends) != 1}
        if wrong:
            raise serializers.ValidationError(wrong)
        return {**attrs, **{side: ends[0] for side, ends in given.items()}}


class LinkQuery(serializers.Serializer[Any]):
    """Which to list."""

    annotation = VisibleAnnotation(required=False)


class LinkViewSet(
    InWorkshop,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet[Link],
):
    """What relates to what, as far as one may read both: it contrasts, depends, answers…"""

    serializer_class = LinkOut
    queryset = Link.objects.none()

    def get_queryset(self) -> Any:
        if not self.actor:
            return Link.objects.none()
        return links_visible_to(self.actor).order_by("created_at", "pk")

    @extend_schema(parameters=[LinkQuery], responses=LinkOut(many=True))
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List them, all or those of one finding and its positions."""
        asked = LinkQuery(data=request.query_params, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        rows = self.get_queryset()
        if annotation := asked.validated_data.get("annotation"):
            rows = rows.filter(_touching(annotation))
        found = self.paginate_queryset(rows)
        return self.get_paginated_response(self.get_serializer(found, many=True).data)

    @extend_schema(request=LinkIn, responses={201: LinkOut})
    def create(self, request: Request, slug: str) -> Response:
        """Say that one thing leads to another."""
        given = self.validated(LinkIn, may="agendas.edit")
        link = services.make_link(actor=self.actor, **given)
        return Response(LinkOut(link).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, slug: str, pk: str) -> Response:
        """Take it back; both things stay."""
        services.remove_link(actor=self.actor, link=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)


def _touching(annotation: Annotation) -> Q:
    """Return what is of a finding, or of a position of it, on either side."""
    found = Q()
    for side in SIDES:
        found |= Q(**{f"{side}_annotation": annotation})
        found |= Q(**{f"{side}_position__annotation": annotation})
    return found
