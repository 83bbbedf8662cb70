"""Writing people: starting a workshop, letting people into it, and its groups."""

from apps.participants.services.forgetting import forget_person
from apps.participants.services.groups import add_group, change_group, move_group, remove_group
from apps.participants.services.importing import (
    Imported,
    Wishes,
    draft_roster,
    drop_draft,
    import_people,
)
from apps.participants.services.inviting import Outcome, invite_several
from apps.participants.services.joining import (
    CodeExpired,
    CodeRefused,
    CodeUnknown,
    TooManyGuesses,
    join_workshop,
    renew_join_code,
    workshop_of,
)
from apps.participants.services.links import (
    LinkOver,
    invite,
    keep_place,
    must_sign_in,
    send_invitation,
    send_place,
    use_link,
)
from apps.participants.services.lobby import admit, admit_all, turn_away
from apps.participants.services.oneself import change_oneself
from apps.participants.services.people import (
    add_person,
    bring_back,
    change_person,
    change_several,
    remove_person,
)
from apps.participants.services.purging import purge_due, purge_now, sweep
from apps.participants.services.starting import (
    may_start_workshop,
    own_workshop,
    start_workshop,
)

__all__ = [
    "CodeExpired", "CodeRefused", "CodeUnknown", "Imported", "LinkOver", "Outcome",
    "TooManyGuesses", "Wishes", "add_group", "add_person", "admit", "admit_all", "bring_back",
    "change_group", "change_oneself", "change_person", "change_several", "draft_roster",
    "drop_draft", "forget_person", "import_people", "invite", "invite_several", "join_workshop",
    "keep_place", "may_start_workshop", "move_group", "must_sign_in", "own_workshop",
    "purge_due", "purge_now", "remove_group",
    "remove_person", "renew_join_code", "send_invitation", "send_place", "start_workshop",
    "sweep", "turn_away", "use_link", "workshop_of",
]  # fmt: skip
