"""The annexes: what was noted in the room, and what readers said of the findings."""

import uuid
from collections.abc import Iterator

from apps.memos.assembling.material import Material
from apps.memos.assembling.words import day, heading, led_by, paragraph, prose
from apps.memos.typesetting import content
from apps.memos.typesetting.content import Block
from apps.notes.models import Mark, Note
from apps.participants.selectors.attribution import Quotation
from apps.themes.models import Comment, Placement
from apps.workshops.models import Session

WITHHELD = {
    Quotation.NEEDS_CONSENT: "A quotation, withheld: printing it needs the speaker’s consent.",
    Quotation.NEVER: "A quotation, withheld: what was said was said anonymously.",
}
ABOUT_NOTES = (
    "As they were taken, in the order of the day. The number is that by which a finding cites "
    "the note."
)


def annexes(material: Material) -> list[Block]:
    """Return the notes by session and the comments, if the memo is to print them."""
    if not material.memo.with_record:
        return []
    return [*_notes(material), *_comments(material)]


def _notes(material: Material) -> list[Block]:
    cited = {
        evidence.note_id
        for annotation in material.printed
        for evidence in annotation.evidence.all()
    }
    sessions: list[content.NoteSession] = []
    for session in material.sessions:
        notes = [
            _note(note, session, material, cited=note.pk in cited)
            for note in material.notes
            if note.session_id == session.pk
        ]
        if notes:
            sessions.append(
                {"title": session.title, "detail": _hours(session, material), "notes": notes}
            )
    if not sessions:
        return []
    return [
        heading("notes", "Annex: the notes"),
        prose("notes-about", paragraph(ABOUT_NOTES)),
        {"id": "notes-list", "type": "notes", "sessions": sessions},
    ]


def _note(note: Note, session: Session, material: Material, *, cited: bool) -> content.Note:
    attribution = material.attribution
    text = note.text
    if note.mark == Mark.QUOTE:
        text = WITHHELD.get(attribution.quotation(session, agreed=note.may_be_printed), text)
    return {
        "number": note.sequence,
        "text": text,
        "who": attribution.group(note.group_id, session),
        "mark": "" if note.mark == Mark.REMARK else note.get_mark_display(),
        "cited": cited,
    }


def _hours(session: Session, material: Material) -> str:
    if session.starts_at is None:
        return ""
    zone = material.workshop.zone
    start = session.starts_at.astimezone(zone)
    hours = f"{start:%H:%M}"
    if session.ends_at is not None:
        hours += f"–{session.ends_at.astimezone(zone):%H:%M}"
    several = material.workshop.starts_on != material.workshop.ends_on
    return f"{day(start.date())}, {hours}" if several else hours


def named_authors(material: Material) -> set[uuid.UUID]:
    """Return the ids of those whose comments are printed with their names."""
    if not material.memo.with_record:
        return set()
    return {
        comment.author_id
        for comment in _printed(material)
        if comment.author_id
        and material.attribution.names(comment.author, written_as=comment.written_as)
    }


def _printed(material: Material) -> Iterator[Comment]:
    """Yield the comments that are printed, each with the answers to it."""
    for theme in material.themes:
        if material.sections[theme.pk] == Placement.OMITTED:
            continue
        for comment in material.comments:
            if comment.theme_id == theme.pk and comment.reply_to_id is None:
                yield comment
                yield from (each for each in material.comments if each.reply_to_id == comment.pk)


def _comments(material: Material) -> list[Block]:
    items: list[content.Comment] = [_comment(each, material) for each in _printed(material)]
    if not items:
        return []
    return [
        heading("comments", "Annex: the comments"),
        {"id": "comments-list", "type": "comments", "items": items},
    ]


def _comment(comment: Comment, material: Material) -> content.Comment:
    return {
        "on": _subject(comment),
        "who": material.attribution.author(
            comment.author, written_as=comment.written_as, group_id=comment.group_id
        ),
        "text": comment.text,
        "state": "" if comment.reply_to_id else comment.get_state_display(),
        "answer": comment.decision,
    }


def _subject(comment: Comment) -> str:
    if comment.reply_to_id:
        return "In reply"
    about = getattr(comment, "about_annotation", None)
    title = comment.theme.title
    return f"{led_by(title)} {about.annotation.claim}" if about else title
