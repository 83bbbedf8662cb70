"""A passage of a note can stand under a theme."""

import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notes', '0008_thoughts'),
        ('participants', '0016_names_in_one_line'),
        ('themes', '0009_rearrangements'),
        ('workshops', '0010_sessions_tighten_for_all_who_relied'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='filing',
            name='themes_filing_once',
        ),
        migrations.AddField(
            model_name='filing',
            name='end',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='filing',
            name='passage',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='filing',
            name='start',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='filing',
            constraint=models.UniqueConstraint(fields=('theme', 'note', 'start', 'end'), name='themes_filing_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='filing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end__isnull', True), ('passage', ''), ('start__isnull', True)), models.Q(('end__gt', models.F('start')), ('end__isnull', False), ('passage__length', django.db.models.expressions.CombinedExpression(models.F('end'), '-', models.F('start'))), ('start__isnull', False)), _connector='OR'), name='themes_filing_passage_or_whole'),
        ),
    ]
