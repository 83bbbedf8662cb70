"""Which statement tests which finding, over the API."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from apps.statements import services
from apps.statements.api.shapes import TestIn, TestOut
from apps.statements.models import StatementEvidence
from apps.statements.selectors import statements_visible_to, tests_visible_to
from apps.workshops.scope import InWorkshop

PARENT = OpenApiParameter("statement_id", OpenApiTypes.UUID, OpenApiParameter.PATH)
ITEM = OpenApiParameter("id", OpenApiTypes.UUID, OpenApiParameter.PATH)


@extend_schema_view(list=extend_schema(parameters=[PARENT]))
class TestViewSet(InWorkshop, mixins.ListModelMixin, viewsets.GenericViewSet[StatementEvidence]):
    """The findings that one statement tests, as far as one may read both."""

    serializer_class = TestOut
    queryset = StatementEvidence.objects.none()

    def get_queryset(self) -> Any:
        if not self.actor:
            return self.queryset
        return tests_visible_to(self.actor).filter(statement=self._statement())

    @extend_schema(parameters=[PARENT], request=TestIn, responses={201: TestOut})
    def create(self, request: Request, slug: str, statement_id: str) -> Response:
        """Let it test a finding; one that it tests already takes the new direction."""
        statement = self._statement()
        given = self.validated(TestIn, may="statements.edit", on=statement)
        link = services.link_statement(actor=self.actor, statement=statement, **given)
        return Response(TestOut(link).data, status=status.HTTP_201_CREATED)

    @extend_schema(parameters=[PARENT, ITEM], responses={204: None})
    def destroy(self, request: Request, slug: str, statement_id: str, pk: str) -> Response:
        """Let it no longer test the finding; both stay."""
        services.unlink_statement(actor=self.actor, link=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _statement(self) -> Any:
        pk = self.kwargs["statement_id"]
        return get_object_or_404(statements_visible_to(self.actor), pk=pk)
