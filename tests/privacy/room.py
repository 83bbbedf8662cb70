"""A small workshop in which two things are said, by one and by another or the other way round."""

import os
import random
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from apps.core.exceptions import RuleViolation
from apps.participants.models import Participant
from apps.participants.services import change_person, remove_person
from apps.participants.taking_part import SESSION_KEY
from apps.statements.services import open_rounds, respond, reveal_rounds
from apps.workshops.models import AttributionRule, Role
from apps.workshops.services import change_session
from tests.factories import (
    AnnotationFactory,
    CommentFactory,
    GroupFactory,
    MemoFactory,
    ParticipantFactory,
    SessionFactory,
    StatementFactory,
    ThemeFactory,
    WorkshopFactory,
)


@dataclass(frozen=True)
class Plan:
    """Which workshop it is, and which of what is said in it is exchanged."""

    exchanged: str
    rule: str
    session_rule: str
    phase: str
    in_group: int
    about_finding: bool
    mended: bool
    decided: bool
    then: str
    without_account: bool
    naming: str
    listing: str


class Room:
    """Owner, three facilitators, a rapporteur, an observer, and participants of one group."""

    def __init__(self, plan: Plan, readers: list[str], clock: Any, noon: datetime) -> None:
        self.plan, self.clock, self.noon = plan, clock, noon
        clock.move_to(noon, tick=False)
        self.workshop = workshop = WorkshopFactory(
            attribution_rule=plan.rule, keep_speakers=True, purge_on=noon.date() + timedelta(30)
        )
        self.session = SessionFactory(
            workshop=workshop, attribution_rule=plan.session_rule,
            takes_thoughts=True, has_feed=True,
        )  # fmt: skip
        group, self.other_group = GroupFactory.create_batch(2, workshop=workshop)
        as_agreed = {"consented_at": noon, "listing": plan.listing, "attribution": plan.naming}
        members = [
            ParticipantFactory(
                workshop=workshop, group=group, **as_agreed,
                **({"user": None} if number == 1 and plan.without_account else {}),
            )
            for number in range(plan.in_group)
        ]  # fmt: skip
        self.ana, self.ben = members[:2]
        team = {
            role: ParticipantFactory(workshop=workshop, role=role)
            for role in (Role.OWNER, Role.FACILITATOR, Role.RAPPORTEUR, Role.OBSERVER)
        }
        self.takers = [
            ParticipantFactory(workshop=workshop, role=Role.FACILITATOR) for _ in range(2)
        ]
        self.people = {str(role): person for role, person in team.items()}
        self.people |= {
            "another of the group": members[2],
            "of no group": ParticipantFactory(workshop=workshop, user=None),
            "outsider": ParticipantFactory(role=Role.OWNER),
        }
        self.theme = ThemeFactory(workshop=workshop, published=True)
        self.finding = AnnotationFactory(theme=self.theme)
        nobody = plan.rule == AttributionRule.ANONYMOUS
        before = CommentFactory(theme=self.theme, author=None if nobody else members[2])
        MemoFactory(workshop=workshop, with_record=True)
        self.notes = [uuid.uuid4() for _ in range(2)]
        self.things: dict[str, list[Any]] = {
            "slug": [workshop.slug], "theme": [self.theme.pk], "annotation": [self.finding.pk],
            "note": list(self.notes), "thought": list(self.notes),
            "participant": [self.ana.pk, self.ben.pk],
            "person": [self.ana.pk, self.ben.pk], "session": [self.session.pk],
            "group": [group.pk], "comment": [before.pk],
        }  # fmt: skip
        self._ask(members[2:])
        present = [self.ana, self.ben, *self.takers, *(self.people[each] for each in readers)]
        self.browsers = {person.pk: browser(person) for person in present}
        self.readers = readers

    def _ask(self, members: list[Participant]) -> None:
        """Let all but the two answer a statement, where answers are what is exchanged."""
        if self.plan.exchanged != "answerers":
            return
        statement = StatementFactory(workshop=self.workshop)
        self.round = statement.rounds.get()
        self.things |= {"statement": [statement.pk], "round": [self.round.pk]}
        open_rounds(actor=self._owner(), rounds=[self.round])
        others = ParticipantFactory.create_batch(
            5, workshop=self.workshop, group=self.other_group, consented_at=self.noon
        )
        for number, person in enumerate([*members, *others], start=2):
            respond(
                actor=person, asked=self.round, value=1 if number % 2 else -1,
                key=f"{number:064x}",
            )  # fmt: skip

    @contextmanager
    def told(self, *, exchanged: bool) -> Iterator[None]:
        """Let all be said within the block, the other way round if `exchanged`; then forget it."""
        self._minutes = 0
        with transaction.atomic():
            with same_dice():
                self._talk(exchanged=exchanged)
            yield
            transaction.set_rollback(True)

    def _talk(self, *, exchanged: bool) -> None:
        """Say two things in the room and write two comments, at the same times by the same ids."""
        what = self.plan.exchanged if exchanged else ""
        speakers, authors, takers = [self.ana, self.ben], [self.ana, self.ben], list(self.takers)
        senders, supporters = [self.ana, self.ben], [self.ana, self.ben]
        answerers = [self.ana, self.ben]
        for name, people in (
            ("speakers", speakers), ("authors", authors), ("takers", takers), ("senders", senders),
            ("supporters", supporters), ("answerers", answerers),
        ):  # fmt: skip
            if name == what:
                people.reverse()
        for number in range(2):
            self._later()
            if self.plan.exchanged == "senders":
                self._think(senders[number], number)
            else:
                self._note(takers[number], number, speakers[number])
            self._later()
            self._comment(authors[number], number)
            self._support(supporters[number], number)
            self._answer(answerers[number], number)
        self._later()
        if self.plan.then == "loosened":
            # It is refused, also while there are thoughts and no notes yet.
            with suppress(RuleViolation):
                change_session(actor=self._owner(), session=self.session, attribution_rule="")
        if self.plan.exchanged == "senders":
            self._post(self.takers[0], "notes:let_in_thought", {}, thought_id=self.notes[0])
        self._later()
        self._go_on()
        self._put_into_phase()

    def _go_on(self) -> None:
        """Let one of the two become somebody else, and what was answered be revealed."""
        if self.plan.then == "removed":
            remove_person(actor=self._owner(), participant=self.ana)
        elif self.plan.then == "moved":
            change_person(actor=self._owner(), participant=self.ana, groups=[self.other_group])
        elif self.plan.then == "of the team":
            change_person(actor=self._owner(), participant=self.ana, role=Role.RAPPORTEUR)
        if self.plan.exchanged == "answerers" and self.plan.mended:
            reveal_rounds(actor=self._owner(), rounds=[self.round])

    def _note(self, taker: Participant, number: int, speaker: Participant) -> None:
        said = {
            "id": self.notes[number], "session": self.session.pk, "mark": "remark",
            "text": f"Something said, {number}",
        }  # fmt: skip
        if self.plan.exchanged == "speakers":
            said["speaker"] = speaker.pk
        self._post(taker, "themes:capture", said)

    def _think(self, sender: Participant, number: int) -> None:
        """Send a thought; the first is let in later, the second waits."""
        thought = {
            "id": self.notes[number], "session": self.session.pk,
            "text": f"Something thought, {number}",
        }  # fmt: skip
        self._post(sender, "notes:thoughts", thought)

    def _comment(self, author: Participant, number: int) -> None:
        about = {"theme_id": self.theme.pk}
        route = "themes:comment"
        if self.plan.about_finding:
            route, about = "annotations:comment", {"annotation_id": self.finding.pk}
        known = set(self.theme.comments.values_list("pk", flat=True))
        self._post(author, route, {"text": f"Something written, {number}"}, **about)
        [comment] = self.theme.comments.exclude(pk__in=known)
        if comment.pk not in self.things["comment"]:
            self.things["comment"].append(comment.pk)
        if self.plan.mended and number == 0 and comment.author_id:
            self._later()
            text = {"text": "Mended", "version": comment.version}
            self._post(author, "themes:edit_comment", text, comment_id=comment.pk)
        if self.plan.decided and number == 1:
            self._later()
            self._post(
                self.takers[0], "themes:answer", {"text": "Yes", "state": "accepted"},
                comment_id=comment.pk,
            )  # fmt: skip

    def _support(self, supporter: Participant, number: int) -> None:
        """Support the theme, and then the finding, where that is what is exchanged."""
        if self.plan.exchanged != "supporters":
            return
        self._later()
        subject = ("theme", self.theme) if number == 0 else ("annotation", self.finding)
        self._post(supporter, f"{subject[0]}s:support", {}, **{f"{subject[0]}_id": subject[1].pk})

    def _answer(self, answerer: Participant, number: int) -> None:
        """Answer the statement, one for and one against, where that is what is exchanged."""
        if self.plan.exchanged != "answerers":
            return
        self._later()
        said = {"value": 1 - 2 * number, "reason": f"Because of {number}", "key": f"{number:064x}"}
        self._post(answerer, "statements:answer", said, round_id=self.round.pk)

    def _post(self, who: Participant, route: str, body: dict[str, Any], **about: Any) -> None:
        address = reverse(route, kwargs={"slug": self.workshop.slug, **about})
        answer = self.browsers[who.pk].post(address, body)
        assert answer.status_code == 302, (route, answer.status_code, answer.content.decode())

    def _owner(self) -> Participant:
        return Participant.objects.select_related("workshop").get(pk=self.people["owner"].pk)

    def _put_into_phase(self) -> None:
        self.workshop.phase = self.plan.phase
        type(self.workshop).objects.filter(pk=self.workshop.pk).update(phase=self.plan.phase)

    def _later(self) -> None:
        self._minutes += 1
        self.clock.move_to(self.noon + timedelta(minutes=self._minutes), tick=False)


def browser(person: Participant) -> Client:
    """Return the browser of somebody, who was seen in it before."""
    client = Client()
    if person.user is not None:
        client.force_login(person.user, backend=settings.AUTHENTICATION_BACKENDS[0])
        client.get("/accounts/")
    else:
        session = client.session
        session[SESSION_KEY] = {str(person.workshop_id): str(person.pk)}
        session.save()
    return client


@contextmanager
def same_dice() -> Iterator[None]:
    """Let whoever draws a random id draw the same as the last time."""
    dice = random.Random(1)
    with mock.patch.object(os, "urandom", dice.randbytes):
        yield
