"""Oneself in a workshop, over the API."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.participants import services
from apps.participants.models import Group, Listing, Naming, Participant
from apps.participants.selectors import held_on, signature
from apps.workshops.scope import InWorkshop, OfWorkshop


class ParticipantOut(serializers.ModelSerializer[Participant]):
    """Who one is in a workshop, and as whom others see one."""

    shown_as = serializers.SerializerMethodField()
    groups = serializers.PrimaryKeyRelatedField[Group](many=True, read_only=True)

    class Meta:
        model = Participant
        fields = [
            "id", "role", "display_name", "affiliation", "listing", "attribution", "groups",
            "shown_as", "version",
        ]  # fmt: skip
        read_only_fields = fields

    def get_shown_as(self, participant: Participant) -> str:
        """Return the label beside what one writes from now on."""
        return signature(participant)


class OneselfChange(serializers.Serializer[Any]):
    """What one changes about oneself: what is left out stays as it is."""

    display_name = serializers.CharField(max_length=120, required=False, allow_blank=True)
    affiliation = serializers.CharField(max_length=200, required=False, allow_blank=True)
    listing = serializers.ChoiceField(Listing.choices, required=False)
    attribution = serializers.ChoiceField(Naming.choices, required=False)
    group = OfWorkshop(queryset=Group.objects.all(), required=False, allow_null=True)
    version = serializers.IntegerField(required=False)


class HeldItemOut(serializers.Serializer[Any]):
    """One thing that is held."""

    text = serializers.CharField()
    about = serializers.CharField()
    at = serializers.DateTimeField(allow_null=True)


class HeldOut(serializers.Serializer[Any]):
    """What is held of one kind, and what erasing does with it."""

    key = serializers.CharField()
    title = serializers.CharField()
    items = HeldItemOut(many=True)
    erased = serializers.CharField()


class ParticipantViewSet(InWorkshop, viewsets.GenericViewSet[Participant]):
    """Oneself in a workshop."""

    serializer_class = ParticipantOut
    queryset = Participant.objects.none()
    about_oneself = ("held",)

    @extend_schema(responses=ParticipantOut)
    @action(detail=False, methods=["get"])
    def me(self, request: Request, slug: str) -> Response:
        """Return who one is here."""
        return Response(ParticipantOut(self.actor).data)

    @extend_schema(request=OneselfChange, responses=ParticipantOut)
    @me.mapping.patch
    def change_me(self, request: Request, slug: str) -> Response:
        """Change as whom one is here."""
        given = self.validated(OneselfChange, may="participants.change_oneself", on=self.actor)
        return Response(ParticipantOut(services.change_oneself(actor=self.actor, **given)).data)

    @extend_schema(responses=HeldOut(many=True))
    @action(detail=False, methods=["get"], url_path="me/held")
    def held(self, request: Request, slug: str) -> Response:
        """Return all that is held on oneself."""
        return Response(HeldOut(held_on(self.actor), many=True).data)
