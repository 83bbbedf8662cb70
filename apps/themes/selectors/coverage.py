"""Of the day's notes, what led nowhere: those under no theme, and groups that none is from."""

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from apps.notes.models import Mark, Note
from apps.notes.selectors import notes_visible_to
from apps.participants.models import Group, Participant
from apps.participants.selectors import Attribution, groups_shown_to
from apps.themes.selectors.unfiled import unfiled_notes
from apps.workshops.attribution import keeps_groups
from apps.workshops.coverage import Gap, Missing


def notes_without_theme(actor: Participant) -> Gap:
    """Return the notes that stand nowhere; each is mended where notes are filed."""
    notes = unfiled_notes(actor)
    url = reverse("themes:outline", args=[actor.workshop.slug])

    def found() -> list[Missing]:
        attribution = Attribution(actor)
        return [
            Missing(
                note.text,
                f"{url}#pick-{note.pk}",
                "File it",
                about=" · ".join(filter(None, _about(note, attribution))),
            )
            for note in notes
        ]

    return Gap(
        "unfiled", "Notes filed nowhere", "note filed nowhere", "notes filed nowhere",
        notes.count(), found,
    )  # fmt: skip


def groups_never_heard(actor: Participant) -> Gap | None:
    """Return the groups of the main axis from which there is no note, of those `actor` may know.

    None where no note keeps a group at all: then nothing can be said of any. What members of a
    small group sent from their phones bears no group either, so what this says is of notes.
    """
    workshop = actor.workshop
    if not keeps_groups(workshop):
        return None
    groups = _unheard(actor)
    url = reverse("themes:capture", args=[workshop.slug])

    def found() -> list[Missing]:
        return [
            Missing(
                f"No note is marked as said by {group.plural}",
                url,
                "Ask them, or mark what they said",
            )
            for group in groups
        ]

    return Gap(
        "unheard", "Groups never heard", "group never heard", "groups never heard",
        groups.count(), found,
    )  # fmt: skip


def _unheard(actor: Participant) -> QuerySet[Group]:
    said = notes_visible_to(actor).filter(group=OuterRef("pk"))
    shown = groups_shown_to(actor).filter(axis=actor.workshop.main_axis)
    return shown.exclude(Exists(said.order_by()))


def _about(note: Note, attribution: Attribution) -> list[str]:
    mark = "" if note.mark == Mark.REMARK else str(note.get_mark_display())
    return [str(note.session), mark, attribution.group(note.group_id, note.session)]
