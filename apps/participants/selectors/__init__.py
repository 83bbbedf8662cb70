"""Reading people: who someone is here, and how others may see them."""

from apps.participants.selectors.attribution import (
    SMALLEST_GROUP,
    SOMEBODY,
    Attribution,
    Everybody,
    Listed,
    PrintedRoster,
    Quotation,
    ShownTime,
    as_chosen,
    group_labels,
    groups_shown_to,
    names_to_choose,
    printed_roster,
    signature,
)
from apps.participants.selectors.being_here import (
    HERE,
    participant_in,
    participations_of,
    people_outside,
    person_behind,
)
from apps.participants.selectors.deletion import (
    REMINDED,
    days_left,
    moved_dates,
    purge_report,
    what_goes,
    what_stays,
)
from apps.participants.selectors.groups import as_member, groups_of
from apps.participants.selectors.history import people_named
from apps.participants.selectors.importing import drafts_of, plan_for, table_of
from apps.participants.selectors.links import open_link_of, usable_link, without_account_in
from apps.participants.selectors.lobby import waiting_count, waiting_in
from apps.participants.selectors.oneself import held_on, is_last_owner, row_of
from apps.participants.selectors.people import (
    Filters,
    Line,
    Roster,
    State,
    line_of,
    lines_of,
    listed_in,
    owners_in,
    people_listed,
    roster_of,
)
from apps.participants.selectors.sheet import sheet_of
from apps.participants.selectors.terms import Term, terms_of

__all__ = [
    "HERE",
    "REMINDED",
    "SMALLEST_GROUP",
    "SOMEBODY",
    "Attribution",
    "Everybody",
    "Filters",
    "Line",
    "Listed",
    "PrintedRoster",
    "Quotation",
    "Roster",
    "ShownTime",
    "State",
    "Term",
    "as_chosen",
    "as_member",
    "days_left",
    "drafts_of",
    "group_labels",
    "groups_of",
    "groups_shown_to",
    "held_on",
    "is_last_owner",
    "line_of",
    "lines_of",
    "listed_in",
    "moved_dates",
    "names_to_choose",
    "open_link_of",
    "owners_in",
    "participant_in",
    "participations_of",
    "people_listed",
    "people_named",
    "people_outside",
    "person_behind",
    "plan_for",
    "printed_roster",
    "purge_report",
    "roster_of",
    "row_of",
    "sheet_of",
    "signature",
    "table_of",
    "terms_of",
    "usable_link",
    "waiting_count",
    "waiting_in",
    "what_goes",
    "what_stays",
    "without_account_in",
]  # fmt: skip
