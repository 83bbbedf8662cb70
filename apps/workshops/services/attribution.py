"""What people have relied on can only become stricter.

What a stricter rule forbids is forgotten by the database itself, at the moment it is set: see the
triggers of migration `0005_rules_tighten_and_forget`. That it isn't loosened they refuse as well,
as `0010_sessions_tighten_for_all_who_relied` left them.
"""

from apps.core.exceptions import RuleViolation
from apps.workshops.attribution import is_looser, rule_in_force
from apps.workshops.models import AttributionRule, Session, Workshop
from apps.workshops.selectors import holds_content

NO_LOOSER = "The rule of a session can only be stricter than that of the whole workshop, “{}”."
SPEAKERS = (
    "People have spoken or joined, and were told that nobody keeps who said what. That can’t "
    "change any more."
)


def check_rule(workshop: Workshop, rule: str, *, keep_speakers: bool | None = None) -> None:
    """Raise `RuleViolation` if `rule` is looser than the one that people have relied on, or if
    who said what is to be kept from now on where they relied on its not being kept.
    """
    now = AttributionRule(workshop.attribution_rule)
    looser = is_looser(rule, now)
    begins_to_keep = (
        keep_speakers and not workshop.keep_speakers and now != AttributionRule.ON_RECORD
    )
    if not (looser or begins_to_keep) or not holds_content(workshop):
        return
    if looser:
        _refuse_looser(f"People have spoken or joined under “{now.label}”.")
    raise RuleViolation(SPEAKERS, fields={"keep_speakers": SPEAKERS})


def check_session_rule(workshop: Workshop, rule: str, session: Session | None = None) -> None:
    """Raise `RuleViolation` if `rule` is looser than the workshop's, or than the one of `session`
    that people have relied on: whoever joined was told it when they sent a thought, or will be by
    a page that is open. The empty rule is the workshop's.
    """
    changed = session is None or rule != session.attribution_rule
    if changed and rule and is_looser(rule, workshop.attribution_rule):
        message = NO_LOOSER.format(workshop.get_attribution_rule_display())
        raise RuleViolation(message, fields={"attribution_rule": message})
    if session is None or not changed:
        return
    now = rule_in_force(workshop, session)
    then = rule_in_force(workshop, Session(attribution_rule=rule))
    if is_looser(then, now) and holds_content(workshop):
        _refuse_looser(f"People have spoken or joined, and this session is “{now.label}”.")


def _refuse_looser(because: str) -> None:
    """Raise the refusal of a rule that is looser than what was relied on."""
    message = f"{because} From now on the rule can only become stricter."
    raise RuleViolation(message, fields={"attribution_rule": message})
