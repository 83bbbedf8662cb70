"""What a link or a QR code holds can't be guessed, and so needn't be protected from guessing."""

import secrets
from typing import Any

from django.db import migrations, models

import apps.participants.codes


def make_keys(apps: Any, schema_editor: Any) -> None:
    for code in apps.get_model("participants", "JoinCode").objects.filter(key=None):
        code.key = secrets.token_urlsafe(16)
        code.save(update_fields=["key"])


class Migration(migrations.Migration):
    dependencies = [("participants", "0014_named_or_not")]

    operations = [
        migrations.AddField("joincode", "key", models.CharField(max_length=22, null=True)),
        migrations.RunPython(make_keys, migrations.RunPython.noop),
        migrations.AlterField(
            "joincode",
            "key",
            models.CharField(
                default=apps.participants.codes.make_key, max_length=22, unique=True
            ),
        ),
    ]
