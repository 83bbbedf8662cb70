"""What every API endpoint shares: pages of results and one shape of error."""

from typing import Any

from django.core.exceptions import ValidationError as ModelValidationError
from django.http import Http404
from rest_framework import status
from rest_framework.exceptions import APIException, NotFound, ParseError, ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response
from rest_framework.views import exception_handler

from apps.core.exceptions import (
    Conflict,
    DomainError,
    Gone,
    NotPermitted,
    RuleViolation,
    as_refusal,
)

STATUSES: dict[type[DomainError], tuple[int, str]] = {
    NotPermitted: (status.HTTP_403_FORBIDDEN, "Not permitted"),
    Gone: (status.HTTP_404_NOT_FOUND, "Not found"),
    RuleViolation: (status.HTTP_422_UNPROCESSABLE_ENTITY, "Against a rule"),
    Conflict: (status.HTTP_412_PRECONDITION_FAILED, "Changed meanwhile"),
}


class Pagination(PageNumberPagination):
    """Fifty to a page, five hundred at most."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 500


def problem_details(error: Exception, context: dict[str, Any]) -> Response | None:
    """Answer every error as problem details (RFC 9457): title, status, detail, errors.

    "Not yours" and "not there" are the same 404.
    """
    error = as_refusal(error)
    if isinstance(error, RecursionError):
        error = ParseError("The body is nested too deeply.")
    for kind, (code, title) in STATUSES.items():
        if isinstance(error, kind):
            fields = error.fields if isinstance(error, RuleViolation) else {}
            return _problem(code, title, str(error), {k: [v] for k, v in fields.items()})
    if isinstance(error, ModelValidationError):
        error = ValidationError(detail=getattr(error, "message_dict", error.messages))
    if isinstance(error, Http404):
        error = NotFound()
    response = exception_handler(error, context)
    if response is None or not isinstance(error, APIException):
        return response
    if isinstance(error, ValidationError):
        errors = error.detail if isinstance(error.detail, dict) else {"": error.detail}
        problem = _problem(response.status_code, "Invalid input", "See the errors.", errors)
    else:
        problem = _problem(response.status_code, _title(error), str(error.detail), {})
    for name in ("WWW-Authenticate", "Retry-After", "Allow"):
        if response.has_header(name):
            problem[name] = response[name]
    return problem


def _title(error: APIException) -> str:
    return str(error.default_detail).rstrip(".")


def _problem(code: int, title: str, detail: str, errors: Any) -> Response:
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": code, "detail": detail}
    if errors:
        body["errors"] = errors
    return Response(body, status=code, content_type="application/problem+json")
