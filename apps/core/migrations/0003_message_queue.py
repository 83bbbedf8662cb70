"""The message queue that lives in the database itself, for instances without another broker.

Installed always, so that the broker can be chosen at any time. PGMQ's schema has no upgrade path
in this form, hence the pinned version of the package.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from pgmq.install import get_embedded_install_sql


def install(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Run PGMQ's own script, unless the database has PGMQ already (as an extension)."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('pgmq.meta')")
        if cursor.fetchone()[0] is None:
            # Past Django's cursor: the script holds percent signs that aren't parameters.
            cursor.connection.execute(get_embedded_install_sql())


class Migration(migrations.Migration):
    dependencies = [("core", "0002_append_only")]

    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
