"""Nobody was ever asked each time: whoever wanted to be is never named, as before."""

from django.db import migrations, models

NAMINGS = [("no", "Never by name"), ("yes", "By name")]


class Migration(migrations.Migration):
    dependencies = [("participants", "0013_once_a_form")]

    operations = [
        migrations.RunSQL(
            "UPDATE participants_participant SET attribution = 'no' WHERE attribution = 'ask'",
            migrations.RunSQL.noop,
        ),
        migrations.RemoveConstraint("participant", "participants_participant_attribution_known"),
        migrations.AlterField(
            "participant",
            "attribution",
            models.CharField(choices=NAMINGS, default="no", max_length=3),
        ),
        migrations.AddConstraint(
            "participant",
            models.CheckConstraint(
                condition=models.Q(attribution__in=["no", "yes"]),
                name="participants_participant_attribution_known",
            ),
        ),
    ]
