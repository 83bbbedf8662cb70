"""All that is stored, so that a change of anything is seen."""

from functools import cache

from django.db import connection

from tests.permissions.world import UNCOUNTED

# What the database stamps by a clock that no test stops.
STAMPED = {("themes_comment", "stamped_at")}


def stored() -> dict[str, str]:
    """Return a digest of each column, but of sessions and what limits how often somebody tries.

    Numbers by which the database itself tells rows apart are left out: it gives none twice.
    """
    with connection.cursor() as cursor:
        cursor.execute(_question())
        return dict(cursor.fetchall())


def changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """Return the columns that differ."""
    return sorted(name for name in before | after if before.get(name) != after.get(name))


@cache
def _question() -> str:
    """Return one query for all of it, each column in the order of the rows' keys."""
    parts = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in UNCOUNTED:
                continue
            key = connection.introspection.get_primary_key_column(cursor, table) or "1"
            described = connection.introspection.get_table_description(cursor, table)
            columns = [
                c.name
                for c in described
                if (c.name != key or c.type_code not in NUMBERS) and (table, c.name) not in STAMPED
            ]
            columns = [name for name in columns if f"{table}.{name}" not in TELLING_NUMBERS]
            names = ", ".join(f"'{table}.{name}'" for name in columns)
            digests = ", ".join(
                f"md5(string_agg(coalesce({name}::text, '–'), '|' ORDER BY {key}))"
                for name in (f'"{column}"' for column in columns)
            )
            parts.append(
                f"SELECT unnest(ARRAY[{names}]), unnest(d) "
                f'FROM (SELECT ARRAY[{digests}] d FROM "{table}") s'
            )
    return " UNION ALL ".join(parts)


# The types of whole numbers: int8, int4.
NUMBERS = {20, 23}
# What undoes a change of the outline tells rows apart by those numbers, too.
TELLING_NUMBERS = {"themes_step.row", "themes_step.before", "themes_step.after"}
