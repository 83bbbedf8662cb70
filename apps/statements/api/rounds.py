"""Rounds over the API: opening, answering, closing, revealing."""

from collections.abc import Callable
from functools import partial
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.permissions import allowed
from apps.statements import services
from apps.statements.api.shapes import AnswerIn, AnswerOut, MeansIn, OpenIn, RoundOut
from apps.statements.models import Response as Answer
from apps.statements.models import Round, RoundState
from apps.statements.selectors import answered_in, revealed_in, rounds_visible_to
from apps.workshops.scope import InWorkshop


class RoundQuery(serializers.Serializer[Any]):
    """Which to list."""

    state = serializers.ChoiceField(RoundState.choices, required=False)


class RoundViewSet(
    InWorkshop, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Round]
):
    """Every asking of a statement: the team reads all, others what is open or was revealed."""

    serializer_class = RoundOut
    queryset = Round.objects.none()

    def get_queryset(self) -> Any:
        if not self.actor:
            return self.queryset
        return rounds_visible_to(self.actor).order_by("statement__order", "statement", "number")

    @extend_schema(parameters=[RoundQuery], responses=RoundOut(many=True))
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List them, all or those that are this or that far."""
        asked = RoundQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        page: Any = self.paginate_queryset(self.get_queryset().filter(**asked.validated_data))
        return self.get_paginated_response(self._shown(page, many=True))

    def retrieve(self, request: Request, slug: str, pk: str) -> Response:
        """Return one."""
        return Response(self._shown([self.get_object()], many=False))

    @extend_schema(request=MeansIn, responses=RoundOut)
    @action(detail=True, methods=["post"])
    def means(self, request: Request, slug: str, pk: str) -> Response:
        """Choose whether it is answered on devices or by a show of hands, before it opens."""
        asked = self.get_object()
        given = self.validated(MeansIn, may="statements.ask", on=asked)
        services.choose_means(actor=self.actor, asked=asked, **given)
        return self.retrieve(request, slug, pk)

    @extend_schema(request=OpenIn, responses=RoundOut)
    @action(detail=True, methods=["post"])
    def open(self, request: Request, slug: str, pk: str) -> Response:
        """Let it be answered from now on; a closed one only where `again` is meant."""
        given = self.validated(OpenIn, may="statements.ask", on=self.get_object())
        return self._go_on(partial(services.open_rounds, **given))

    @extend_schema(request=None, responses=RoundOut)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, slug: str, pk: str) -> Response:
        """Let it take no more answers."""
        return self._go_on(services.close_rounds)

    @extend_schema(request=None, responses=RoundOut)
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, slug: str, pk: str) -> Response:
        """Reveal what it came to, to everybody and for good."""
        return self._go_on(services.reveal_rounds)

    @extend_schema(request=AnswerIn, responses=AnswerOut)
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, slug: str, pk: str) -> Response:
        """Answer it, in place of an earlier answer of one's own, while it is open."""
        asked = self.get_object()
        given = self.validated(AnswerIn, may="statements.respond", on=asked)
        response = services.respond(actor=self.actor, asked=asked, **given)
        return Response(AnswerOut(response).data)

    def _go_on(self, service: Callable[..., Any]) -> Response:
        asked = self.get_object()
        service(actor=self.actor, rounds=[asked])
        return Response(self._shown([self.get_object()], many=False))

    def _shown(self, rounds: Any, *, many: bool) -> Any:
        ids = [each.pk for each in rounds]
        statements = {each.statement_id for each in rounds}
        results = revealed_in(self.actor.workshop, statements)
        own = Answer.objects.filter(participant=self.actor, round__in=ids)
        context = {
            **self.get_serializer_context(),
            "results": {each.round_id: each for found in results.values() for each in found},
            "own": dict(own.values_list("round", "value")),
        }
        if allowed(self.actor, "statements.see_all", self.actor.workshop):
            context["answered"] = answered_in(ids)
        return RoundOut(rounds if many else rounds[0], many=many, context=context).data
