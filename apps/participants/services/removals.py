"""What of people goes when they are erased, and when the day of deletion comes."""

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from apps.accounts import local_mail
from apps.core.holdings import Removal
from apps.core.models import AuditEntry, OutgoingMail
from apps.participants import browsers
from apps.participants.models import (
    GroupMembership,
    JoinCode,
    Listing,
    Naming,
    Participant,
    PersonalLink,
    RosterDraft,
)
from apps.workshops.models import Workshop
from apps.workshops.rules import TEAM

# The present team answers for what stays. Whoever left it is a participant like all others.
PRESENT_TEAM = Q(role__in=TEAM, removed_at__isnull=True)
EMPTY: dict[str, Any] = {
    "user": None,
    "display_name": "",
    "affiliation": "",
    "email": "",
    "functions": [],
    "listing": Listing.NONE,
    "attribution": Naming.NO,
    "form_key": None,
}
IS_EMPTY = Q(user=None, display_name="", affiliation="", email="", removed_at__isnull=False)


def removals_of_workshop(workshop: Workshop) -> Iterator[Removal]:
    """Return what of people goes on the day of deletion of `workshop`."""
    participants = Participant.objects.filter(workshop=workshop)
    links = PersonalLink.objects.filter(participant__workshop=workshop)
    about = [*links.values_list("pk", flat=True), *participants.values_list("pk", flat=True)]
    team = [row.pk for row in participants.filter(PRESENT_TEAM)]
    yield _mail(about)
    if settings.MAIL_FOLDER is not None:
        yield _mail_on_this_machine(settings.MAIL_FOLDER, workshop)
    yield Removal(
        "personal links",
        remove=lambda: _deleted(links),
        remaining=lambda: PersonalLink.objects.filter(
            participant__in=Participant.objects.filter(workshop=workshop)
        ).count(),
    )
    yield Removal(
        "join codes",
        remove=lambda: _deleted(JoinCode.objects.filter(workshop=workshop)),
        remaining=lambda: Workshop.objects.filter(pk=workshop.pk, join_code__isnull=False).count(),
    )
    yield Removal(
        "lists of people that were being looked at",
        remove=lambda: _deleted(RosterDraft.objects.filter(workshop=workshop)),
        remaining=lambda: RosterDraft.objects.filter(made_by__workshop=workshop).count(),
    )
    yield Removal(
        "memberships in groups",
        remove=lambda: _deleted(
            GroupMembership.objects.filter(workshop=workshop).exclude(participant__in=team)
        ),
        remaining=lambda: (
            Participant.objects.filter(workshop=workshop, memberships__isnull=False)
            .exclude(pk__in=team)
            .count()
        ),
    )
    yield _browsers(lambda where, who: where == workshop.pk and who not in team)
    yield Removal(
        "people’s names, addresses, affiliations and accounts",
        remove=lambda: emptied(participants.exclude(pk__in=team).exclude(IS_EMPTY)),
        remaining=lambda: _named(Participant.objects.filter(workshop=workshop), team),
    )


def removals_of_person(participant: Participant) -> Iterator[Removal]:
    """Return what of this app goes when `participant` is erased."""
    row = Participant.objects.filter(pk=participant.pk)
    links = PersonalLink.objects.filter(participant=participant)
    # Whoever made them: any may name this person, and would put them on the list again.
    drafts = RosterDraft.objects.filter(workshop=participant.workshop_id)
    yield _mail([*links.values_list("pk", flat=True), participant.pk])
    yield Removal(
        "personal links",
        remove=lambda: _deleted(links),
        remaining=lambda: PersonalLink.objects.filter(participant=participant).count(),
    )
    yield Removal(
        "lists of people that were being looked at",
        remove=lambda: _deleted(drafts),
        remaining=lambda: RosterDraft.objects.filter(
            made_by__workshop=participant.workshop_id
        ).count(),
    )
    yield Removal(
        "memberships in groups",
        remove=lambda: _deleted(GroupMembership.objects.filter(participant=participant)),
        remaining=lambda: GroupMembership.objects.filter(participant=participant).count(),
    )
    yield _browsers(lambda _, who: who == participant.pk)
    yield Removal(
        "people’s names, addresses, affiliations and accounts",
        remove=lambda: emptied(row),
        remaining=lambda: _named(Participant.objects.filter(pk=participant.pk), []),
    )


def emptied(people: QuerySet[Participant]) -> int:
    """Leave of `people` that somebody was here, in which role and from when to when."""
    gone = people.filter(removed_at__isnull=False).update(**EMPTY, version=F("version") + 1)
    here = people.filter(removed_at__isnull=True).update(
        **EMPTY, version=F("version") + 1, removed_at=timezone.now()
    )
    return gone + here


def _mail(about: list[uuid.UUID]) -> Removal:
    return Removal(
        "mails that haven’t left yet",
        remove=lambda: _deleted(OutgoingMail.objects.filter(about__in=about)),
        remaining=lambda: OutgoingMail.objects.filter(about__in=about).count(),
    )


def _mail_on_this_machine(folder: Path, workshop: Workshop) -> Removal:
    """Letters that were kept for whoever sits there. Files come back by no rollback: they are
    copies of what was sent.
    """
    return Removal(
        "mails kept on this machine",
        remove=lambda: local_mail.drop(folder, _as_mails_name(workshop)),
        remaining=lambda: len(local_mail.telling_of(folder, _as_mails_name(workshop))),
    )


def _as_mails_name(workshop: Workshop) -> list[str]:
    """Return the titles that `workshop` ever had, in the marks in which mails quote them: a title
    may be the beginning of another one.
    """
    changes = AuditEntry.objects.filter(subject_id=workshop.pk, before__has_key="title")
    titles = {workshop.title, *changes.values_list("before__title", flat=True)}
    return [f"“{title}”" for title in sorted(titles)]


def _browsers(goes: browsers.Goes) -> Removal:
    return Removal(
        "browsers that know as whom somebody joined",
        remove=lambda: browsers.forget(goes),
        remaining=lambda: browsers.count(goes),
    )


def _deleted(rows: QuerySet[Any]) -> int:
    """Delete `rows` and return how many they were, without what hangs on them."""
    _, by_model = rows.delete()
    return by_model.get(rows.model._meta.label, 0)


def _named(people: QuerySet[Participant], team: list[uuid.UUID]) -> int:
    """Count those outside `team` whose row tells more than that somebody was here.

    Looks at what is stored, one by one, rather than asking as `emptied` does.
    """
    personal = ["display_name", "affiliation", "email", "user_id", "functions"]
    rows = people.exclude(pk__in=team).values_list(*personal, "removed_at")
    return sum(any(values) or removed_at is None for *values, removed_at in rows)
