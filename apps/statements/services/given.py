"""What the services refuse before the database does."""

from apps.annotations.models import Annotation, Position
from apps.annotations.services.given import line, refuse
from apps.statements.models import MAX_LENGTH
from apps.themes.models import Theme
from apps.workshops.models import Workshop

EMPTY = "Write the statement."
TOO_LONG = f"A statement has at most {MAX_LENGTH} characters: people read it on a phone."


def checked_words(text: str) -> str:
    """Return `text` on one line; raise `RuleViolation` where it is empty or too long."""
    text = line(text)
    if not text:
        raise refuse("text", EMPTY)
    if len(text) > MAX_LENGTH:
        raise refuse("text", TOO_LONG)
    return text


def check_places(
    workshop: Workshop,
    *,
    theme: Theme | None = None,
    annotation: Annotation | None = None,
    position: Position | None = None,
) -> None:
    """Raise `RuleViolation` for something of another workshop, or a position of another finding."""
    if theme is not None and theme.workshop_id != workshop.pk:
        raise refuse("theme", "Choose a theme of this workshop.")
    if annotation is not None and annotation.workshop_id != workshop.pk:
        raise refuse("annotation", "Choose a finding of this workshop.")
    if position is not None and (annotation is None or position.annotation_id != annotation.pk):
        raise refuse("position", "Choose a position of that finding.")
