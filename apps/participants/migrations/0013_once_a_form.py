"""A form to join by, sent twice, lets in one person."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("participants", "0012_links_to_an_address")]

    operations = [
        migrations.AddField(
            "participant", "form_key", models.UUIDField(blank=True, editable=False, null=True)
        ),
        migrations.AddConstraint(
            "participant",
            models.UniqueConstraint(
                fields=["workshop", "form_key"], name="participants_participant_once_a_form"
            ),
        ),
    ]
