"""Organisations over the API."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.workshops import services
from apps.workshops.api.places import OnePlace
from apps.workshops.models import Organisation, OrganisationRole
from apps.workshops.scope import InWorkshop


class OrganisationOut(serializers.ModelSerializer[Organisation]):
    """Who hosts, takes part, pays, or gives the rooms."""

    class Meta:
        model = Organisation
        fields = [
            "id",
            "name",
            "role",
            "acknowledgement",
            "award_number",
            "note",
            "order",
            "version",
        ]
        read_only_fields = fields


class OrganisationIn(serializers.Serializer[Any]):
    """What a client says of an organisation."""

    name = serializers.CharField(max_length=200)
    role = serializers.ChoiceField(OrganisationRole.choices)
    acknowledgement = serializers.CharField(max_length=2_000, required=False, allow_blank=True)
    award_number = serializers.CharField(max_length=80, required=False, allow_blank=True)
    note = serializers.CharField(max_length=300, required=False, allow_blank=True)


class OrganisationChange(OrganisationIn):
    """A change of an organisation: what is left out stays as it is."""

    name = serializers.CharField(max_length=200, required=False)
    role = serializers.ChoiceField(OrganisationRole.choices, required=False)
    version = serializers.IntegerField(required=False)


class OrganisationViewSet(
    InWorkshop,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet[Organisation],
):
    """The organisations behind a workshop."""

    serializer_class = OrganisationOut
    queryset = Organisation.objects.none()

    def get_queryset(self) -> Any:
        return self.actor.workshop.organisations.all() if self.actor else self.queryset

    @extend_schema(request=OrganisationIn, responses={201: OrganisationOut})
    def create(self, request: Request, slug: str) -> Response:
        """Add an organisation. The owner may."""
        given = self.validated(OrganisationIn, may="workshops.set_up")
        organisation = services.add_organisation(actor=self.actor, **given)
        return Response(OrganisationOut(organisation).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=OrganisationChange, responses=OrganisationOut)
    def partial_update(self, request: Request, slug: str, pk: str) -> Response:
        """Change an organisation. The owner may."""
        organisation = self.get_object()
        given = self.validated(OrganisationChange, may="workshops.set_up", on=organisation)
        organisation = services.change_organisation(
            actor=self.actor, organisation=organisation, **given
        )
        return Response(OrganisationOut(organisation).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, slug: str, pk: str) -> Response:
        """Remove an organisation. The owner may."""
        services.remove_organisation(
            actor=self.actor, organisation=self.get_object(), version=self.match()
        )
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=OnePlace, responses=OrganisationOut)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, slug: str, pk: str) -> Response:
        """Move an organisation among those beside it. The owner may."""
        organisation = self.get_object()
        given = self.validated(OnePlace, may="workshops.set_up", on=organisation)
        services.move_organisation(actor=self.actor, organisation=organisation, **given)
        return Response(OrganisationOut(self.get_object()).data)
