"""The words by which things are found; the apps say of their tables what can be."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

from apps.workshops.indexing import LANGUAGE_FUNCTION


class Migration(migrations.Migration):

    dependencies = [
        ('workshops', '0008_archived_once_purged'),
    ]

    operations = [
        LANGUAGE_FUNCTION,
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('source_id', models.UUIDField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=20)),
                ('subject_id', models.UUIDField()),
                ('words', django.contrib.postgres.search.SearchVectorField()),
                ('workshop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workshops.workshop')),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['words'], name='workshops_searchentry_words'), models.Index(fields=['subject_id'], name='workshops_searchentry_subject')],
            },
        ),
    ]
