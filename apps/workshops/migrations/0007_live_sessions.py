"""Where the room is, and what participants may send and read there."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workshops', '0006_organisation_version'),
    ]

    operations = [
        migrations.AddField(
            model_name='session',
            name='has_feed',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='session',
            name='is_current',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='session',
            name='takes_thoughts',
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('workshop',), name='workshops_session_one_is_current'),
        ),
    ]
