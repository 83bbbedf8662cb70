"""What a workshop's file is made of."""

from apps.core.contributions import contributed
from apps.core.documents import Section

FORMAT = "rapporteur/workshop-2"
# Where what the file says beside all sections is kept; and names that only tell of the file.
FILE = "file"
OF_THE_FILE = ("format", "not_in_this_file")
# Sections that stand within the workshop itself.
WITHIN = ("groups",)


def heads() -> list[Section]:
    """Return the sections that make up the workshop itself, its own row first."""
    return contributed("workshop:head")


def lists() -> list[Section]:
    """Return the sections that the file lists, in the order in which they are read."""
    return contributed("workshop:records")
