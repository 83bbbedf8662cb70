"""What a migration says to make rows of a table searchable.

The database keeps the words, so that nothing that is written, by whatever way, is missed, and
nothing that was deleted or redacted is found.
"""

from collections.abc import Mapping

from django.db.migrations.operations.special import RunSQL

# PostgreSQL's configuration for a language; words of others are found as they are written.
LANGUAGES = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch",
    "no": "norwegian", "nb": "norwegian", "nn": "norwegian", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil",
    "tr": "turkish", "yi": "yiddish",
}  # fmt: skip

_WHEN = " ".join(f"WHEN '{code}' THEN '{name}'" for code, name in LANGUAGES.items())
LANGUAGE_FUNCTION = RunSQL(
    f"""
    CREATE FUNCTION workshops_search_language(language text) RETURNS regconfig
    LANGUAGE sql IMMUTABLE AS $$
      SELECT (CASE split_part(lower(language), '-', 1) {_WHEN} ELSE 'simple' END)::regconfig
    $$;
    """,
    "DROP FUNCTION workshops_search_language(text);",
)


def searchable(
    table: str,
    *,
    kind: str,
    columns: Mapping[str, str],
    subject: str = "id",
    workshop: str = "row.workshop_id",
) -> RunSQL:
    """Let the rows of `table` be found as things of a `kind`.

    `columns` maps each to its weight, A to D; `subject` is the column that says what a hit leads
    to, and `workshop` an expression of `row`. Words are kept twice: by their stems, in the
    language of the memo, and as they are written, for names and for what is half typed.
    """
    words = " || ".join(
        f"setweight(to_tsvector({language}, row.{column}), '{weight}')"
        for column, weight in columns.items()
        for language in ("workshops_search_language(workshop.language)", "'simple'")
    )
    fill = f"""
      INSERT INTO workshops_searchentry (source_id, workshop_id, kind, subject_id, words)
      SELECT row.id, workshop.id, '{kind}', row.{subject}, {words}
      FROM {table} AS row JOIN workshops_workshop workshop ON workshop.id = {workshop}
      WHERE {{which}}
      ON CONFLICT (source_id) DO UPDATE SET words = EXCLUDED.words
    """
    return RunSQL(
        f"""
        CREATE FUNCTION {table}_is_searchable() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN {fill.format(which="row.id = NEW.id")}; RETURN NULL; END $$;
        CREATE TRIGGER {table}_is_searchable AFTER INSERT OR UPDATE OF {", ".join(columns)}
        ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_is_searchable();

        CREATE FUNCTION {table}_is_not_found() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN DELETE FROM workshops_searchentry WHERE source_id = OLD.id; RETURN NULL; END $$;
        CREATE TRIGGER {table}_is_not_found AFTER DELETE
        ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_is_not_found();

        CREATE FUNCTION {table}_speaks_another_language() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN {fill.format(which="workshop.id = NEW.id")}; RETURN NULL; END $$;
        CREATE TRIGGER {table}_speaks_another_language AFTER UPDATE OF language
        ON workshops_workshop FOR EACH ROW WHEN (OLD.language IS DISTINCT FROM NEW.language)
        EXECUTE FUNCTION {table}_speaks_another_language();

        {fill.format(which="true")};
        """,
        f"""
        DROP TRIGGER {table}_speaks_another_language ON workshops_workshop;
        DROP FUNCTION {table}_speaks_another_language();
        DROP TRIGGER {table}_is_not_found ON {table};
        DROP FUNCTION {table}_is_not_found();
        DROP TRIGGER {table}_is_searchable ON {table};
        DROP FUNCTION {table}_is_searchable();
        DELETE FROM workshops_searchentry WHERE kind = '{kind}';
        """,
    )
