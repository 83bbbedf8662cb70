"""Counts, doubt, what positions answer; rows that are there, brought to what 0005 demands."""

import apps.core.constraints
import django.db.models.deletion
from django.db import migrations, models


# Words above “many” follow from counts alone from now on.
CAP = """
UPDATE annotations_annotation SET quantifier = 'many'
WHERE quantifier IN ('all', 'nearly_all', 'most', 'majority', 'about_half');
UPDATE annotations_position SET quantifier = 'many'
WHERE quantifier IN ('all', 'nearly_all', 'most', 'majority', 'about_half');
UPDATE annotations_sense SET workshop_id = term.workshop_id
FROM annotations_term term WHERE term.id = annotations_sense.term_id;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0003_redacted_notes'),
        ('notes', '0008_thoughts'),
        ('participants', '0016_names_in_one_line'),
        ('themes', '0006_redacted_notes'),
        ('workshops', '0010_sessions_tighten_for_all_who_relied'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='annotation',
            name='annotations_annotation_quantifier_known',
        ),
        migrations.RemoveConstraint(
            model_name='position',
            name='annotations_position_quantifier_known',
        ),
        migrations.RemoveConstraint(
            model_name='position',
            name='annotations_position_text_given',
        ),
        migrations.AddField(
            model_name='annotation',
            name='certainty',
            field=models.CharField(blank=True, choices=[('doubtful', 'It may be recorded wrongly'), ('guessed', 'What was meant is guessed')], max_length=10, verbose_name='doubt about the record'),
        ),
        migrations.AddField(
            model_name='annotation',
            name='counted',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='how many, counted'),
        ),
        migrations.AddField(
            model_name='annotation',
            name='counted_of',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='of how many'),
        ),
        migrations.AddField(
            model_name='position',
            name='answers',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='answered_by', to='annotations.position'),
        ),
        migrations.AddField(
            model_name='position',
            name='counted',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='how many, counted'),
        ),
        migrations.AddField(
            model_name='position',
            name='counted_of',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='of how many'),
        ),
        migrations.AddField(
            model_name='position',
            name='polarity',
            field=models.CharField(blank=True, choices=[('for', 'For it'), ('against', 'Against it'), ('between', 'In between')], max_length=8, verbose_name='where it stands'),
        ),
        migrations.AddField(
            model_name='position',
            name='unrecorded',
            field=models.BooleanField(default=False, verbose_name='the view isn’t recorded'),
        ),
        migrations.AddField(
            model_name='sense',
            name='note',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='senses', to='notes.note'),
        ),
        migrations.AddField(
            model_name='sense',
            name='workshop',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workshops.workshop'),
        ),
        migrations.AlterField(
            model_name='annotation',
            name='quantifier',
            field=models.CharField(blank=True, choices=[('many', 'Many'), ('several', 'Several'), ('some', 'Some'), ('few', 'A few'), ('two', 'Two'), ('one', 'One')], max_length=12, verbose_name='how many'),
        ),
        migrations.AlterField(
            model_name='position',
            name='quantifier',
            field=models.CharField(blank=True, choices=[('many', 'Many'), ('several', 'Several'), ('some', 'Some'), ('few', 'A few'), ('two', 'Two'), ('one', 'One')], max_length=12, verbose_name='how many'),
        ),
        migrations.AlterField(
            model_name='position',
            name='text',
            field=models.CharField(blank=True, max_length=1000),
        ),
        migrations.RunSQL(CAP, migrations.RunSQL.noop),
    ]
