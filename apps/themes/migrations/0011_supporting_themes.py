"""Themes can be supported, by the rules of comments."""

import apps.core.constraints
import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
CREATE TRIGGER themes_support_leaves_no_trace BEFORE INSERT OR UPDATE OF participant_id
ON themes_themesupport FOR EACH ROW WHEN (NEW.participant_id IS NOT NULL)
EXECUTE FUNCTION themes_support_leaves_no_trace();

-- Also what undoing a merge would bring back.
CREATE OR REPLACE FUNCTION themes_anonymity_forgets_supports() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE themes_commentsupport SET participant_id = NULL
  WHERE workshop_id = NEW.id AND participant_id IS NOT NULL;
  UPDATE themes_themesupport SET participant_id = NULL
  WHERE workshop_id = NEW.id AND participant_id IS NOT NULL;
  UPDATE themes_step SET person_id = NULL
  FROM themes_rearrangement
  WHERE themes_rearrangement.id = themes_step.rearrangement_id
    AND themes_rearrangement.workshop_id = NEW.id
    AND themes_step.model = 'themes.themesupport' AND themes_step.person_id IS NOT NULL;
  RETURN NULL;
END $$;

DROP TRIGGER themes_log_names_no_supporter ON core_auditentry;
CREATE TRIGGER themes_log_names_no_supporter BEFORE INSERT ON core_auditentry
FOR EACH ROW WHEN (
  NEW.actor_id IS NOT NULL
  AND split_part(NEW.verb, '.', 2) IN ('supported', 'support_withdrawn')
) EXECUTE FUNCTION themes_log_names_no_supporter();
"""
BACKWARD = """
DROP TRIGGER themes_log_names_no_supporter ON core_auditentry;
CREATE TRIGGER themes_log_names_no_supporter BEFORE INSERT ON core_auditentry
FOR EACH ROW WHEN (
  NEW.actor_id IS NOT NULL AND NEW.verb IN ('comment.supported', 'comment.support_withdrawn')
) EXECUTE FUNCTION themes_log_names_no_supporter();

CREATE OR REPLACE FUNCTION themes_anonymity_forgets_supports() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE themes_commentsupport SET participant_id = NULL
  WHERE workshop_id = NEW.id AND participant_id IS NOT NULL;
  RETURN NULL;
END $$;
DROP TRIGGER themes_support_leaves_no_trace ON themes_themesupport;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('participants', '0016_names_in_one_line'),
        ('themes', '0010_passages'),
        ('workshops', '0014_quantifier_table'),
    ]

    operations = [
        migrations.CreateModel(
            name='ThemeSupport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('participant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='participants.participant')),
                ('theme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supports', to='themes.theme')),
                ('workshop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workshops.workshop')),
            ],
            options={
                'verbose_name': 'support',
                'constraints': [apps.core.constraints.SameParent(fields=('workshop', 'theme'), name='themes_themesupport_theme_within', to='themes.Theme', to_fields=('workshop', 'id')), apps.core.constraints.SameParent(fields=('workshop', 'participant'), name='themes_themesupport_participant_within', to='participants.Participant', to_fields=('workshop', 'id')), models.UniqueConstraint(fields=('theme', 'participant'), name='themes_themesupport_once')],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
