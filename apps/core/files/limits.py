"""How much a file may be, and how it is refused."""

from dataclasses import dataclass

from apps.core.exceptions import RuleViolation

MEBIBYTE = 1024 * 1024
# Of a file as it comes, of all that it unpacks to, and of one to the other.
BYTES = 20 * MEBIBYTE
UNPACKED = 100 * MEBIBYTE
RATIO = 100


class Unreadable(RuleViolation):
    """A file that can't be read; the sentence says where, and what to do."""


@dataclass(frozen=True)
class Words:
    """What is said of a packed file that can't be read, each a sentence of what to do."""

    damaged: str
    # It holds a document type, which no office file has.
    doctype: str
    too_much: str
    password: str
    # It is packed in a way that nobody uses.
    unknown: str
