"""Comments on a finding, which stand among those on its theme."""

from django.db import transaction

from apps.annotations.models import Annotation, AnnotationComment
from apps.participants.models import Participant
from apps.themes.models import Comment, CommentKind
from apps.themes.services import comment_on_theme


@transaction.atomic
def comment_on_annotation(
    *, actor: Participant, annotation: Annotation, text: str, kind: str = CommentKind.REMARK
) -> Comment:
    """Comment on `annotation`, as one comments on its theme; returns the comment.

    Whoever may comment on the theme may. Raises `NotPermitted`, and `RuleViolation` for an empty
    or too long text.
    """
    comment = comment_on_theme(actor=actor, theme=annotation.theme, text=text, kind=kind)
    AnnotationComment.objects.create(comment=comment, annotation=annotation, theme=annotation.theme)
    return comment
