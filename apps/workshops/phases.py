"""What each phase means, and what it allows, in words. What holds is in the rules of each app."""

from dataclasses import dataclass

from apps.workshops.models import Phase

# What happens in each phase, for someone who sees the line of phases for the first time.
MEANING: dict[str, str] = {
    Phase.SETTING_UP: "Sessions, questions and groups",
    Phase.LIVE: "Notes are taken in the room",
    Phase.SYNTHESIS: "Notes become themes and findings",
    Phase.REVIEW: "Participants read and comment",
    Phase.PUBLISHED: "The memo is out",
    Phase.ARCHIVED: "Closed, and kept as it is",
}


@dataclass(frozen=True)
class Allowance:
    """What some phases allow to the team, and to everybody else who takes part."""

    phases: str
    team: str
    others: str


ALLOWANCES = [
    Allowance(
        "Setting up and live",
        "sets up the day, takes and sorts notes, records findings, publishes themes, drafts the "
        "memo",
        "join, read the themes that are published, and comment on them",
    ),
    Allowance("Synthesis and review", "the same", "the same, and read the agenda"),
    Allowance(
        "Published",
        "changes nothing any more; going back a phase opens it again",
        "read the memo and fetch its files; who has the code can still join",
    ),
    Allowance(
        "Archived",
        "nothing is written; going back opens it again, until what is personal has been deleted",
        "nobody joins; who is here reads what is published",
    ),
]
