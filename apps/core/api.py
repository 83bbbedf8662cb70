"""What every API endpoint shares: its schema, pages of results and one shape of error."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.exceptions import ValidationError as ModelValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from rest_framework import status
from rest_framework.exceptions import APIException, NotFound, ParseError, ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.parsers import JSONParser
from rest_framework.response import Response
from rest_framework.views import exception_handler

from apps.core.exceptions import (
    TOO_BIG,
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


@require_safe
def schema(_request: HttpRequest) -> HttpResponse:
    """Serve the schema that is committed, the same bytes for everybody.

    Making it anew takes half a second, at an address that anybody may ask. A test compares the two.
    """
    return HttpResponse(
        (settings.BASE_DIR / "docs" / "api-schema.yaml").read_bytes(),
        content_type="application/vnd.oai.openapi",
        headers={"Content-Disposition": 'inline; filename="api-schema.yaml"'},
    )


class Pagination(PageNumberPagination):
    """Fifty to a page, five hundred at most."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 500


class TooLarge(APIException):
    """More was sent than an address takes at once."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = "Too large."


class LimitedJSONParser(JSONParser):
    """Takes no more than a form may hold: read as a stream, a body has no limit."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        """Return what the body holds. Raises `RequestDataTooBig`."""
        body = BytesIO(parser_context["request"]._request.body)
        return super().parse(body, media_type, parser_context)


def problem_details(error: Exception, context: dict[str, Any]) -> Response | None:
    """Answer every error as problem details (RFC 9457): title, status, detail, errors.

    "Not yours" and "not there" are the same 404.
    """
    error = _meant_by(as_refusal(error))
    for kind, (code, title) in STATUSES.items():
        if isinstance(error, kind):
            fields = error.fields if isinstance(error, RuleViolation) else {}
            return _problem(code, title, str(error), {k: [v] for k, v in fields.items()})
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


def _meant_by(error: Exception) -> Exception:
    """Return what an error from outside the framework is in its terms, if it is one of those."""
    if isinstance(error, RecursionError):
        return ParseError("The body is nested too deeply.")
    if isinstance(error, RequestDataTooBig):
        return TooLarge(TOO_BIG)
    if isinstance(error, ModelValidationError):
        return ValidationError(detail=getattr(error, "message_dict", error.messages))
    return NotFound() if isinstance(error, Http404) else error


def _title(error: APIException) -> str:
    return str(error.default_detail).rstrip(".")


def _problem(code: int, title: str, detail: str, errors: Any) -> Response:
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": code, "detail": detail}
    if errors:
        body["errors"] = errors
    return Response(body, status=code, content_type="application/problem+json")
