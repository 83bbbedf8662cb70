"""Themes can be searched."""

from django.db import migrations

from apps.workshops.indexing import searchable


class Migration(migrations.Migration):

    dependencies = [("themes", "0002_comments_leave_no_trace"), ("workshops", "0009_search")]

    operations = [
        searchable("themes_theme", kind="themes", columns={"title": "A", "summary": "B"}),
    ]
