"""Statements over the API."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.statements import services
from apps.statements.api.shapes import (
    Moving,
    PlanChange,
    PlanOut,
    RoundOut,
    StatementChange,
    StatementIn,
    StatementOut,
)
from apps.statements.models import Statement
from apps.statements.selectors import plan_of, statements_visible_to
from apps.themes.selectors import themes_visible_to
from apps.workshops.scope import InWorkshop


class Withdrawal(serializers.Serializer[Any]):
    """The version that is to be withdrawn, if it was read before."""

    version = serializers.IntegerField(required=False)


class StatementViewSet(
    InWorkshop,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet[Statement],
):
    """What the room is asked: the team reads all, others what is or was asked."""

    serializer_class = StatementOut
    queryset = Statement.objects.none()

    def get_queryset(self) -> Any:
        return statements_visible_to(self.actor) if self.actor else self.queryset

    def get_serializer_context(self) -> dict[str, Any]:
        context = dict(super().get_serializer_context())
        if self.actor:
            context["themes"] = set(themes_visible_to(self.actor).values_list("pk", flat=True))
        return context

    @extend_schema(request=StatementIn, responses={201: StatementOut})
    def create(self, request: Request, slug: str) -> Response:
        """Put a statement after those that are there, with its first round, not open yet."""
        given = self.validated(StatementIn, may="statements.edit")
        statement = services.put_statement(actor=self.actor, **given)
        return self._answer(statement, status.HTTP_201_CREATED)

    @extend_schema(request=StatementChange, responses=StatementOut)
    def partial_update(self, request: Request, slug: str, pk: str) -> Response:
        """Change its words, its theme or its answers. Other words begin without answers."""
        statement = self.get_object()
        given = self.validated(StatementChange, may="statements.edit", on=statement)
        row = services.revise_statement(actor=self.actor, statement=statement, **given)
        return self._answer(row)

    @extend_schema(request=Withdrawal, responses={204: None})
    def destroy(self, request: Request, slug: str, pk: str) -> Response:
        """Ask it no more. What the room answered stays."""
        statement = self.get_object()
        given = self.validated(Withdrawal, may="statements.edit", on=statement)
        services.withdraw_statement(actor=self.actor, statement=statement, **given)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=StatementOut)
    @action(detail=True, methods=["post"], url_path="bring-back")
    def bring_back(self, request: Request, slug: str, pk: str) -> Response:
        """Let a withdrawn one be asked again."""
        row = services.bring_back_statement(actor=self.actor, statement=self.get_object())
        return self._answer(row)

    @extend_schema(request=Moving, responses=StatementOut)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, slug: str, pk: str) -> Response:
        """Move it up or down in the queue."""
        statement = self.get_object()
        given = self.validated(Moving, may="statements.edit", on=statement)
        services.move_statement(actor=self.actor, statement=statement, **given)
        return self._answer(self.get_object())

    @extend_schema(request=None, responses={201: RoundOut})
    @action(detail=True, methods=["post"])
    def again(self, request: Request, slug: str, pk: str) -> Response:
        """Make another round of it, as far as the plan foresees; it isn't open yet."""
        begun = services.ask_again(actor=self.actor, statement=self.get_object())
        shown = RoundOut(begun, context={**self.get_serializer_context(), "answered": {}})
        return Response(shown.data, status=status.HTTP_201_CREATED)

    @extend_schema(responses=PlanOut)
    @action(detail=False)
    def plan(self, request: Request, slug: str) -> Response:
        """Return how the room is asked."""
        return Response(PlanOut(plan_of(self.actor.workshop)).data)

    @extend_schema(request=PlanChange, responses=PlanOut)
    @plan.mapping.patch
    def change_plan(self, request: Request, slug: str) -> Response:
        """Settle how the room is asked. The owner may; with a reason once people have answered."""
        given = self.validated(PlanChange, may="statements.plan")
        return Response(PlanOut(services.change_plan(actor=self.actor, **given)).data)

    def _answer(self, statement: Statement, code: int = status.HTTP_200_OK) -> Response:
        shown = StatementOut(statement, context=self.get_serializer_context())
        return Response(shown.data, status=code)
