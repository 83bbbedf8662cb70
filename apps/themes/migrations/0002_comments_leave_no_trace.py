"""Under the anonymous rule a comment has no author, unless the team wrote it in its role."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION themes_comment_leaves_no_trace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM workshops_workshop
             WHERE id = NEW.workshop_id AND attribution_rule = 'anonymous')
     AND EXISTS (SELECT FROM participants_participant
                 WHERE id = NEW.author_id AND role NOT IN ('owner', 'facilitator', 'rapporteur'))
  THEN
    RAISE EXCEPTION 'under the anonymous rule nothing leads to who wrote a comment'
      USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER themes_comment_leaves_no_trace BEFORE INSERT OR UPDATE OF author_id
ON themes_comment FOR EACH ROW WHEN (NEW.author_id IS NOT NULL)
EXECUTE FUNCTION themes_comment_leaves_no_trace();
"""
BACKWARD = """
DROP TRIGGER themes_comment_leaves_no_trace ON themes_comment;
DROP FUNCTION themes_comment_leaves_no_trace();
"""


class Migration(migrations.Migration):

    dependencies = [("themes", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
