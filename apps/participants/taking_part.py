"""Who the person behind a request is, in each workshop."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest

from apps.accounts.selectors import require_second_factor
from apps.participants.browsers import SESSION_KEY
from apps.participants.models import Participant
from apps.participants.selectors import (
    participant_in,
    participations_of,
    people_outside,
    person_behind,
)
from apps.workshops.models import Workshop
from apps.workshops.rules import TEAM


class TakingPart:
    """Answers for one request who somebody is in a workshop, by account or by having joined."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def is_unknown(self) -> bool:
        """Neither signed in nor joined anywhere."""
        return not self._request.user.is_authenticated and not self._joined

    @property
    def has_joined(self) -> bool:
        """This browser joined some workshop without an account."""
        return bool(self._joined)

    def in_workshop(self, slug: str, *, user: Any = None) -> Participant:
        """Return who this is in workshop `slug`; raises `Http404` if nobody.

        `user` is given where something other than the session says who it is (an API token).
        Raises `SecondFactorNeeded` when the instance asks the team for a second step at sign-in,
        and they have none.
        """
        participant = participant_in(
            slug, user=user or self._request.user, joined=self._participants
        )
        if participant is None:
            raise Http404
        if participant.role in TEAM:
            require_second_factor(participant.user)
        return participant

    def oneself_in(self, slug: str, *, user: Any = None) -> Participant:
        """Return whose row in workshop `slug` is this one's, however they stand there.

        Also somebody who waits to be admitted, or was removed: for what they may know and have
        erased of themselves, and nothing else. Raises as `in_workshop`.
        """
        try:
            return self.in_workshop(slug, user=user)
        except Http404:
            person = people_outside(
                user=user or self._request.user, joined=self._participants, workshop__slug=slug
            ).first()
            if person is None:
                raise
            return person

    def behind(self, *, slug: str = "", code: str = "") -> Participant | None:
        """Return whom this is in the workshop `slug`, or that with the join `code`, or None.

        Also somebody who waits to be admitted or was removed, who is nobody everywhere else.
        """
        return person_behind(
            user=self._request.user, joined=self._participants, slug=slug, code=code
        )

    def was_turned_away(self, workshop: Workshop) -> bool:
        """This browser waited to be let into `workshop`, and whoever it was is gone."""
        waited = self._joined.get(str(workshop.pk))
        return waited is not None and not Participant.objects.filter(pk=waited).exists()

    def everywhere(self, *, user: Any = None) -> list[Participant]:
        """Return who this is in every workshop, those first that need attention."""
        return participations_of(user or self._request.user, joined=self._participants)

    def outside(self) -> list[Participant]:
        """Return who this is where they wait to be admitted, or were removed."""
        found = list(people_outside(user=self._request.user, joined=self._participants))
        inside = {each.workshop_id for each in self.everywhere()} if found else set()
        return [participant for participant in found if participant.workshop_id not in inside]

    def only_here(self) -> list[Participant]:
        """Return who this is by this browser alone: what is lost with its session."""
        found = [*self.everywhere(), *self.outside()]
        return [each for each in found if each.user_id is None and each.removed_at is None]

    def remember(self, participant: Participant) -> None:
        """Let this browser act as `participant` from now on, under a new session key."""
        self._request.session.cycle_key()
        joined = dict(self._joined)
        joined[str(participant.workshop_id)] = str(participant.pk)
        self._request.session[SESSION_KEY] = joined

    def forget(self, workshop: Workshop) -> None:
        """Let this browser no longer act as whoever it joined `workshop` as."""
        joined = dict(self._joined)
        if joined.pop(str(workshop.pk), None):
            self._request.session[SESSION_KEY] = joined

    @property
    def _participants(self) -> list[uuid.UUID]:
        return [uuid.UUID(value) for value in self._joined.values()]

    @property
    def _joined(self) -> dict[str, str]:
        return dict(self._request.session.get(SESSION_KEY, {}))
