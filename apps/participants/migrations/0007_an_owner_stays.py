"""A workshop keeps an owner who is here, until what is personal has been deleted.

Looked at when the transaction ends, so that the ownership may change hands within it, and so that
a workshop may be deleted whole. Of two transactions that take away one owner each, the second
waits for the first. An account can be closed at any time; what can't go is the tie of the only
owner to theirs, and with it the account, before somebody else owns the workshop.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION participants_an_owner_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE purged timestamptz;
BEGIN
  SELECT purged_at INTO purged FROM workshops_workshop WHERE id = OLD.workshop_id
  FOR NO KEY UPDATE;
  IF FOUND AND purged IS NULL AND NOT EXISTS (
    SELECT FROM participants_participant
    WHERE workshop_id = OLD.workshop_id AND role = 'owner'
      AND removed_at IS NULL AND admitted_at IS NOT NULL
      AND (user_id IS NOT NULL OR consented_at IS NOT NULL)
  )
  THEN
    RAISE EXCEPTION 'a workshop keeps an owner who is here' USING ERRCODE = '23514';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER participants_an_owner_stays
AFTER DELETE OR UPDATE OF workshop_id, user_id, role, consented_at, admitted_at, removed_at
ON participants_participant DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (
  OLD.role = 'owner' AND OLD.removed_at IS NULL AND OLD.admitted_at IS NOT NULL
  AND (OLD.user_id IS NOT NULL OR OLD.consented_at IS NOT NULL)
) EXECUTE FUNCTION participants_an_owner_stays();
"""
BACKWARD = """
DROP TRIGGER participants_an_owner_stays ON participants_participant;
DROP FUNCTION participants_an_owner_stays();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("participants", "0006_revoke_links"),
        ("workshops", "0008_archived_once_purged"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
