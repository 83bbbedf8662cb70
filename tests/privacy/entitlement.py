"""Who may know what: the field table, as the crawl reads it.

Everybody may know what is their own. Beyond that a cell names readers, and if need be of whom:
“members if spoke” may know it of those who said something under their own name. What a row
doesn't allow, nobody may find anywhere: not on a page, not in an answer, a header, a mail, a file
or a line of the log.
"""

from dataclasses import dataclass

from apps.workshops.models import AttributionRule, Phase
from tests.permissions.table import Moment

TABLE = """
what                      | on the record                               | Chatham House Rule | anonymous
name                      | keepers, members if spoke, team if listed, readers if listed | keepers, team if listed, readers if listed | keepers
affiliation               | keepers, team if listed, readers if listed  | keepers, team if listed, readers if listed | keepers
e-mail address            | owner                                       | owner              | owner
id                        | keepers, log                                | keepers, log       | keepers, log
minute of a comment       | members                                     | team if of the team | team if of the team
comment                   | members                                     | members            | members
comment on a draft        | team                                        | team               | team
note                      | team, readers                               | team, readers      | team, readers
note that is read along   | room, readers                               | room, readers      | room, readers
thought                   | team                                        | team               | team
words before a correction | team                                        | team               | team
reason for asking         | owner                                       | owner              | owner
list being imported       |                                             |                    |
the account's name        |                                             |                    |
the account's address     |                                             |                    |
the account's id          |                                             |                    |
a browser's id            | log                                         | log                | log
key                       |                                             |                    |
browser and network       |                                             |                    |
"""  # noqa: E501 - a table
MEMBERS = {"owner", "facilitator", "rapporteur", "participant", "observer", "joined"}
READERS = {
    "owner": {"owner"},
    # Those who keep the list of people, or let them in.
    "keepers": {"owner", "facilitator"},
    "team": {"owner", "facilitator", "rapporteur"},
    # Who takes part in what is said; observers read what is published.
    "room": MEMBERS - {"observer"},
    "members": MEMBERS,
    # Of the memo, once it is published: it prints the notes, and people as each chose.
    "readers": MEMBERS,
    # Whoever reads the log: the ids in addresses, and nothing else.
    "log": {"log"},
}
PUBLISHED = {Phase.PUBLISHED, Phase.ARCHIVED}


@dataclass(frozen=True)
class Token:
    """A text that stands for one thing about one person, and for nothing else."""

    what: str
    whose: str
    text: str
    # What is true of the person: "spoke", "listed", "of the team".
    traits: frozenset[str] = frozenset()


def may_know(token: Token, reader: str, moment: Moment) -> bool:
    """Say whether `reader` (a kind of person, or "log") may find `token` at `moment`."""
    return reader == token.whose or any(
        reader in READERS[readers]
        and (not trait or trait in token.traits)
        and (readers != "readers" or moment.phase in PUBLISHED)
        for readers, trait in CELLS[token.what, moment.rule.label.lower()]
    )


def _cells() -> dict[tuple[str, str], list[tuple[str, str]]]:
    head, *rows = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().split("\n")]
    return {
        (what, rule.lower()): [
            (who, trait)
            for who, _, trait in (each.partition(" if ") for each in cell.split(", "))
            if who
        ]
        for what, *cells in rows
        for rule, cell in zip(head[1:], cells, strict=True)
    }


CELLS = _cells()
assert {rule for _, rule in CELLS} == {rule.label.lower() for rule in AttributionRule}
