"""Documents that others wrote: rows of models as JSON and back, without losing a word.

An app says in `Section`s which rows it has and in `Field`s what stands in them; `Reading` makes
rows of a document, `writing.written` a document of rows. Knows no word of the domain.

What a row can't hold is refused with its place, or kept beside the row as it was written
(`Remainder`), listed for whoever loads it, and written again as long as nobody changes what took
its place.
"""

from apps.core.documents.fields import (
    Choice,
    Day,
    Field,
    Flag,
    Many,
    Mixed,
    Moment,
    Number,
    One,
    Text,
    Texts,
    Unfit,
)
from apps.core.documents.parsing import parsed
from apps.core.documents.parts import Parts
from apps.core.documents.places import Problem, Refused, Remainder
from apps.core.documents.reading import Reading, Record
from apps.core.documents.sections import Section
from apps.core.documents.writing import Writing, written

__all__ = [
    "Choice", "Day", "Field", "Flag", "Many", "Mixed", "Moment", "Number", "One", "Parts",
    "Problem", "Reading", "Record", "Refused", "Remainder", "Section", "Text", "Texts", "Unfit",
    "Writing", "parsed", "written",
]  # fmt: skip
