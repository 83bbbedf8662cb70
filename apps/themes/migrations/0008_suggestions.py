"""What may become of notes that stand nowhere, worked out anew whenever something changed."""

import apps.core.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models

FORWARD = """
-- Asked for by whoever changes something: a run that waits already is left where it stands, so that
-- a busy hour isn't put off for ever.
CREATE FUNCTION themes_ask_for_suggestions(workshop uuid) RETURNS void LANGUAGE sql AS $$
  INSERT INTO themes_suggestionrun
    (id, created_at, workshop_id, state, attempt, queued_at, reason, again)
  VALUES (gen_random_uuid(), clock_timestamp(), workshop, 'queued', 0, clock_timestamp(), '', false)
  ON CONFLICT (workshop_id) DO UPDATE SET
    again = themes_suggestionrun.state = 'running',
    state = CASE themes_suggestionrun.state WHEN 'running' THEN 'running' ELSE 'queued' END,
    attempt = CASE themes_suggestionrun.state WHEN 'running'
              THEN themes_suggestionrun.attempt ELSE 0 END,
    queued_at = clock_timestamp(), reason = '', finished_at = NULL
  WHERE themes_suggestionrun.state <> 'queued' AND NOT themes_suggestionrun.again;
$$;

CREATE FUNCTION themes_suggest_anew() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- What goes with its workshop asks for nothing.
  IF TG_OP <> 'DELETE' THEN
    PERFORM themes_ask_for_suggestions(NEW.workshop_id);
  ELSIF EXISTS (SELECT FROM themes_suggestionrun WHERE workshop_id = OLD.workshop_id) THEN
    PERFORM themes_ask_for_suggestions(OLD.workshop_id);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER themes_suggest_anew AFTER INSERT OR DELETE OR UPDATE OF text, redacted_at
ON notes_note FOR EACH ROW EXECUTE FUNCTION themes_suggest_anew();
CREATE TRIGGER themes_suggest_anew AFTER INSERT OR DELETE OR UPDATE OF title
ON themes_theme FOR EACH ROW EXECUTE FUNCTION themes_suggest_anew();
CREATE TRIGGER themes_suggest_anew AFTER INSERT OR DELETE OR UPDATE OF theme_id
ON themes_filing FOR EACH ROW EXECUTE FUNCTION themes_suggest_anew();

CREATE FUNCTION themes_suggest_otherwise() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM themes_suggestion WHERE workshop_id = NEW.id;
  PERFORM themes_ask_for_suggestions(NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER themes_suggest_otherwise AFTER UPDATE OF suggests, language ON workshops_workshop
FOR EACH ROW WHEN (OLD.suggests <> NEW.suggests OR OLD.language <> NEW.language)
EXECUTE FUNCTION themes_suggest_otherwise();

-- What no longer holds goes at once, whoever changed it.
CREATE FUNCTION themes_filed_needs_no_suggestion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM themes_suggestion WHERE note_id = NEW.note_id;
  RETURN NULL;
END $$;
CREATE TRIGGER themes_filed_needs_no_suggestion AFTER INSERT ON themes_filing
FOR EACH ROW EXECUTE FUNCTION themes_filed_needs_no_suggestion();

CREATE FUNCTION themes_changed_note_suggests_nothing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- The label of a group may hold its words.
  DELETE FROM themes_suggestion
  WHERE note_id = NEW.id OR twin_id = NEW.id OR (workshop_id = NEW.workshop_id AND label <> '');
  RETURN NULL;
END $$;
CREATE TRIGGER themes_changed_note_suggests_nothing AFTER UPDATE OF text, redacted_at
ON notes_note FOR EACH ROW
WHEN (OLD.text <> NEW.text OR OLD.redacted_at IS DISTINCT FROM NEW.redacted_at)
EXECUTE FUNCTION themes_changed_note_suggests_nothing();

CREATE FUNCTION themes_theme_replaces_proposals() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM themes_suggestion WHERE workshop_id = NEW.workshop_id AND label <> '';
  RETURN NULL;
END $$;
CREATE TRIGGER themes_theme_replaces_proposals AFTER INSERT ON themes_theme
FOR EACH ROW EXECUTE FUNCTION themes_theme_replaces_proposals();

CREATE TRIGGER themes_suggestion_of_a_standing_note BEFORE INSERT ON themes_suggestion
FOR EACH ROW EXECUTE FUNCTION notes_needs_a_standing_note();

-- Notes that are there already are looked at, too.
INSERT INTO themes_suggestionrun
  (id, created_at, workshop_id, state, attempt, queued_at, reason, again)
SELECT gen_random_uuid(), now(), id, 'queued', 0, now(), '', false FROM workshops_workshop
WHERE EXISTS (SELECT FROM notes_note WHERE workshop_id = workshops_workshop.id);
"""
BACKWARD = """
DROP TRIGGER themes_suggestion_of_a_standing_note ON themes_suggestion;
DROP TRIGGER themes_theme_replaces_proposals ON themes_theme;
DROP FUNCTION themes_theme_replaces_proposals();
DROP TRIGGER themes_changed_note_suggests_nothing ON notes_note;
DROP FUNCTION themes_changed_note_suggests_nothing();
DROP TRIGGER themes_filed_needs_no_suggestion ON themes_filing;
DROP FUNCTION themes_filed_needs_no_suggestion();
DROP TRIGGER themes_suggest_otherwise ON workshops_workshop;
DROP FUNCTION themes_suggest_otherwise();
DROP TRIGGER themes_suggest_anew ON themes_filing;
DROP TRIGGER themes_suggest_anew ON themes_theme;
DROP TRIGGER themes_suggest_anew ON notes_note;
DROP FUNCTION themes_suggest_anew();
DROP FUNCTION themes_ask_for_suggestions(uuid);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('notes', '0008_thoughts'),
        ('themes', '0007_hiding_and_support'),
        ('workshops', '0012_suggests'),
    ]

    operations = [
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('label', models.CharField(blank=True, max_length=200)),
                ('likeness', models.FloatField()),
                ('words', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                ('note', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to='notes.note')),
                ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='themes.theme')),
                ('twin', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='notes.note')),
                ('workshop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workshops.workshop')),
            ],
            options={
                'constraints': [apps.core.constraints.SameParent(fields=('workshop', 'note'), name='themes_suggestion_note_within', to='notes.Note', to_fields=('workshop', 'id')), apps.core.constraints.SameParent(fields=('workshop', 'theme'), name='themes_suggestion_theme_within', to='themes.Theme', to_fields=('workshop', 'id')), apps.core.constraints.SameParent(fields=('workshop', 'twin'), name='themes_suggestion_twin_within', to='notes.Note', to_fields=('workshop', 'id')), models.CheckConstraint(condition=models.Q(models.Q(('label', ''), ('theme__isnull', False), ('twin__isnull', True)), models.Q(('label', ''), ('theme__isnull', True), ('twin__isnull', False)), models.Q(('theme__isnull', True), ('twin__isnull', True), models.Q(('label', ''), _negated=True)), _connector='OR'), name='themes_suggestion_of_one_thing'), models.UniqueConstraint(fields=('note', 'theme', 'twin'), name='themes_suggestion_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='SuggestionRun',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('state', models.CharField(choices=[('queued', 'Queued'), ('running', 'Running'), ('ready', 'Ready'), ('failed', 'Failed')], default='queued', max_length=10)),
                ('attempt', models.PositiveSmallIntegerField(default=0)),
                ('queued_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('lease_token', models.UUIDField(blank=True, editable=False, null=True)),
                ('lease_until', models.DateTimeField(blank=True, editable=False, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.TextField(blank=True)),
                ('again', models.BooleanField(default=False)),
                ('workshop', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workshops.workshop')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'running', 'ready', 'failed'])), name='themes_suggestionrun_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('lease_token__isnull', False), ('lease_until__isnull', False), ('state', 'running')), models.Q(models.Q(('state', 'running'), _negated=True), ('lease_token__isnull', True)), _connector='OR'), name='themes_suggestionrun_running_has_lease'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='themes_suggestionrun_failure_has_reason')],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
