"""Names and affiliations are one line, without marks that turn what stands beside them."""

from django.db import migrations, models

import apps.core.fields

UNSEEN = r"[\u0001-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"
# Nothing may be told any more of those who were removed: what is told here is less.
CLEAN = rf"""
ALTER TABLE participants_participant DISABLE TRIGGER participants_removed_are_told_nothing_of;
UPDATE participants_participant SET
  display_name = btrim(regexp_replace(display_name, '{UNSEEN}+', ' ', 'g')),
  affiliation = btrim(regexp_replace(affiliation, '{UNSEEN}+', ' ', 'g'))
WHERE display_name ~ '{UNSEEN}' OR affiliation ~ '{UNSEEN}';
ALTER TABLE participants_participant ENABLE TRIGGER participants_removed_are_told_nothing_of;
"""


class Migration(migrations.Migration):
    dependencies = [("participants", "0015_key_in_the_link")]

    operations = [
        migrations.AlterField(
            "participant",
            "display_name",
            apps.core.fields.OneLineField(blank=True, max_length=120),
        ),
        migrations.AlterField(
            "participant",
            "affiliation",
            apps.core.fields.OneLineField(blank=True, max_length=200),
        ),
        migrations.RunSQL(CLEAN, migrations.RunSQL.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        *(
            migrations.AddConstraint(
                "participant",
                models.CheckConstraint(
                    condition=~models.Q(**{f"{field}__regex": UNSEEN}),
                    name=f"participants_participant_{field}_in_one_line",
                ),
            )
            for field in ("display_name", "affiliation")
        ),
    ]
