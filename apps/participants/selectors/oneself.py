"""What this app holds on one person, for that person to read."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from apps.core.contributions import contributed
from apps.core.holdings import Held, HeldItem
from apps.core.models import AuditEntry
from apps.participants.models import Function, Participant, PersonalLink
from apps.participants.selectors.people import owners_in
from apps.workshops.models import Role


def is_last_owner(participant: Participant) -> bool:
    """Say whether the workshop would lack an owner without `participant`.

    It needs one until what is personal has been deleted; then there is nothing left to answer for.
    """
    if participant.role != Role.OWNER or participant.removed_at is not None:
        return False
    if participant.workshop.purged_at is not None:
        return False
    return not owners_in(participant.workshop_id).exclude(pk=participant.pk).exists()


def held_on(participant: Participant) -> list[Held]:
    """Return all that is held on `participant` in their workshop, as each app tells it."""
    return contributed("people:held", participant=participant)


def row_of(participant: Participant) -> Iterator[Held]:
    """Return what this app holds on `participant`: their row, their groups, their links."""
    yield Held(
        "person",
        "Who you are here",
        [HeldItem(value, about=label) for label, value in _facts(participant) if value],
        "Emptied. That somebody was here in this role, and when, stays.",
    )
    groups = participant.groups.all()
    yield Held(
        "groups",
        "Groups you belong to",
        [HeldItem(group.plural, about=f"on the axis “{group.axis}”") for group in groups],
        "Deleted.",
    )
    yield Held(
        "links",
        "Personal links made for you",
        [_link(link) for link in participant.links.order_by("created_at")],
        "Deleted: they let nobody in any more.",
    )
    came = AuditEntry.objects.filter(
        verb="link.used", subject_id=participant.pk, scope_id=participant.workshop_id
    )
    yield Held(
        "devices",
        "Devices on which somebody came in as you, by a personal link",
        [HeldItem("Came in", at=at) for at in came.order_by("at").values_list("at", flat=True)],
        "They stay in the history, which holds no name.",
    )
    about = Q(actor_id=participant.pk) | Q(subject_id=participant.pk)
    entries = AuditEntry.objects.filter(about, scope_id=participant.workshop_id).count()
    lines = f"{entries} line{'' if entries == 1 else 's'} about what you did, or was done with you"
    yield Held(
        "history",
        "Lines in the history",
        [HeldItem(lines)] if entries else [],
        "They stay: they hold no name, and say “a participant”, or your role in the team.",
    )


def _facts(participant: Participant) -> list[tuple[str, str]]:
    return [
        ("name", participant.display_name),
        ("affiliation", participant.affiliation),
        ("e-mail address", participant.email),
        ("role", participant.get_role_display()),
        ("what you do in the event", ", ".join(Function(f).label for f in participant.functions)),
        ("how you are listed", participant.get_listing_display()),
        ("whether you may be named with your words", participant.get_attribution_display()),
        ("put on the list", _moment(participant.created_at)),
        ("agreed to the rule", _moment(participant.consented_at)),
        ("admitted", _moment(participant.admitted_at)),
    ]


def _link(link: PersonalLink) -> HeldItem:
    if link.used_at is not None:
        state = f"used on {_moment(link.used_at)}"
    else:
        over = link.expires_at < timezone.now()
        verb = "ran out on" if over else "works until"
        state = f"{verb} {_moment(link.expires_at)}"
    return HeldItem(link.get_purpose_display(), about=state, at=link.created_at)


def _moment(value: object) -> str:
    return date_format(timezone.localtime(value), "j F Y, H:i") if value else ""  # type: ignore[arg-type]
