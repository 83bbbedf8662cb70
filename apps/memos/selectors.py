"""Reading memos: who sees which version and file is decided here."""

import json
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    Exists,
    F,
    Func,
    JSONField,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone

from apps.core.models import AuditEntry, JobState
from apps.core.permissions import allowed
from apps.memos.assembling import assemble, digest, gather
from apps.memos.assembling.record import WITHHELD
from apps.memos.models import Memo, MemoFile, MemoVersion, Remainder
from apps.memos.typesetting.content import MemoContent
from apps.notes.models import Note
from apps.participants.models import Participant
from apps.workshops.models import Workshop

# What the page and the overview of a version need to know; the content itself is large.
UNFINISHED = (JobState.QUEUED, JobState.RUNNING)


def memo_of(workshop: Workshop) -> Memo:
    """Return the memo of `workshop`; one that isn't stored yet if nothing was ever set or made."""
    found = Memo.objects.filter(workshop=workshop).select_related("workshop").first()
    return found or Memo(workshop=workshop)


def versions_visible_to(actor: Participant) -> QuerySet[MemoVersion]:
    """Return the versions that `actor` may read, newest first, without their content.

    The team reads all; others, once the workshop is published, the newest alone of those made
    since: what was made before is a draft. What was made under a looser rule is withdrawn from
    them. Each has its `label` ("Draft 2").
    """
    versions = (
        MemoVersion.objects.filter(memo__workshop=actor.workshop_id)
        .annotate(label=KeyTextTransform("version", "content"))
        .defer("content")
        .order_by("-number")
    )
    if allowed(actor, "memos.view_drafts", actor.workshop):
        return versions
    if not allowed(actor, "memos.read", actor.workshop):
        return versions.none()
    final = versions.filter(content__draft=False, withdrawn_at__isnull=True)
    newer = MemoVersion.objects.filter(memo=OuterRef("memo"), number__gt=OuterRef("number"))
    return final.exclude(Exists(newer.filter(content__draft=False)))


def latest_version(actor: Participant) -> MemoVersion | None:
    """Return the newest version that `actor` may read, with its content."""
    return versions_visible_to(actor).defer(None).first()


def files_visible_to(actor: Participant) -> QuerySet[MemoFile]:
    """Return the files of versions that `actor` may read, newest first, without their content.

    Whoever isn't of the team sees those that are ready. Each has its version's `label`.
    """
    files = (
        MemoFile.objects.filter(version__in=versions_visible_to(actor).values("pk"))
        .annotate(label=KeyTextTransform("version", "version__content"))
        .select_related("version")
        .defer("content", "version__content")
        .order_by("-version__number")
    )
    ready = Q(state=JobState.READY)
    return files if allowed(actor, "memos.view_drafts", actor.workshop) else files.filter(ready)


def current_draft(workshop: Workshop) -> MemoContent:
    """Return the memo's content as the workshop stands now; for the team alone.

    It bears the number of the newest version if that would be made again, and else the next.
    """
    memo = memo_of(workshop)
    material = gather(memo)
    latest = memo.versions.first() if memo.pk and not memo._state.adding else None
    if latest is None:
        return assemble(material, number=1, made_at=timezone.now())
    same = assemble(material, number=latest.number, made_at=latest.made_at)
    if latest.withdrawn_at is None and digest(same) == latest.sha256:
        return same
    return assemble(material, number=latest.number + 1, made_at=timezone.now())


def is_outdated(version: MemoVersion, workshop: Workshop) -> bool:
    """Say whether anything in the workshop was changed since `version` was made."""
    since: Any = AuditEntry.objects.filter(scope_id=workshop.pk, at__gt=version.created_at)
    return bool(since.exclude(verb__startswith="memo.").exists())


def versions_naming(participant: Participant) -> list[str]:
    """Return the labels of the versions that name `participant`, as far as they may know of them:
    the team of all, others of those that were published, also of what was withdrawn since.
    """
    found = MemoVersion.objects.filter(
        memo__workshop=participant.workshop_id, naming__contains=[participant.pk]
    )
    if not allowed(participant, "memos.view_drafts", participant.workshop):
        found = found.filter(content__draft=False)
    return list(found.order_by("number").values_list("content__version", flat=True))


def published_versions(workshop: Workshop) -> list[str]:
    """Return the labels of the versions that others than the team could read, and still could."""
    found = MemoVersion.objects.filter(
        memo__workshop=workshop, content__draft=False, withdrawn_at__isnull=True
    )
    return list(found.order_by("number").values_list("content__version", flat=True))


def versions_printing(note: Note) -> list[str]:
    """Return the labels of the versions in whose annex stands what `note` said then.

    A quotation that was withheld isn't printed.
    """
    printed = Func(
        F("content"),
        Value(
            "$.blocks[*].sessions[*].notes[*] ? (@.number == $note && @.text != $a && @.text != $b)"
        ),
        Value(
            dict(zip("ab", WITHHELD.values(), strict=True)) | {"note": note.sequence}, JSONField()
        ),
        function="jsonb_path_exists",
        output_field=BooleanField(),
    )
    found = MemoVersion.objects.filter(printed, memo__workshop=note.workshop_id)
    return list(found.order_by("number").values_list("content__version", flat=True))


@dataclass(frozen=True)
class KeptWords:
    """Words of the file that a workshop came from, which no row holds: where, and which."""

    about: str
    key: str
    said: str


def kept_from_file(actor: Participant) -> list[tuple[str, list[KeptWords]]]:
    """Return what the file that the workshop came from says and no row holds, by what it is about.

    For whoever may take the workshop along. One query.
    """
    if not allowed(actor, "memos.take_workshop", actor.workshop):
        return []
    found: dict[str, list[KeptWords]] = {}
    for rest in Remainder.objects.filter(workshop=actor.workshop).order_by("section", "key"):
        place = rest.section.replace("_", " ")
        said = {each["name"]: each["said"] for each in rest.said.values() if "why" in each}
        for name, value in {**rest.unknown, **said}.items():
            about = f"{place} · {name.replace('_', ' ')}"
            text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            found.setdefault(about, []).append(KeptWords(about, rest.key, text))
    return sorted(found.items())
