"""What a stricter attribution rule asks for, and forgets."""

from apps.core.exceptions import RuleViolation
from apps.workshops.models import AttributionRule, Session, Workshop
from apps.workshops.rules import TEAM
from apps.workshops.selectors import holds_content


def check_rule(workshop: Workshop, rule: str) -> None:
    """Raise `RuleViolation` if `rule` is looser than the one that people have relied on."""
    order = list(AttributionRule)
    if rule not in order or order.index(AttributionRule(rule)) >= order.index(
        AttributionRule(workshop.attribution_rule)
    ):
        return
    if holds_content(workshop):
        name = workshop.get_attribution_rule_display()
        message = (
            f"People have spoken or joined under “{name}”. From now on the rule can only become "
            "stricter."
        )
        raise RuleViolation(message, fields={"attribution_rule": message})


def forget_what_anonymity_forbids(workshop: Workshop) -> None:
    """Delete what was kept under an earlier rule: the groups of notes, the authors of comments.

    What the team wrote it wrote in its role.
    """
    workshop.notes.exclude(group=None).update(group=None)
    workshop.comments.exclude(author=None).exclude(author__role__in=TEAM).update(author=None)


def forget_groups_of_anonymous(session: Session) -> None:
    """Delete the groups of the notes of a session that has become anonymous."""
    if session.attribution_rule == AttributionRule.ANONYMOUS:
        session.notes.exclude(group=None).update(group=None)
