"""Findings can be searched by their claims and positions, terms by their senses."""

from django.db import migrations

from apps.workshops.indexing import searchable


class Migration(migrations.Migration):

    dependencies = [("annotations", "0001_initial"), ("workshops", "0009_search")]

    operations = [
        searchable(
            "annotations_annotation",
            kind="findings",
            columns={"claim": "A", "scope_conditions": "C"},
        ),
        searchable(
            "annotations_position",
            kind="findings",
            columns={"label": "B", "text": "B", "reasons_for": "C", "reasons_against": "C"},
            subject="annotation_id",
        ),
        searchable("annotations_term", kind="terms", columns={"name": "A"}),
        searchable(
            "annotations_sense",
            kind="terms",
            columns={"text": "B", "used_by": "C"},
            subject="term_id",
            workshop="(SELECT workshop_id FROM annotations_term WHERE id = row.term_id)",
        ),
    ]
