"""What the screen of the room shows, and what the console steers."""

import uuid
from dataclasses import dataclass

from apps.participants.models import Participant
from apps.statements.models import Means, Round, RoundState, Screen, Showing
from apps.statements.selectors.counting import answered_in
from apps.statements.selectors.plans import people_who_may_answer, plan_of
from apps.statements.selectors.results import Revealed, revealed_in
from apps.statements.selectors.statements import (
    Queued,
    answered_words,
    members_of,
    queue_of,
)
from apps.workshops.models import Workshop


@dataclass(frozen=True)
class OnScreen:
    """What the screen shows to everybody: how to join, nothing, or a round that was opened."""

    showing: str
    round: Round | None = None
    answered: int = 0
    members: int | None = None
    # What it came to, once that was revealed and not before.
    revealed: Revealed | None = None

    @property
    def progress(self) -> str:
        """How many answered, and nothing else: “19 of 27 answered”."""
        return answered_words(self.answered, self.members)

    @property
    def everybody(self) -> int:
        """How many answers there may be, as far as that is known: the end of what fills up."""
        return max(self.members or 0, self.answered)

    @property
    def by_hands(self) -> bool:
        """Whether hands are counted."""
        return self.round is not None and self.round.means == Means.HANDS


def screen_of(workshop: Workshop) -> OnScreen:
    """Return what the screen of `workshop` shows: the same to everybody who is here.

    A statement that isn't asked yet is shown to nobody, nor is what it comes to before that is
    revealed.
    """
    screen = _screen(workshop)
    asked = screen.round
    if screen.showing != Showing.ROUND or asked is None or asked.state == RoundState.DRAFT:
        blank = screen.showing == Showing.BLANK
        return OnScreen(Showing.BLANK if blank else Showing.JOIN)
    now = None
    if asked.state == RoundState.OPEN and asked.members is None:
        now = people_who_may_answer(workshop, plan_of(workshop))
    revealed = None
    if asked.state == RoundState.REVEALED:
        found = revealed_in(workshop, [asked.statement_id]).get(asked.statement_id, [])
        revealed = next((each for each in found if each.round_id == asked.pk), None)
    return OnScreen(
        showing=Showing.ROUND,
        round=asked,
        answered=answered_in([asked.pk]).get(asked.pk, 0),
        members=members_of(asked, now),
        revealed=revealed,
    )


@dataclass(frozen=True)
class Console:
    """What can be asked, in order, what it is about just now, and what the screen shows."""

    queue: list[Queued]
    screen: Screen
    current: Queued | None
    # What comes after it: the next that wasn't revealed.
    following: Queued | None
    revealed: Revealed | None

    @property
    def on_screen(self) -> Round | None:
        """The round that the screen shows."""
        return self.screen.round if self.screen.showing == Showing.ROUND else None

    @property
    def showable(self) -> Round | None:
        """The round that the screen can show: of what it is about, if that was opened; else the one
        that it shows, or showed before it went blank.
        """
        if self.current is not None and self.current.state != RoundState.DRAFT:
            return self.current.round
        return self.screen.round

    @property
    def comes_back(self) -> str:
        """What a blank screen goes back to showing; nothing where it isn't blank."""
        if self.screen.showing != Showing.BLANK:
            return ""
        return Showing.ROUND if self.showable else Showing.JOIN

    @property
    def place(self) -> int:
        """How far down the queue it is about, from 1."""
        return self.queue.index(self.current) + 1 if self.current else 0


def console_of(actor: Participant, *, at: uuid.UUID | None = None) -> Console:
    """Return the console of the actor's workshop, about the statement `at`; else about what is
    under way: on the screen, open, closed, or next. Nothing of it is what people answered.
    """
    queue = [each for each in queue_of(actor) if each.statement.withdrawn_at is None]
    screen = _screen(actor.workshop)
    current = _current(queue, screen, at)
    revealed = None
    if current is not None and current.state == RoundState.REVEALED:
        statement = current.statement.pk
        revealed = revealed_in(actor.workshop, [statement])[statement][-1]
    return Console(queue, screen, current, _following(queue, current), revealed)


def _screen(workshop: Workshop) -> Screen:
    found = Screen.objects.filter(pk=workshop.pk).select_related("round__wording").first()
    return found or Screen(workshop=workshop)


def _current(queue: list[Queued], screen: Screen, at: uuid.UUID | None) -> Queued | None:
    named = next((each for each in queue if each.statement.pk == at), None)
    if named is not None:
        return named
    if screen.showing == Showing.ROUND and screen.round is not None:
        about = screen.round.statement_id
        shown = next((each for each in queue if each.statement.pk == about), None)
        if shown is not None:
            return shown
    for state in (RoundState.OPEN, RoundState.CLOSED, RoundState.DRAFT):
        found = next((each for each in queue if each.state == state), None)
        if found is not None:
            return found
    return queue[-1] if queue else None


def _following(queue: list[Queued], current: Queued | None) -> Queued | None:
    """Return the next after `current` that waits, from the beginning where none comes after."""
    if current is None:
        return None
    place = queue.index(current)
    waiting = (each for each in [*queue[place + 1 :], *queue[:place]] if _waits(each))
    return next(waiting, None)


def _waits(queued: Queued) -> bool:
    return queued.state != RoundState.REVEALED
