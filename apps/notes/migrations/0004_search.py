"""Notes can be searched."""

from django.db import migrations

from apps.workshops.indexing import searchable


class Migration(migrations.Migration):

    dependencies = [("notes", "0003_live_notes"), ("workshops", "0009_search")]

    operations = [
        searchable("notes_note", kind="notes", columns={"text": "A"}),
    ]
