"""Findings can be supported, by the rules of comments."""

import apps.core.constraints
import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
CREATE TRIGGER annotations_support_leaves_no_trace BEFORE INSERT OR UPDATE OF participant_id
ON annotations_annotationsupport FOR EACH ROW WHEN (NEW.participant_id IS NOT NULL)
EXECUTE FUNCTION themes_support_leaves_no_trace();

CREATE FUNCTION annotations_anonymity_forgets_supports() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE annotations_annotationsupport SET participant_id = NULL
  WHERE workshop_id = NEW.id AND participant_id IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER annotations_anonymity_forgets_supports AFTER UPDATE OF attribution_rule
ON workshops_workshop
FOR EACH ROW WHEN (NEW.attribution_rule = 'anonymous' AND OLD.attribution_rule <> 'anonymous')
EXECUTE FUNCTION annotations_anonymity_forgets_supports();
"""
BACKWARD = """
DROP TRIGGER annotations_anonymity_forgets_supports ON workshops_workshop;
DROP FUNCTION annotations_anonymity_forgets_supports();
DROP TRIGGER annotations_support_leaves_no_trace ON annotations_annotationsupport;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0006_could'),
        ('participants', '0016_names_in_one_line'),
        ('themes', '0011_supporting_themes'),
        ('workshops', '0014_quantifier_table'),
    ]

    operations = [
        migrations.CreateModel(
            name='AnnotationSupport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('annotation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supports', to='annotations.annotation')),
                ('participant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='participants.participant')),
                ('workshop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workshops.workshop')),
            ],
            options={
                'constraints': [apps.core.constraints.SameParent(fields=('workshop', 'annotation'), name='annotations_annotationsupport_annotation_within', to='annotations.Annotation', to_fields=('workshop', 'id')), apps.core.constraints.SameParent(fields=('workshop', 'participant'), name='annotations_annotationsupport_participant_within', to='participants.Participant', to_fields=('workshop', 'id')), models.UniqueConstraint(fields=('annotation', 'participant'), name='annotations_annotationsupport_once')],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
