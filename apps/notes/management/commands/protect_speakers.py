"""Give the table of who said what to a database role of its own."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import ProgrammingError, connection, transaction
from psycopg import sql
from psycopg.errors import InsufficientPrivilege

TABLE = "notes_speakerlink"
# What writes to the table when notes, rules and dates change, whoever changes them.
FUNCTIONS = ("notes_forget_speakers(uuid[])", "notes_speakers_expire_by(uuid, timestamptz)")
# From then on a membership says by itself whether its rights come unasked.
PER_MEMBERSHIP = 160000

NO_ROLE = (
    "Say which role is to own the table: SPEAKERS_ROLE in the environment, the same for the "
    "application."
)
SUPERUSER = (
    "“{}” is a superuser and may read every table, whoever owns it. Let the application sign in "
    "as an ordinary role, named by --login."
)
TOO_WEAK = (
    "The role that runs this may not. Run the statements above as the database's administrator."
)


class Command(BaseCommand):
    """See `help`; safe to run again."""

    help = (
        "Give the table of who said what to the role SPEAKERS_ROLE: the application's own login "
        "role then has no rights on it but where it takes that role on. Prints the SQL and runs it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Let an administrator run it for another login role, or only look at it."""
        parser.add_argument("--login", help="the application's login role, if not this one")
        parser.add_argument("--print", action="store_true", help="print the SQL and do nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the statements, and run them in one transaction unless they were only asked for."""
        role = settings.SPEAKERS_ROLE
        if not role:
            raise CommandError(NO_ROLE)
        with connection.cursor() as cursor:
            login = options["login"] or self._one(cursor, "SELECT session_user")
            if self._one(cursor, "SELECT rolsuper FROM pg_roles WHERE rolname = %s", login):
                raise CommandError(SUPERUSER.format(login))
            statements = self._statements(cursor, role, login)
        for statement in ["BEGIN", *statements, "COMMIT"]:
            self.stdout.write(f"{statement};")
        if options["print"]:
            return
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
        except ProgrammingError as error:
            if isinstance(error.__cause__, InsufficientPrivilege):
                raise CommandError(f"{TOO_WEAK} ({error.__cause__})") from error
            raise
        self.stdout.write(f"Who said what belongs to “{role}” now.")

    def _statements(self, cursor: Any, role: str, login: str) -> list[str]:
        schema = self._one(cursor, "SELECT current_schema()")
        names = {
            "role": sql.Identifier(role),
            "login": sql.Identifier(login),
            "schema": sql.Identifier(schema),
            "table": sql.Identifier(schema, TABLE),
        }
        statements: list[str] = []

        def add(statement: str, **more: sql.Composable) -> None:
            composed = sql.SQL(statement).format(**names, **more)
            statements.append(composed.as_string(cursor.connection))

        if not self._one(cursor, "SELECT count(*) FROM pg_roles WHERE rolname = %s", role):
            add("CREATE ROLE {role} NOLOGIN")
        if connection.pg_version >= PER_MEMBERSHIP:  # type: ignore[attr-defined]
            add("GRANT {role} TO {login} WITH INHERIT FALSE, SET TRUE")
        else:
            add("GRANT {role} TO {login}")
            add("ALTER ROLE {login} NOINHERIT")
        owner = "SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = to_regclass(%s)"
        if self._one(cursor, owner, f"{schema}.{TABLE}") == role:
            return statements
        # Names and types of our own, which nobody typed.
        functions = [sql.SQL(f"{schema}.{each}") for each in FUNCTIONS]
        add("GRANT USAGE, CREATE ON SCHEMA {schema} TO {role}")
        add("ALTER TABLE {table} OWNER TO {role}")
        for function in functions:
            add("ALTER FUNCTION {function} OWNER TO {role}", function=function)
        # As its owner: what an owner had goes over with the ownership.
        add("SET LOCAL ROLE {role}")
        add("REVOKE ALL ON {table} FROM PUBLIC, {login}")
        for function in functions:
            add("REVOKE ALL ON FUNCTION {function} FROM PUBLIC", function=function)
            add("GRANT EXECUTE ON FUNCTION {function} TO {login}", function=function)
        add("SET LOCAL ROLE NONE")
        add("REVOKE CREATE ON SCHEMA {schema} FROM {role}")
        return statements

    def _one(self, cursor: Any, query: str, *parameters: str) -> Any:
        cursor.execute(query, parameters)
        row = cursor.fetchone()
        return row[0] if row else None
