"""What is kept of people who answered, what goes, and what stays."""

from collections.abc import Iterator

from apps.core.contributions import contribute
from apps.core.holdings import Kept, Removal
from apps.participants.models import Participant
from apps.statements.models import Answered, AnswersFile, OpinionMap, Proposal, Response, RoundState
from apps.statements.services import forget_exports
from apps.workshops.models import Workshop


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
