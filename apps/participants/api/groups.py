"""Groups over the API."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.participants import services
from apps.participants.models import Group
from apps.workshops.api.places import OnePlace
from apps.workshops.scope import InWorkshop


class GroupOut(serializers.ModelSerializer[Group]):
    """A stakeholder group."""

    class Meta:
        model = Group
        fields = ["id", "singular", "plural", "axis", "order", "version"]
        read_only_fields = fields


class GroupIn(serializers.Serializer[Any]):
    """What one member of a new group, and all of them, are called; one is guessed from the other.

    Without an `axis` it is on the workshop's main one.
    """

    singular = serializers.CharField(max_length=60, required=False, allow_blank=True)
    plural = serializers.CharField(max_length=60, required=False, allow_blank=True)
    axis = serializers.CharField(max_length=40, required=False, allow_blank=True)


class GroupChange(serializers.Serializer[Any]):
    """Other words for a group: what is left out stays as it is."""

    singular = serializers.CharField(max_length=60, required=False)
    plural = serializers.CharField(max_length=60, required=False)
    version = serializers.IntegerField(required=False)


class GroupViewSet(
    InWorkshop, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Group]
):
    """The groups of a workshop."""

    serializer_class = GroupOut
    queryset = Group.objects.none()

    def get_queryset(self) -> Any:
        return self.actor.workshop.groups.all() if self.actor else self.queryset

    @extend_schema(request=GroupIn, responses={201: GroupOut})
    def create(self, request: Request, slug: str) -> Response:
        """Add a group. The owner may."""
        given = self.validated(GroupIn, may="workshops.set_up")
        group = services.add_group(actor=self.actor, **given)
        return Response(GroupOut(group).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=GroupChange, responses=GroupOut)
    def partial_update(self, request: Request, slug: str, pk: str) -> Response:
        """Call a group otherwise. The owner may."""
        group = self.get_object()
        given = self.validated(GroupChange, may="workshops.set_up", on=group)
        group = services.change_group(actor=self.actor, group=group, **given)
        return Response(GroupOut(group).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, slug: str, pk: str) -> Response:
        """Remove a group that nobody belongs to and nothing names. The owner may."""
        services.remove_group(actor=self.actor, group=self.get_object(), version=self.match())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=OnePlace, responses=GroupOut)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, slug: str, pk: str) -> Response:
        """Move a group among those beside it. The owner may."""
        group = self.get_object()
        given = self.validated(OnePlace, may="workshops.set_up", on=group)
        services.move_group(actor=self.actor, group=group, **given)
        return Response(GroupOut(self.get_object()).data)
