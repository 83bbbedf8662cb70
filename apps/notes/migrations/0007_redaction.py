"""What was redacted is gone for good, whoever writes: words, earlier words, group and speaker."""

from django.db import migrations, models

FORWARD = """
CREATE OR REPLACE FUNCTION notes_may_keep_speaker(note uuid) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT CASE notes_rule_in_force(note)
    WHEN 'on_record' THEN true
    WHEN 'chatham_house' THEN (SELECT w.keep_speakers FROM workshops_workshop w
                               JOIN notes_note n ON n.workshop_id = w.id WHERE n.id = note)
    ELSE false END
    AND (SELECT n.redacted_at IS NULL FROM notes_note n WHERE n.id = note)
$$;

CREATE FUNCTION notes_redaction_forgets() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  PERFORM notes_forget_speakers(ARRAY[NEW.id]);
  DELETE FROM notes_noterevision WHERE note_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER notes_redaction_forgets AFTER UPDATE OF redacted_at ON notes_note
FOR EACH ROW WHEN (OLD.redacted_at IS NULL AND NEW.redacted_at IS NOT NULL)
EXECUTE FUNCTION notes_redaction_forgets();

CREATE FUNCTION notes_note_stays_redacted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what was redacted stays redacted' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER notes_note_stays_redacted BEFORE UPDATE OF redacted_at ON notes_note
FOR EACH ROW
WHEN (OLD.redacted_at IS NOT NULL AND NEW.redacted_at IS DISTINCT FROM OLD.redacted_at)
EXECUTE FUNCTION notes_note_stays_redacted();

-- For whatever belongs to a note, in tables of other apps too: a row with a note_id.
CREATE FUNCTION notes_needs_a_standing_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Whoever redacts the note at this moment is waited for.
  PERFORM FROM notes_note WHERE id = NEW.note_id FOR SHARE;
  IF EXISTS (SELECT FROM notes_note WHERE id = NEW.note_id AND redacted_at IS NOT NULL) THEN
    RAISE EXCEPTION 'the note was redacted' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER notes_noterevision_of_a_standing_note
BEFORE INSERT OR UPDATE OF note_id, text ON notes_noterevision
FOR EACH ROW EXECUTE FUNCTION notes_needs_a_standing_note();

DO $$
BEGIN
  EXECUTE format('ALTER FUNCTION notes_redaction_forgets() SET search_path = %I, pg_temp',
                 current_schema());
END $$;
"""
BACKWARD = """
DROP TRIGGER notes_noterevision_of_a_standing_note ON notes_noterevision;
DROP FUNCTION notes_needs_a_standing_note();
DROP TRIGGER notes_note_stays_redacted ON notes_note;
DROP FUNCTION notes_note_stays_redacted();
DROP TRIGGER notes_redaction_forgets ON notes_note;
DROP FUNCTION notes_redaction_forgets();
CREATE OR REPLACE FUNCTION notes_may_keep_speaker(note uuid) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT CASE notes_rule_in_force(note)
    WHEN 'on_record' THEN true
    WHEN 'chatham_house' THEN (SELECT w.keep_speakers FROM workshops_workshop w
                               JOIN notes_note n ON n.workshop_id = w.id WHERE n.id = note)
    ELSE false END
$$;
"""


class Migration(migrations.Migration):

    dependencies = [("notes", "0006_imports")]

    operations = [
        migrations.AddConstraint(
            model_name="note",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("redacted_at__isnull", True), ("group__isnull", True), _connector="OR"
                ),
                name="notes_note_redacted_keeps_no_group",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
