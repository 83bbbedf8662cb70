"""Under the anonymous rule nobody's group is kept."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION participants_no_groups_anonymously() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'workshops_workshop' THEN
    DELETE FROM participants_groupmembership WHERE workshop_id = NEW.id;
    RETURN NULL;
  END IF;
  IF EXISTS (SELECT FROM workshops_workshop
             WHERE id = NEW.workshop_id AND attribution_rule = 'anonymous')
  THEN
    RAISE EXCEPTION 'under the anonymous rule nobody''s group is kept' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER participants_no_groups_anonymously
BEFORE INSERT OR UPDATE ON participants_groupmembership
FOR EACH ROW EXECUTE FUNCTION participants_no_groups_anonymously();
CREATE TRIGGER participants_no_groups_anonymously
AFTER UPDATE OF attribution_rule ON workshops_workshop
FOR EACH ROW WHEN (NEW.attribution_rule = 'anonymous' AND OLD.attribution_rule <> 'anonymous')
EXECUTE FUNCTION participants_no_groups_anonymously();

DELETE FROM participants_groupmembership WHERE workshop_id IN (
  SELECT id FROM workshops_workshop WHERE attribution_rule = 'anonymous'
);
"""
BACKWARD = """
DROP TRIGGER participants_no_groups_anonymously ON workshops_workshop;
DROP TRIGGER participants_no_groups_anonymously ON participants_groupmembership;
DROP FUNCTION participants_no_groups_anonymously();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("participants", "0009_only_they_themselves"),
        ("workshops", "0005_rules_tighten_and_forget"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
