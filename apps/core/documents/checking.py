"""What is wrong with rows of a document, told before the database would refuse them."""

import uuid
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint

from apps.core.documents.places import Problem
from apps.core.documents.sections import Section

if TYPE_CHECKING:
    from apps.core.documents.reading import Record


def wrong_in(record: "Record") -> Iterator[Problem]:
    """Yield what the fields of the row of `record` can't hold, or else what its model refuses."""
    row = record.row
    try:
        told = {each.held_in for each in record.section.fields}
        others = {f.name for f in row._meta.fields if f.is_relation or f.name not in told}
        row.clean_fields(exclude=others)
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            yield Problem(record.where(_called(record, name)), " ".join(messages))
        return
    try:
        for constraint in row._meta.constraints:
            # The others say nothing that the fields' choices and lengths didn't.
            if isinstance(constraint, CheckConstraint) and _speaks(constraint):
                constraint.validate(type(row), row)
    except ValidationError as error:
        yield Problem(record.path, " ".join(error.messages))


def circles_in(section: Section, records: "Iterable[Record]") -> Iterator[Problem]:
    """Yield the rows of a tree that stand, in the end, under themselves."""
    records = list(records)
    above = {each.row.pk: getattr(each.row, section.tree) for each in records}
    settled: set[uuid.UUID] = set()
    for record in records:
        path: set[uuid.UUID] = set()
        row = record.row
        while row is not None and row.pk not in settled:
            if row.pk in path:
                yield Problem(record.where("parent"), "stands, in the end, under itself.")
                break
            path.add(row.pk)
            row = above.get(row.pk)
        settled |= path


def _called(record: "Record", attribute: str) -> str:
    names = {each.held_in: each.name for each in record.section.fields}
    return names.get(attribute, attribute)


def _speaks(constraint: CheckConstraint) -> bool:
    return constraint.violation_error_message != constraint.default_violation_error_message
