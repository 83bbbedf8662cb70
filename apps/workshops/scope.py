"""What every API endpoint inside a workshop goes through first."""

import re
from collections.abc import Collection
from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import MethodNotAllowed, NotAuthenticated
from rest_framework.request import Request

from apps.core.permissions import require

VERSION = re.compile(r'(?:W/)?"?([0-9]{1,9})"?')


class InWorkshop:
    """A viewset under `/workshops/{slug}/`: sets `self.actor`, or answers 401 or 404.

    A version that the client read comes as field `version`, or as `If-Match`.
    """

    actor: Any = None
    # Actions that are also there for somebody who waits to be let in, or was removed: those about
    # them and nothing else.
    about_oneself: Collection[str] = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Find out who asks, after authentication and before anything else.

        But for a method that there isn't: that is the same for everybody.
        """
        if self.action in {None, "metadata"}:  # type: ignore[attr-defined]
            raise MethodNotAllowed(str(request.method))
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        taking_part = request._request.taking_part  # type: ignore[attr-defined]
        try:
            own = self.action in self.about_oneself  # type: ignore[attr-defined]
            find = taking_part.oneself_in if own else taking_part.in_workshop
            self.actor = find(kwargs["slug"], user=request.user)
        except Http404:
            if taking_part.is_unknown and not request.user.is_authenticated:
                raise NotAuthenticated from None
            raise
        timezone.activate(self.actor.workshop.zone)

    def validated(
        self, serializer: type[serializers.Serializer[Any]], *, may: str, on: object = None
    ) -> dict[str, Any]:
        """Return what the request says, in the terms of `serializer`; raises on bad input.

        Only to someone who may do what it is for, `on` the workshop if nothing else is said: who
        may not is refused before what they sent is looked at.
        """
        request: Request = self.request  # type: ignore[attr-defined]
        if self.actor is None:
            require(request.user, may, on)
        else:
            require(self.actor, may, on or self.actor.workshop)
        given = serializer(
            data=request.data,
            context=self.get_serializer_context(),  # type: ignore[attr-defined]
        )
        given.is_valid(raise_exception=True)
        found: dict[str, Any] = dict(given.validated_data)
        match = self.match()
        if "version" in given.fields and match is not None:
            found["version"] = match
        return found

    def match(self) -> int | None:
        """Return the version in `If-Match`, if there is one; 400 for what is none."""
        request: Request = self.request  # type: ignore[attr-defined]
        given = request.headers.get("If-Match", "").strip()
        if given in {"", "*"}:
            return None
        found = VERSION.fullmatch(given)
        if found is None:
            raise serializers.ValidationError({"If-Match": ['Give the version, like "3".']})
        return int(found[1])

    def finalize_response(self, *args: Any, **kwargs: Any) -> Any:
        """Leave the workshop's time zone with the request."""
        timezone.deactivate()
        return super().finalize_response(*args, **kwargs)  # type: ignore[misc]


@extend_schema_field({"type": "string", "format": "uuid"})
class OfWorkshop(serializers.PrimaryKeyRelatedField):  # type: ignore[type-arg]
    """The id of something of the same workshop; anything else "does not exist"."""

    def get_queryset(self) -> Any:
        """Narrow the field's queryset to the workshop that the request is about."""
        queryset: Any = super().get_queryset()
        return queryset.filter(workshop=self.context["view"].actor.workshop_id)
