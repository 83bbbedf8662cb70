"""Triggers: rules about time, which no constraint can state."""

from django.db.migrations.operations.special import RunSQL


def unchangeable(table: str, columns: list[str] | None = None) -> RunSQL:
    """Let the database refuse updates of `columns` (all, if None) of `table`.

    Without columns the table is append-only: deletes are refused, too.
    """
    name = f"{table}_unchangeable"
    events = f"UPDATE OF {', '.join(columns)}" if columns else "UPDATE OR DELETE"
    changed = (
        "WHEN (" + " OR ".join(f"OLD.{c} IS DISTINCT FROM NEW.{c}" for c in columns) + ")"
        if columns
        else ""
    )
    return RunSQL(
        f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{table} keeps what was written' USING ERRCODE = '23514'; END $$;
        CREATE TRIGGER {name} BEFORE {events} ON {table}
        FOR EACH ROW {changed} EXECUTE FUNCTION {name}();
        """,
        f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();",
    )
