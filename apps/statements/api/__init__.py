"""Statements and their rounds over the API."""

from apps.statements.api.rounds import RoundViewSet
from apps.statements.api.statements import StatementViewSet
from apps.statements.api.testing import TestViewSet

__all__ = ["RoundViewSet", "StatementViewSet", "TestViewSet"]
