"""Which attribution rule holds where, and what it lets be kept. How people are *shown* under it:
see `apps.participants.selectors.attribution`.
"""

from datetime import UTC, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from apps.workshops.models import AttributionRule, Session, Workshop

# How long who said a note is kept where no deletion date was set.
KEPT_FOR = timedelta(days=90)
_ORDER = list(AttributionRule)


def rule_in_force(workshop: Workshop, session: Session | None = None) -> AttributionRule:
    """Return the rule for what is said in `session`: its own where it is the stricter one."""
    rules = [workshop.attribution_rule, session.attribution_rule if session else ""]
    return max((AttributionRule(rule) for rule in rules if rule), key=_ORDER.index)


def is_looser(rule: str, than: str) -> bool:
    """Say whether `rule` hides less than the other; what is no rule at all is for others to say."""
    if rule not in _ORDER:
        return False
    return _ORDER.index(AttributionRule(rule)) < _ORDER.index(AttributionRule(than))


def numbers_are_names(workshop: Workshop, session: Session | None = None) -> bool:
    """Say whether a number can give somebody away: how many agreed, where all but one did.

    So it can unless what was said in `session` is on the record.
    """
    return rule_in_force(workshop, session) != AttributionRule.ON_RECORD


def keeps_groups(workshop: Workshop, session: Session | None = None) -> bool:
    """Say whether the group of whoever speaks may be kept with a note."""
    return rule_in_force(workshop, session) != AttributionRule.ANONYMOUS


def groups_stay(workshop: Workshop) -> bool:
    """Say whether the group beside what somebody wrote stays when they are erased.

    It does where it stands for five or none; on the record it may stand for one.
    """
    return workshop.attribution_rule != AttributionRule.ON_RECORD


def leaves_no_trace(workshop: Workshop) -> bool:
    """Say whether nothing may be kept that leads from words to the person they came from."""
    return workshop.attribution_rule == AttributionRule.ANONYMOUS


# The same, of all workshops in which it is so.
TRACELESS = Q(attribution_rule=AttributionRule.ANONYMOUS)


def keeps_speakers(workshop: Workshop, session: Session | None = None) -> bool:
    """Say whether who said a note may be kept, apart from the note.

    On the record always, under the Chatham House Rule where the owner chose so, anonymously
    never; and not once the time is over for which it may be kept.
    """
    rule = rule_in_force(workshop, session)
    if rule == AttributionRule.ANONYMOUS or workshop.purged_at is not None:
        return False
    if speakers_kept_until(workshop) <= timezone.now():
        return False
    return rule == AttributionRule.ON_RECORD or workshop.keep_speakers


def asks_why(workshop: Workshop, session: Session | None = None) -> bool:
    """Say whether a kept speaker is told only to those who say why they ask."""
    rule = rule_in_force(workshop, session)
    return rule == AttributionRule.CHATHAM_HOUSE and workshop.keep_speakers


def quotations_need_consent(workshop: Workshop, session: Session | None = None) -> bool:
    """Say whether a quotation is printed only once its speaker agreed to it."""
    return rule_in_force(workshop, session) == AttributionRule.CHATHAM_HOUSE


def speakers_kept_until(workshop: Workshop) -> datetime:
    """Return when who said what is deleted: on the deletion date, or 90 days after the end."""
    if workshop.purge_on is not None:
        last = datetime.combine(workshop.purge_on, time.min, tzinfo=workshop.zone)
    else:
        end = workshop.ends_on + timedelta(days=1)
        last = datetime.combine(end, time.min, tzinfo=workshop.zone) + KEPT_FOR
    return last.astimezone(UTC)
