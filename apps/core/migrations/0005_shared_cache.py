"""The cache that all processes share: it holds what limits how often somebody may try."""

from django.db import migrations

# What Django's DatabaseCache expects. Unlogged: after a crash it may be empty, and is quicker.
MAKE = """
CREATE UNLOGGED TABLE core_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX core_cache_expires ON core_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0004_outgoing_mail")]

    operations = [migrations.RunSQL(MAKE, "DROP TABLE core_cache")]
