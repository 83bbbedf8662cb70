"""Nothing new rests on a note that was redacted. What rested on it before says so."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER annotations_evidence_of_a_standing_note
BEFORE INSERT OR UPDATE OF note_id ON annotations_evidence
FOR EACH ROW EXECUTE FUNCTION notes_needs_a_standing_note();
"""
BACKWARD = """
DROP TRIGGER annotations_evidence_of_a_standing_note ON annotations_evidence;
"""


class Migration(migrations.Migration):

    dependencies = [("annotations", "0002_search"), ("notes", "0007_redaction")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
