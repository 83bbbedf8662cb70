"""What is kept of people who answered, what goes, and what stays."""

from collections.abc import Iterator

from django.db.models import Q

from apps.core.contributions import contribute
from apps.core.holdings import Held, HeldItem, Kept, Removal
from apps.participants.models import Participant
from apps.statements.models import (
    Answered,
    AnswersFile,
    OpinionMap,
    Proposal,
    Response,
    Round,
    RoundState,
)
from apps.statements.services import forget_exports
from apps.workshops.models import Workshop


@contribute("people:held", order=55)
def held(participant: Participant) -> Iterator[Held]:
    """Tell somebody what they answered, and what they propose."""
    given = Response.objects.filter(participant=participant).select_related("round__wording")
    yield Held(
        "answers",
        "Statements you answered",
        [
            HeldItem(
                f"“{each.round.wording.text}” {each.get_value_display()}"
                f"{f': {each.reason}' if each.reason else ''}",
                about=f"Round {each.round.number}",
            )
            for each in given.order_by("round__statement__order", "round__number")
        ],
        "They stay, and lead to nobody; those in rounds that are still open are deleted.",
    )
    proposed = Proposal.objects.filter(author=participant)
    yield Held(
        "proposed_statements",
        "Statements you proposed",
        [HeldItem(each.text, about=each.get_state_display()) for each in proposed],
        "They are deleted.",
    )


@contribute("people:forget", order=55)
def forget(participant: Participant) -> Iterator[Removal]:
    """Take answers of open rounds back, and let the others lead to nobody."""
    still_open = Response.objects.filter(
        participant_id=participant.pk, round__state=RoundState.OPEN
    )
    yield Removal(
        "answers in rounds that are open",
        remove=lambda: still_open.all().delete()[0],
        remaining=lambda: still_open.all().count(),
    )
    yield Removal(
        "traces of who answered what",
        remove=lambda: Response.objects.filter(participant=participant).update(participant=None),
        remaining=lambda: Response.objects.filter(participant_id=participant.pk).count(),
    )
    yield Removal(
        "traces of who counted hands",
        remove=lambda: (
            Round.objects.filter(counted_by=participant).update(counted_by=None)
            + Round.objects.filter(confirmed_by=participant).update(confirmed_by=None)
        ),
        remaining=lambda: Round.objects.filter(
            Q(counted_by_id=participant.pk) | Q(confirmed_by_id=participant.pk)
        ).count(),
    )
    yield Removal(
        "marks of having answered",
        remove=lambda: Answered.objects.filter(participant=participant).delete()[0],
        remaining=lambda: Answered.objects.filter(participant_id=participant.pk).count(),
    )
    yield Removal(
        "proposed statements that nobody decided",
        remove=lambda: Proposal.objects.filter(author=participant).delete()[0],
        remaining=lambda: Proposal.objects.filter(author_id=participant.pk).count(),
    )


@contribute("purge", order=55)
def purge(workshop: Workshop) -> Iterator[Removal]:
    """Let no answer lead to anybody, and take what was proposed along."""
    yield Removal(
        "traces of who answered what",
        remove=lambda: Response.objects.filter(workshop=workshop, participant__isnull=False).update(
            participant=None
        ),
        remaining=lambda: Response.objects.filter(
            workshop=workshop, participant__isnull=False
        ).count(),
    )
    marks = Answered.objects.filter(workshop=workshop)
    yield Removal(
        "marks of having answered",
        remove=lambda: marks.all().delete()[0],
        remaining=lambda: marks.all().count(),
    )
    counts = Round.objects.filter(workshop=workshop).exclude(counted_by=None, confirmed_by=None)
    yield Removal(
        "traces of who counted hands",
        remove=lambda: counts.all().update(counted_by=None, confirmed_by=None),
        remaining=lambda: counts.all().count(),
    )
    files = AnswersFile.objects.filter(workshop=workshop)
    maps = OpinionMap.objects.filter(workshop=workshop)
    yield Removal(
        "maps of opinions",
        remove=lambda: maps.all().delete()[0],
        remaining=lambda: maps.all().count(),
    )
    yield Removal(
        "files of answers",
        remove=lambda: files.all().delete()[0],
        remaining=lambda: files.all().count(),
    )
    yield Removal(
        "proposed statements",
        remove=lambda: Proposal.objects.filter(workshop=workshop).delete()[0],
        remaining=lambda: Proposal.objects.filter(workshop=workshop).count(),
    )


@contribute("sweep", order=55)
def sweep() -> Iterator[Removal]:
    """Delete files of answers that were made to be taken along, after a day."""
    yield Removal("files of answers", remove=forget_exports, remaining=lambda: 0)


@contribute("purge:kept", order=55)
def kept(workshop: Workshop) -> Iterator[Kept]:
    """What was asked, and what it came to, stays."""
    yield Kept(
        "statements and what the room answered",
        workshop.statements.count(),
        "They say how what was found is known; the answers lead to nobody.",
    )
