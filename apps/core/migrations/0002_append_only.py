"""The audit log keeps what was written."""

from django.db import migrations

from apps.core.database import unchangeable


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [unchangeable("core_auditentry")]
