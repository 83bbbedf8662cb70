"""Statements can be searched by their present words."""

from django.db import migrations

from apps.workshops.indexing import searchable


class Migration(migrations.Migration):
    dependencies = [
        ("statements", "0006_answers_from_elsewhere"),
        ("workshops", "0009_search"),
    ]

    operations = [
        searchable(
            "statements_statement",
            kind="statements",
            columns={"text": "A"},
        ),
    ]
