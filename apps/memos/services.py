"""Making memos: freezing a version, rendering its file."""

import re
import uuid
from collections.abc import Sequence
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from apps.annotations.selectors import problems_for_memo
from apps.core import audit, jobs
from apps.core.editing import apply_changes, lock_version
from apps.core.exceptions import RuleViolation
from apps.core.models import JobState
from apps.core.typesetting import TypesettingFailed
from apps.memos.assembling import assemble, digest, gather, named_in
from apps.memos.models import Memo, MemoFile, MemoVersion
from apps.memos.typesetting import typeset
from apps.participants.models import Participant
from apps.workshops.models import Workshop
from apps.workshops.services.asking import require_now

# A memo of ordinary length takes one second.
TYPESETTING_SECONDS = 60
MOST_AUTHORS, LONGEST_AUTHOR = 20, 120
NOT_FAILED = "This file hasn’t failed, so there is nothing to try again."


class MemoChanges(TypedDict, total=False):
    """What can be set of a memo; what is left out stays as it is."""

    authors: Sequence[str]
    disclaimer: str
    with_record: bool


@transaction.atomic
def make_memo(*, actor: Participant, workshop: Workshop) -> MemoFile:
    """Freeze the memo as `workshop` stands now, and have its PDF made; return the file's row.

    The facilitation team may. When nothing has changed since the newest version, that version's
    file is returned, and tried again if it failed. Raises `NotPermitted`, and `RuleViolation`,
    having written nothing, when something must be mended first.
    """
    require_now(actor, "memos.make", workshop)
    file = _freeze(workshop, actor)
    if file.state == JobState.FAILED:
        jobs.retry(file)
        file.refresh_from_db()
    elif file.attempt == 0 and file.state == JobState.QUEUED:
        jobs.enqueue(file)
    return file


def build_memo(*, workshop: Workshop) -> MemoFile:
    """Freeze the memo as `workshop` stands now, and render its PDF in this process.

    For the administrator of an instance, who has its command line. Returns the file's row, ready
    or failed, or still running if a worker was quicker. Raises `RuleViolation` like `make_memo`.
    """
    with transaction.atomic():
        file = _freeze(workshop, None)
        if file.state == JobState.FAILED:
            jobs.retry(file)
    render(job_id=file.pk)
    file.refresh_from_db()
    return file


def render(*, job_id: uuid.UUID) -> None:
    """Render the file `job_id` from its version alone, unless it is done or somebody's already.

    For a worker. Ends with the file ready or failed for a reason in plain words; a worker that
    dies leaves it to the next.
    """
    file = jobs.claim(MemoFile, job_id)
    if file is None:
        return
    with jobs.kept(file):
        content = MemoVersion.objects.values_list("content", flat=True).get(pk=file.version_id)
        try:
            pdf = typeset(content, timeout=TYPESETTING_SECONDS)
        except TypesettingFailed as failure:
            jobs.fail(file, failure.reason)
        else:
            jobs.finish(file, content=pdf, size=len(pdf), pages=count_pages(pdf))


@transaction.atomic
def retry_file(*, actor: Participant, file: MemoFile) -> MemoFile:
    """Have a file that failed made again.

    The facilitation team may. Raises `NotPermitted`, and `RuleViolation` if it hasn't failed.
    """
    require_now(actor, "memos.make", actor.workshop)
    if not jobs.retry(file):
        raise RuleViolation(NOT_FAILED)
    audit.record("memo.retried", file, actor=actor, scope_id=actor.workshop_id)
    file.refresh_from_db()
    return file


@transaction.atomic
def set_up_memo(
    *,
    actor: Participant,
    workshop: Workshop,
    version: int | None = None,
    **changes: Unpack[MemoChanges],
) -> Memo:
    """Say who the memo's authors are, and whether it prints the notes and comments.

    What is left out stays. The facilitation team may. Raises `NotPermitted`, `RuleViolation` for
    too many or too long
    names, and `Conflict` when `version` isn't the memo's any more.
    """
    require_now(actor, "memos.set_up", workshop)
    if "authors" in changes:
        changes["authors"] = _checked_names(changes["authors"])
    memo: Memo = lock_version(Memo.objects.all(), _stored(workshop).pk, version)
    apply_changes(memo, changes, verb="memo.set_up", actor=actor, unlogged={"authors"})
    return memo


def _checked_names(authors: Sequence[str]) -> list[str]:
    names = [" ".join(name.replace("\x00", "").split()) for name in authors]
    names = [name for name in names if name]
    problem = ""
    if len(names) > MOST_AUTHORS:
        problem = f"A memo has at most {MOST_AUTHORS} authors."
    elif any(len(name) > LONGEST_AUTHOR for name in names):
        problem = f"A name has at most {LONGEST_AUTHOR} characters. Write one name a line."
    if problem:
        raise RuleViolation(problem, fields={"authors": problem})
    return names


def count_pages(pdf: bytes) -> int | None:
    """Return the number of pages of a PDF as its page tree tells it."""
    counts = re.findall(rb"/Type\s*/Pages\b[^>]{0,40}?/Count (\d+)", pdf)
    return max(map(int, counts), default=None)


def _freeze(workshop: Workshop, actor: Participant | None) -> MemoFile:
    """Return the file of a version that says what the workshop holds now."""
    _refuse_unfinished(workshop)
    stored = _stored(workshop)
    # One at a time, so that two requests at once make one version.
    memo = Memo.objects.select_for_update(of=("self",)).select_related("workshop").get(pk=stored.pk)
    material = gather(memo)
    latest = memo.versions.first()
    if latest is not None and latest.withdrawn_at is None:
        same = assemble(material, number=latest.number, made_at=latest.made_at)
        if digest(same) == latest.sha256:
            return MemoFile.objects.defer("content").get_or_create(version=latest)[0]
    number = latest.number + 1 if latest else 1
    content = assemble(material, number=number, made_at=timezone.now())
    version = MemoVersion.objects.create(
        memo=memo,
        number=number,
        content=content,
        sha256=digest(content),
        made_by=actor,
        naming=named_in(material),
    )
    audit.record("memo.made", version, actor=actor, scope_id=workshop.pk, after={"number": number})
    return MemoFile.objects.create(version=version)


def _refuse_unfinished(workshop: Workshop) -> None:
    problems = problems_for_memo(workshop)
    if problems:
        told = " ".join(problem.text for problem in problems)
        message = f"The memo can’t be made before this is mended. {told}"
        raise RuleViolation(message)


def _stored(workshop: Workshop) -> Memo:
    return Memo.objects.get_or_create(workshop=workshop)[0]
