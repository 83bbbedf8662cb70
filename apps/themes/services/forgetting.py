"""What leads from comments and filings to people, and how it goes."""

from collections.abc import Container, Iterable, Iterator

from django.db.models import Q

from apps.core.holdings import Removal
from apps.participants.models import Participant
from apps.themes.models import (
    Comment,
    CommentState,
    Filing,
    Rearrangement,
    Step,
    Support,
)
from apps.workshops.attribution import groups_stay
from apps.workshops.models import Workshop
from apps.workshops.rules import TEAM

NOT_ANSWERED = {"replies__isnull": True, "state": CommentState.OPEN}


def unanswered_comments(participant: Participant) -> Removal:
    """Return the comments of `participant` that nobody answered, nor decided on."""
    written = Comment.objects.filter(author=participant)

    def remove() -> int:
        # By their ids: what is found through other rows can't be deleted directly.
        loose = list(written.filter(**NOT_ANSWERED).values_list("pk", flat=True))
        _, by_model = Comment.objects.filter(pk__in=loose).delete()
        return by_model.get(Comment._meta.label, 0)

    def remaining() -> int:
        answered = set(
            Comment.objects.filter(reply_to__author=participant).values_list("reply_to", flat=True)
        )
        still = Comment.objects.filter(author_id=participant.pk, state=CommentState.OPEN)
        return len(set(still.values_list("pk", flat=True)) - answered)

    return Removal("comments that nobody answered", remove=remove, remaining=remaining)


def removals_of_author(participant: Participant) -> Iterator[Removal]:
    """Return what leads to `participant` and goes when they are erased.

    What they wrote in the team stays with the role in which they wrote it. The group beside their
    comments stays where it may: a label that changed when somebody went would tell who had written.
    """
    comments = Comment.objects.filter(author=participant)
    forgotten = {"author": None} | ({} if groups_stay(participant.workshop) else {"group": None})
    yield Removal(
        "authors of comments",
        remove=lambda: comments.update(**forgotten),
        remaining=lambda: Comment.objects.filter(author_id=participant.pk).count(),
    )
    yield Removal(
        "traces of who sorted notes and answered comments",
        remove=lambda: (
            Filing.objects.filter(filed_by=participant).update(filed_by=None)
            + Step.objects.filter(person=participant).update(person=None)
            + Rearrangement.objects.filter(made_by=participant).update(made_by=None)
            + Rearrangement.objects.filter(undone_by=participant).update(undone_by=None)
            + Comment.objects.filter(decided_by=participant).update(decided_by=None)
        ),
        remaining=lambda: (
            Filing.objects.filter(filed_by_id=participant.pk).count()
            + Step.objects.filter(person_id=participant.pk).count()
            + Rearrangement.objects.filter(made_by_id=participant.pk).count()
            + Rearrangement.objects.filter(undone_by_id=participant.pk).count()
            + Comment.objects.filter(decided_by_id=participant.pk).count()
        ),
    )


def supporter(participant: Participant, table: type[Support], what: str) -> Removal:
    """Return that it was `participant` who supports things in `table`, called `what`: the numbers
    stay as they are, for one that fell when somebody went would tell what they had held.
    """
    rows = table._default_manager
    return Removal(
        f"traces of who supports {what}",
        remove=lambda: rows.filter(participant=participant).update(participant=None),
        remaining=lambda: rows.filter(participant_id=participant.pk).count(),
    )


def supporters(workshop: Workshop, table: type[Support], what: str) -> Removal:
    """Return who supports things in `table`, called `what`, which goes on the day of deletion."""
    rows = table._default_manager.filter(participant__isnull=False)
    return Removal(
        f"who supports {what}",
        remove=lambda: rows.filter(workshop=workshop).update(participant=None),
        remaining=lambda: rows.filter(participant__workshop=workshop).count(),
    )


def authors_of_comments(workshop: Workshop) -> Removal:
    """Return the authors that go on the day of deletion: all but the team, for what it wrote as
    such; and the groups of those who wrote.
    """
    comments = Comment.objects.filter(workshop=workshop)
    by_team = Q(written_as__in=TEAM, author__role__in=TEAM)
    leading = Q(author__isnull=False) & ~by_team | Q(group__isnull=False)
    people = workshop.participants
    return Removal(
        "authors of comments",
        remove=lambda: comments.filter(leading).update(author=None, group=None),
        remaining=lambda: _by_others(
            workshop.comments.values_list("author", "written_as", "group"),
            {None, *people.filter(role__in=TEAM).values_list("pk", flat=True)},
        ),
    )


def rearrangements(workshop: Workshop) -> Removal:
    """Return what would undo changes of the outline: it keeps how things stood, and by whom."""
    return Removal(
        "rearrangements that could be undone",
        remove=lambda: workshop.rearrangements.all().delete()[1].get(Rearrangement._meta.label, 0),
        remaining=lambda: (
            Step.objects.filter(rearrangement__workshop=workshop).count()
            + workshop.rearrangements.count()
        ),
    )


def passages_of_the_past(workshop: Workshop) -> Removal:
    """Return passages of what notes don't say any more: earlier texts go on the day of deletion."""
    marked = Filing.objects.filter(workshop=workshop, start__isnull=False)

    def past() -> list[int]:
        rows = marked.values_list("pk", "passage", "note__text")
        return [pk for pk, passage, text in rows if passage not in text]

    return Removal(
        "passages of earlier texts of notes",
        remove=lambda: Filing.objects.filter(pk__in=past()).delete()[0],
        remaining=lambda: len(past()),
    )


def _by_others(comments: Iterable[tuple[object, str, object]], team: Container[object]) -> int:
    """Count the comments that lead to somebody outside `team`, one by one."""
    return sum(
        group is not None or author not in team or (author is not None and role not in TEAM)
        for author, role, group in comments
    )
