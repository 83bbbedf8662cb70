"""Under the anonymous rule nothing leads to a participant who wrote a note down."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION notes_note_recorded_without_trace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM participants_participant
             WHERE id = NEW.recorded_by_id AND role NOT IN ('owner', 'facilitator', 'rapporteur'))
     AND (EXISTS (SELECT FROM workshops_workshop
                  WHERE id = NEW.workshop_id AND attribution_rule = 'anonymous')
       OR EXISTS (SELECT FROM workshops_session
                  WHERE id = NEW.session_id AND attribution_rule = 'anonymous'))
  THEN
    RAISE EXCEPTION 'under the anonymous rule nothing leads to who wrote a note'
      USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER notes_note_recorded_without_trace
BEFORE INSERT OR UPDATE OF recorded_by_id, session_id ON notes_note
FOR EACH ROW WHEN (NEW.recorded_by_id IS NOT NULL)
EXECUTE FUNCTION notes_note_recorded_without_trace();
"""
BACKWARD = """
DROP TRIGGER notes_note_recorded_without_trace ON notes_note;
DROP FUNCTION notes_note_recorded_without_trace();
"""


class Migration(migrations.Migration):
    dependencies = [("notes", "0004_search"), ("workshops", "0005_rules_tighten_and_forget")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
