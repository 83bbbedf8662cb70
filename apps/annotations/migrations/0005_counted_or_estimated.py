"""A word for how many is an estimate, or there is a count; a sense stays in its workshop."""

import apps.core.constraints
import django.db.models.deletion
from django.db import migrations, models

# Nothing that is said anew of a term comes from a note that was redacted.
FORWARD = """
CREATE TRIGGER annotations_sense_of_a_standing_note
BEFORE INSERT OR UPDATE OF note_id ON annotations_sense
FOR EACH ROW EXECUTE FUNCTION notes_needs_a_standing_note();
"""
BACKWARD = """
DROP TRIGGER annotations_sense_of_a_standing_note ON annotations_sense;
"""


class Migration(migrations.Migration):

    dependencies = [("annotations", "0004_counts_and_positions")]

    operations = [
        migrations.AlterField(
            model_name='sense',
            name='workshop',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workshops.workshop'),
        ),
        migrations.AddConstraint(
            model_name='annotation',
            constraint=models.CheckConstraint(condition=models.Q(('quantifier__in', ['many', 'several', 'some', 'few', 'two', 'one', ''])), name='annotations_annotation_quantifier_known'),
        ),
        migrations.AddConstraint(
            model_name='annotation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('counted', None), ('counted_of', None)), models.Q(('counted__gte', 1), ('counted__isnull', False), ('counted_of__gte', models.F('counted')), ('counted_of__isnull', False)), _connector='OR'), name='annotations_annotation_counted_of_some', violation_error_message='Give both numbers: how many, and of how many.'),
        ),
        migrations.AddConstraint(
            model_name='annotation',
            constraint=models.CheckConstraint(condition=models.Q(('counted', None), ('quantifier', ''), _connector='OR'), name='annotations_annotation_counted_or_estimated', violation_error_message='What was counted needs no word: that follows from it.'),
        ),
        migrations.AddConstraint(
            model_name='annotation',
            constraint=models.CheckConstraint(condition=models.Q(('certainty__in', ['doubtful', 'guessed', ''])), name='annotations_annotation_certainty_known'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(('quantifier__in', ['many', 'several', 'some', 'few', 'two', 'one', ''])), name='annotations_position_quantifier_known'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('counted', None), ('counted_of', None)), models.Q(('counted__gte', 1), ('counted__isnull', False), ('counted_of__gte', models.F('counted')), ('counted_of__isnull', False)), _connector='OR'), name='annotations_position_counted_of_some', violation_error_message='Give both numbers: how many, and of how many.'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(('counted', None), ('quantifier', ''), _connector='OR'), name='annotations_position_counted_or_estimated', violation_error_message='What was counted needs no word: that follows from it.'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(('polarity__in', ['for', 'against', 'between', ''])), name='annotations_position_polarity_known'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.UniqueConstraint(fields=('workshop', 'id'), name='annotations_position_workshop_id'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=apps.core.constraints.SameParent(fields=('annotation', 'answers'), name='annotations_position_answers_within', to='annotations.Position', to_fields=('annotation', 'id')),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(('answers', models.F('id')), _negated=True), name='annotations_position_answers_another', violation_error_message='A position answers another one, not itself.'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), ('unrecorded', False), _negated=True), name='annotations_position_text_given', violation_error_message='Say what this position holds, or that it isn’t recorded.'),
        ),
        migrations.AddConstraint(
            model_name='sense',
            constraint=apps.core.constraints.SameParent(fields=('workshop', 'term'), name='annotations_sense_term_within', to='annotations.Term', to_fields=('workshop', 'id')),
        ),
        migrations.AddConstraint(
            model_name='sense',
            constraint=apps.core.constraints.SameParent(fields=('workshop', 'note'), name='annotations_sense_note_within', to='notes.Note', to_fields=('workshop', 'id')),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
