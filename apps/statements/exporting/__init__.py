"""All answers that were revealed, as files: of people who have no names, in no order.

Participants are numbered anew for each export, so that two can't be laid side by side; when
somebody answered is told to the day; a group is named only where it is told of in numbers on every
statement, so that nothing can be worked out that wasn't published.
"""

from apps.statements.exporting.answers import Exported, gather
from apps.statements.exporting.archive import as_polis, as_table

__all__ = ["Exported", "as_polis", "as_table", "gather"]
