"""A note that was redacted stands under no theme, and is filed under none."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION themes_redaction_unfiles() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM themes_filing WHERE note_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER themes_redaction_unfiles AFTER UPDATE OF redacted_at ON notes_note
FOR EACH ROW WHEN (OLD.redacted_at IS NULL AND NEW.redacted_at IS NOT NULL)
EXECUTE FUNCTION themes_redaction_unfiles();

CREATE TRIGGER themes_filing_of_a_standing_note BEFORE INSERT OR UPDATE OF note_id ON themes_filing
FOR EACH ROW EXECUTE FUNCTION notes_needs_a_standing_note();
"""
BACKWARD = """
DROP TRIGGER themes_filing_of_a_standing_note ON themes_filing;
DROP TRIGGER themes_redaction_unfiles ON notes_note;
DROP FUNCTION themes_redaction_unfiles();
"""


class Migration(migrations.Migration):

    dependencies = [("themes", "0005_written_as"), ("notes", "0007_redaction")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
