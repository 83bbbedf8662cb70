"""What was said and how it was sorted: themes, notes, comments."""

import datetime as dt
from collections.abc import Mapping

from apps.annotations.models import Annotation, AnnotationComment
from apps.memos.bundle.links import link
from apps.memos.bundle.reading import Part
from apps.memos.bundle.setting import Setting
from apps.notes.models import Note, NoteCounter
from apps.participants.models import Participant
from apps.participants.selectors.attribution import group_to_keep
from apps.themes.models import Comment, Filing, Theme
from apps.workshops.models import Role


def read_themes(bundle: Part, setting: Setting) -> dict[str, Theme]:
    """Make the themes; those that are published were so on the morning after the workshop."""
    after = setting.at(setting.workshop.ends_on + dt.timedelta(days=1), dt.time(9))
    themes: dict[str, Theme] = {}
    questions = []
    for order, part in enumerate(bundle.parts("themes"), start=1):
        theme = Theme(
            workshop=setting.workshop,
            title=part.text("title"),
            parent=part.one("parent theme", themes),
            order=order,
            summary=part.text("summary", ""),
            placement=part.text("placement", "auto"),
            published_at=after if part.flag("published") else None,
        )
        part.keep(themes, part.checked(theme))
        questions += [(theme, found) for found in part.many("questions", setting.questions)]
    Theme.objects.bulk_create(themes.values())
    link(Theme, "questions", questions)
    return themes


def read_notes(bundle: Part, setting: Setting, themes: Mapping[str, Theme]) -> dict[str, Note]:
    """Make the notes, in their order, and file them."""
    note_taker = _first_of_role(setting, Role.RAPPORTEUR)
    notes: dict[str, Note] = {}
    filings = []
    for sequence, part in enumerate(bundle.parts("notes"), start=1):
        session = part.one("session", setting.sessions)
        if session is None:
            raise part.refuse("session", "is needed")
        at = setting.at(setting.days[str(session.pk)], part.hour("at"))
        note = Note(
            workshop=setting.workshop,
            session=session,
            sequence=sequence,
            change=sequence,
            text=part.text("text"),
            mark=part.text("mark", "remark"),
            group=part.one("group", setting.groups),
            reply_to=part.one("reply_to note", notes),
            recorded_by=note_taker,
            recorded_at=at,
            written_at=at,
            created_at=at,
        )
        part.keep(notes, part.checked(note))
        filings += [
            Filing(
                workshop=setting.workshop, theme=theme, note=note, filed_by=note_taker, filed_at=at
            )
            for theme in part.many("themes theme", themes)
        ]
    Note.objects.bulk_create(notes.values())
    Filing.objects.bulk_create(filings)
    numbers = len(notes)
    NoteCounter.objects.create(workshop=setting.workshop, last=numbers, changes=numbers)
    return notes


def read_comments(
    bundle: Part,
    setting: Setting,
    themes: Mapping[str, Theme],
    annotations: Mapping[str, Annotation],
) -> None:
    """Make the comments, each on a theme or on one of its annotations."""
    comments: dict[str, Comment] = {}
    about = []
    for part in bundle.parts("comments"):
        annotation = part.one("annotation", annotations)
        theme = part.one("theme", themes) or (annotation.theme if annotation else None)
        if theme is None:
            raise part.refuse("theme", "is needed, or an annotation")
        at = part.moment("at").replace(tzinfo=setting.workshop.zone)
        author = part.one("by person", setting.people)
        comment = Comment(
            workshop=setting.workshop,
            theme=theme,
            author=author,
            written_as=author.role if author else Role.PARTICIPANT,
            group=group_to_keep(author) if author else None,
            reply_to=part.one("reply_to comment", comments),
            text=part.text("text"),
            state=part.text("state", "open"),
            decision=part.text("reason", ""),
            created_at=at,
        )
        part.keep(comments, part.checked(comment, decision="reason"))
        if annotation is not None:
            about.append(AnnotationComment(comment=comment, annotation=annotation, theme=theme))
    Comment.objects.bulk_create(comments.values())
    AnnotationComment.objects.bulk_create(about)


def _first_of_role(setting: Setting, role: Role) -> Participant | None:
    return next((person for person in setting.people.values() if person.role == role), None)
