"""Oneself in a workshop, over the API."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.participants.models import Group, Participant
from apps.participants.selectors import Attribution
from apps.workshops.scope import InWorkshop


class ParticipantOut(serializers.ModelSerializer[Participant]):
    """Who one is in a workshop, and as whom others see one."""

    shown_as = serializers.SerializerMethodField()
    groups = serializers.PrimaryKeyRelatedField[Group](many=True, read_only=True)

    class Meta:
        model = Participant
        fields = ["id", "role", "display_name", "groups", "shown_as"]
        read_only_fields = fields

    def get_shown_as(self, participant: Participant) -> str:
        """Return the label beside one's comments."""
        return Attribution(participant).member(participant)


class ParticipantViewSet(InWorkshop, viewsets.GenericViewSet[Participant]):
    """Oneself in a workshop."""

    serializer_class = ParticipantOut
    queryset = Participant.objects.none()

    @extend_schema(responses=ParticipantOut)
    @action(detail=False, methods=["get"])
    def me(self, request: Request, slug: str) -> Response:
        """Return who one is here."""
        return Response(ParticipantOut(self.actor).data)
