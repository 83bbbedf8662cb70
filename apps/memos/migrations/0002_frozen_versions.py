"""A memo version never changes after it is made; who made it may be forgotten."""

from django.db import migrations

from apps.core.database import unchangeable


class Migration(migrations.Migration):
    dependencies = [("memos", "0001_initial")]

    operations = [
        unchangeable("memos_memoversion", ["memo_id", "number", "content", "sha256", "created_at"])
    ]
