"""Receipts for what devices send: it is done once, however often it arrives."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('themes', '0003_search'),
        ('workshops', '0007_live_sessions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('taken_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('workshop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workshops.workshop')),
            ],
        ),
    ]
