"""The annexes: what was noted in the room, and what readers said of the findings."""

from apps.memos.assembling.material import Material
from apps.memos.assembling.words import day, heading, led_by, paragraph, prose
from apps.memos.typesetting import content
from apps.memos.typesetting.content import Block
from apps.notes.models import Mark, Note
from apps.notes.selectors import rule_in_force
from apps.participants.models import Participant
from apps.participants.selectors import SOMEBODY
from apps.themes.models import Comment, Placement
from apps.workshops.models import AttributionRule, Session
from apps.workshops.rules import TEAM

WITHHELD = {
    AttributionRule.CHATHAM_HOUSE: (
        "A quotation, withheld: printing it needs the speaker’s consent."
    ),
    AttributionRule.ANONYMOUS: "A quotation, withheld: the workshop was held anonymously.",
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
        rule = rule_in_force(material.workshop, session)
        notes = [
            _note(note, rule, material, cited=note.pk in cited)
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


def _note(note: Note, rule: AttributionRule, material: Material, *, cited: bool) -> content.Note:
    withheld = WITHHELD.get(rule) if note.mark == Mark.QUOTE else None
    return {
        "number": note.sequence,
        "text": withheld or note.text,
        "who": _said_by(note, rule, material),
        "mark": "" if note.mark == Mark.REMARK else note.get_mark_display(),
        "cited": cited,
    }


def _said_by(note: Note, rule: AttributionRule, material: Material) -> str:
    if note.group_id is None or rule == AttributionRule.ANONYMOUS:
        return ""
    if rule != material.workshop.attribution_rule:
        # The labels are those of the workshop's own rule, and this session's is stricter.
        return SOMEBODY
    return material.labels.get(note.group_id, SOMEBODY)


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


def _comments(material: Material) -> list[Block]:
    items: list[content.Comment] = []
    for theme in material.themes:
        if material.sections[theme.pk] == Placement.OMITTED:
            continue
        for comment in material.comments:
            if comment.theme_id == theme.pk and comment.reply_to_id is None:
                items.append(_comment(comment, material))
                items += [
                    _comment(reply, material)
                    for reply in material.comments
                    if reply.reply_to_id == comment.pk
                ]
    if not items:
        return []
    return [
        heading("comments", "Annex: the comments"),
        {"id": "comments-list", "type": "comments", "items": items},
    ]


def _comment(comment: Comment, material: Material) -> content.Comment:
    return {
        "on": _subject(comment),
        "who": _author(comment.author, material),
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


def _author(author: Participant | None, material: Material) -> str:
    """Return the label of a comment's author: a role or a group, a name under no rule."""
    if author is None:
        return SOMEBODY
    if author.role in TEAM:
        return f"the {author.get_role_display().lower()}"
    for membership in author.memberships.all():
        if membership.axis == material.workshop.main_axis:
            return material.labels.get(membership.group_id, SOMEBODY)
    return SOMEBODY
