"""How people are shown to others: the one place where it is decided.

Pages, the API, exports, mail, events and memos all ask here: for a viewer (`Attribution(viewer)`)
or for everybody (`Attribution(Everybody(workshop))`: what is printed). The rule in force is the
stricter of the workshop's and the session's. Nobody else reads a name, an affiliation or an
address of another person in order to show it; `tests/architecture/test_attribution.py` holds that.
"""

from apps.participants.selectors.attribution.groups import (
    SMALLEST_GROUP,
    SOMEBODY,
    group_labels,
    group_to_keep,
    groups_in_file,
    groups_shown_to,
)
from apps.participants.selectors.attribution.listing import (
    Listed,
    PrintedRoster,
    as_chosen,
    left_out_of_file,
    listed_in_file,
    names_people,
    names_to_choose,
    people_to_choose,
    printed_roster,
)
from apps.participants.selectors.attribution.viewing import (
    Attribution,
    Everybody,
    Quotation,
    ShownTime,
    in_role,
    minutes_are_names,
    signature,
)

__all__ = [
    "SMALLEST_GROUP", "SOMEBODY", "Attribution", "Everybody", "Listed", "PrintedRoster",
    "Quotation", "ShownTime", "as_chosen", "group_labels", "group_to_keep", "groups_in_file",
    "groups_shown_to", "in_role", "left_out_of_file", "listed_in_file", "minutes_are_names",
    "names_people", "names_to_choose", "people_to_choose", "printed_roster", "signature",
]  # fmt: skip
