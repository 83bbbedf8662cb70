"""What was rearranged can be undone, what became of a theme is known, and no theme stands under itself."""

import apps.core.constraints
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


FORWARD = """
-- Whoever changes the tree looks, at the end of their transaction, with everybody else's changes in sight.
CREATE FUNCTION themes_stay_a_tree() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('themes' || NEW.workshop_id::text, 0));
  IF EXISTS (
    WITH RECURSIVE above(id) AS (
      SELECT parent_id FROM themes_theme WHERE id = NEW.id AND parent_id IS NOT NULL
      UNION
      SELECT t.parent_id FROM themes_theme t JOIN above a ON t.id = a.id
      WHERE t.parent_id IS NOT NULL
    ) SELECT FROM above WHERE id = NEW.id
  ) THEN
    RAISE EXCEPTION 'a theme would stand under itself' USING ERRCODE = '23514';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER themes_stay_a_tree AFTER INSERT OR UPDATE OF parent_id ON themes_theme
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.parent_id IS NOT NULL)
EXECUTE FUNCTION themes_stay_a_tree();

CREATE OR REPLACE FUNCTION themes_redaction_unfiles() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM themes_filing WHERE note_id = NEW.id;
  DELETE FROM themes_step WHERE note_id = NEW.id;
  RETURN NULL;
END $$;
"""
BACKWARD = """
CREATE OR REPLACE FUNCTION themes_redaction_unfiles() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM themes_filing WHERE note_id = NEW.id;
  RETURN NULL;
END $$;
DROP TRIGGER themes_stay_a_tree ON themes_theme;
DROP FUNCTION themes_stay_a_tree();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('notes', '0008_thoughts'),
        ('participants', '0016_names_in_one_line'),
        ('themes', '0008_suggestions'),
        ('workshops', '0010_sessions_tighten_for_all_who_relied'),
    ]

    operations = [
        migrations.CreateModel(
            name='Rearrangement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('kind', models.CharField(choices=[('filed', 'Filed'), ('unfiled', 'Unfiled'), ('merged', 'Merged'), ('split', 'Split'), ('edited', 'Edited'), ('moved', 'Moved'), ('deleted', 'Deleted')], max_length=10)),
                ('said', models.CharField(max_length=600)),
                ('undone_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='participants.participant')),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='participants.participant')),
                ('workshop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rearrangements', to='workshops.workshop')),
            ],
            options={
                'ordering': ['-created_at'],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('model', models.CharField(max_length=100)),
                ('row', models.CharField(max_length=40)),
                ('before', models.JSONField(null=True)),
                ('after', models.JSONField(null=True)),
                ('note', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='notes.note')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='participants.participant')),
                ('rearrangement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='themes.rearrangement')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Lineage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('how', models.CharField(choices=[('merged', 'Merged from'), ('split', 'Split from'), ('deleted', 'Took over from')], max_length=10)),
                ('source_id', models.UUIDField()),
                ('source_title', models.CharField(max_length=200)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('into', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='themes.theme')),
                ('workshop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workshops.workshop')),
            ],
            options={
                'ordering': ['at', 'pk'],
                'indexes': [models.Index(fields=['source_id'], name='themes_lineage_source')],
                'constraints': [models.CheckConstraint(condition=models.Q(('how__in', ['merged', 'split', 'deleted'])), name='themes_lineage_how_known'), apps.core.constraints.SameParent(fields=('workshop', 'into'), name='themes_lineage_into_within', to='themes.Theme', to_fields=('workshop', 'id')), models.CheckConstraint(condition=models.Q(('source_id', models.F('into')), _negated=True), name='themes_lineage_not_its_own_source')],
            },
        ),
        migrations.AddConstraint(
            model_name='rearrangement',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['filed', 'unfiled', 'merged', 'split', 'edited', 'moved', 'deleted'])), name='themes_rearrangement_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.CheckConstraint(condition=models.Q(('before__isnull', False), ('after__isnull', False), _connector='OR'), name='themes_step_did_something'),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
