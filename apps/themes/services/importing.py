"""Taking notes from elsewhere: recorded, filed, and apart from them who said what; or none of it.

Apart from the other services, as `capturing` is: what leads to `apps.notes.speakers` is imported
by the page that imports, and by nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from apps.core.exceptions import RuleViolation
from apps.notes import speakers
from apps.notes.importing import Reading
from apps.notes.importing.planning import Plan, Planned, Wishes
from apps.notes.models import ImportDraft, Note, NoteImport
from apps.notes.services import OTHERWISE, NewNote, record_import
from apps.participants.models import Participant
from apps.themes.models import Filing, Theme
from apps.themes.selectors.importing import plan_for
from apps.themes.services.outline import TITLE_LIMIT, add_theme
from apps.workshops.models import Session
from apps.workshops.services.asking import require_now

MOST_NEW_THEMES = 100
UNDECIDED = "Say for each name before a colon what becomes of it."
WRONG = "Some lines can’t be taken. Leave them out, or mend the text and begin again."
MANY_THEMES = f"This would make more than {MOST_NEW_THEMES} themes. Let some headings be nothing."


@dataclass(frozen=True)
class Taken:
    """What was taken: the import, and how many notes and new themes."""

    imported: NoteImport
    notes: int
    themes: int


@transaction.atomic
def take_notes(
    *, actor: Participant, draft: ImportDraft, reading: Reading, wishes: Wishes, digest: str
) -> Taken:
    """Take the notes of `draft` as `wishes` say: all of them, or nothing.

    `digest` tells which plan was looked at. The facilitation team may; who said what is kept for
    those of it who read the list of people, where the rule lets it be kept. Raises `NotPermitted`;
    `Unreadable`; and `RuleViolation` when the plan is another one by now, when something isn't
    decided or can't be taken, and for themes that can't be made.
    """
    require_now(actor, "notes.import", actor.workshop)
    require_now(actor, "themes.file", actor.workshop)
    plan = plan_for(actor, draft, reading, wishes)
    if plan.digest != digest:
        raise RuleViolation(OTHERWISE)
    if plan.undecided:
        raise RuleViolation(UNDECIDED)
    if plan.wrong:
        raise RuleViolation(WRONG)
    themes = _themes(actor, plan)
    imported, notes = record_import(actor=actor, draft=draft, notes=_new_notes(actor, plan))
    _file(actor, plan, notes, themes)
    _keep_speakers(actor, plan, notes)
    return Taken(imported, len(notes), len(plan.new_themes))


def _themes(actor: Participant, plan: Plan) -> dict[str, Theme]:
    """Make the new themes, those above before those under them; return all by their keys."""
    if len(plan.new_themes) > MOST_NEW_THEMES:
        raise RuleViolation(MANY_THEMES)
    found = {str(theme.pk): theme for theme in Theme.objects.of_workshop(actor.workshop)}
    for new in plan.new_themes:
        parent = found[new.parent] if new.parent else None
        title = " ".join(new.title.split())[:TITLE_LIMIT]
        try:
            found[new.key] = add_theme(actor=actor, title=title, parent=parent)
        except RuleViolation as violation:
            raise RuleViolation(f"“{title}”: {violation}") from violation
    return found


def _new_notes(actor: Participant, plan: Plan) -> list[NewNote]:
    sessions = {str(each.pk): each for each in Session.objects.filter(workshop=actor.workshop)}
    groups = {str(each.pk): each for each in actor.workshop.groups.all()}
    places = {line.entry.key: place for place, line in enumerate(plan.taken)}
    return [
        NewNote(
            session=sessions[line.session],
            text=line.text,
            mark=line.entry.mark,
            group=groups[line.group] if line.group else None,
            answers=places.get(line.entry.answers) if line.entry.answers is not None else None,
        )
        for line in plan.taken
    ]


def _file(actor: Participant, plan: Plan, notes: list[Note], themes: Mapping[str, Theme]) -> None:
    Filing.objects.bulk_create(
        [
            Filing(workshop=actor.workshop, theme=themes[key], note=note, filed_by=actor)
            for line, note in zip(plan.taken, notes, strict=True)
            for key in line.themes
        ]
    )


def _keep_speakers(actor: Participant, plan: Plan, notes: list[Note]) -> None:
    said: list[tuple[Planned, Note]] = [
        (line, note) for line, note in zip(plan.taken, notes, strict=True) if line.speaker
    ]
    people = Participant.objects.in_bulk([line.speaker for line, _ in said])
    by_id = {str(pk): person for pk, person in people.items()}
    if said:
        speakers.keep_several(
            actor=actor, said=[(note, by_id[line.speaker]) for line, note in said]
        )
