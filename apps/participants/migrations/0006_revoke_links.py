"""Links end with what they were made for, whichever way it ends."""

from django.db import migrations

OF_PERSON = """
CREATE FUNCTION participants_revoke_links() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM participants_personallink WHERE participant_id = NEW.id AND used_at IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER participants_revoke_links
AFTER UPDATE OF role, removed_at, user_id ON participants_participant
FOR EACH ROW WHEN (
  OLD.role IS DISTINCT FROM NEW.role
  OR OLD.removed_at IS DISTINCT FROM NEW.removed_at
  OR OLD.user_id IS DISTINCT FROM NEW.user_id
) EXECUTE FUNCTION participants_revoke_links();
"""
OF_WORKSHOP = """
CREATE FUNCTION participants_revoke_links_of_workshop() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM participants_personallink WHERE used_at IS NULL AND participant_id IN (
    SELECT id FROM participants_participant WHERE workshop_id = NEW.id
  );
  RETURN NULL;
END $$;
CREATE TRIGGER participants_revoke_links_of_workshop
AFTER UPDATE OF phase, purged_at ON workshops_workshop
FOR EACH ROW WHEN (
  NEW.phase = 'archived' AND OLD.phase <> 'archived'
  OR OLD.purged_at IS DISTINCT FROM NEW.purged_at
) EXECUTE FUNCTION participants_revoke_links_of_workshop();
"""
BACK = """
DROP TRIGGER participants_revoke_links ON participants_participant;
DROP FUNCTION participants_revoke_links();
"""
BACK_OF_WORKSHOP = """
DROP TRIGGER participants_revoke_links_of_workshop ON workshops_workshop;
DROP FUNCTION participants_revoke_links_of_workshop();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("participants", "0005_nobody_after_the_purge"),
        ("workshops", "0004_people_and_rules"),
    ]

    operations = [
        migrations.RunSQL(OF_PERSON, BACK),
        migrations.RunSQL(OF_WORKSHOP, BACK_OF_WORKSHOP),
    ]
