"""Guarantees that Django can't declare by itself."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.ddl_references import Statement, Table
from django.db.models import BaseConstraint, CheckConstraint, Q, UniqueConstraint
from django.db.models.enums import Choices


def one_of(field: str, choices: type[Choices], *, blank: bool = False) -> CheckConstraint:
    """Let `field` hold only values of `choices` (and the empty string if `blank`)."""
    values = [*choices.values, *([""] if blank else [])]
    return CheckConstraint(
        condition=Q(**{f"{field}__in": values}), name=f"%(app_label)s_%(class)s_{field}_known"
    )


def identifiable_within(field: str) -> UniqueConstraint:
    """Make (`field`, id) something that a `SameParent` constraint can point at."""
    return UniqueConstraint(fields=[field, "id"], name=f"%(app_label)s_%(class)s_{field}_id")


class SameParent(BaseConstraint):
    """Hold a foreign key inside its own parent: a note's session belongs to the note's workshop.

    A composite foreign key from `fields` to `to_fields` of model `to` ("app.Model"). The model
    pointed at needs a unique constraint over `to_fields` (see `identifiable_within`). Rows in
    which one of `fields` is null aren't checked.
    """

    def __init__(
        self, *, fields: Sequence[str], to: str, to_fields: Sequence[str], name: str
    ) -> None:
        super().__init__(name=name)
        self.fields, self.to, self.to_fields = tuple(fields), to, tuple(to_fields)

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        # Added once the table exists, as Django adds its own foreign keys: the table pointed at
        # may be made later in the same migration.
        if schema_editor is not None:
            schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))
        return None

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        target = model._meta.apps.get_model(self.to)
        quote = schema_editor.quote_name

        def columns(of: Any, fields: Sequence[str]) -> str:
            return ", ".join(quote(str(of._meta.get_field(name).column)) for name in fields)

        return Statement(
            "ALTER TABLE %(table)s ADD CONSTRAINT %(name)s FOREIGN KEY (%(columns)s) "
            "REFERENCES %(to_table)s (%(to_columns)s) DEFERRABLE INITIALLY DEFERRED",
            table=Table(model._meta.db_table, quote),
            name=quote(self.name),
            columns=columns(model, self.fields),
            to_table=Table(target._meta.db_table, quote),
            to_columns=columns(target, self.to_fields),
        )

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        return Statement(
            "ALTER TABLE %(table)s DROP CONSTRAINT %(name)s",
            table=Table(model._meta.db_table, schema_editor.quote_name),
            name=schema_editor.quote_name(self.name),
        )

    def validate(
        self, model: Any, instance: Any, exclude: Any = None, using: str = "default"
    ) -> None:
        """Leave it to the database: services look things up inside the workshop."""

    def deconstruct(self) -> Any:
        path, args, kwargs = super().deconstruct()
        return (
            path,
            args,
            {**kwargs, "fields": self.fields, "to": self.to, "to_fields": self.to_fields},
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SameParent) and self.deconstruct() == other.deconstruct()

    __hash__ = BaseConstraint.__hash__


def in_one_line(field: str) -> CheckConstraint:
    """Let text `field` hold no line breaks, control characters, or marks of direction."""
    unseen = r"[\u0001-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"
    return CheckConstraint(
        condition=~Q(**{f"{field}__regex": unseen}),
        name=f"%(app_label)s_%(class)s_{field}_in_one_line",
    )


def same_workshop(field: str, to: str) -> SameParent:
    """Let foreign key `field` point only at a `to` of the row's own workshop."""
    return SameParent(
        fields=["workshop", field],
        to=to,
        to_fields=["workshop", "id"],
        name=f"%(app_label)s_%(class)s_{field}_within",
    )
