"""Nothing is told any more of whoever was removed; and whoever was erased stays so.

However the two meet: what somebody writes of themselves at the moment in which they are erased
comes too late.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION participants_erased_stay_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'nothing is told any more of whoever was removed' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER participants_removed_are_told_nothing_of
BEFORE UPDATE OF user_id, display_name, affiliation, email ON participants_participant
FOR EACH ROW WHEN (
  OLD.removed_at IS NOT NULL AND NEW.removed_at IS NOT NULL AND (
    (NEW.user_id IS NOT NULL AND NEW.user_id IS DISTINCT FROM OLD.user_id)
    OR (NEW.display_name <> '' AND NEW.display_name <> OLD.display_name)
    OR (NEW.affiliation <> '' AND NEW.affiliation <> OLD.affiliation)
    OR (NEW.email <> '' AND NEW.email <> OLD.email)
  )
) EXECUTE FUNCTION participants_erased_stay_erased();
CREATE TRIGGER participants_erased_stay_erased
BEFORE UPDATE OF removed_at ON participants_participant
FOR EACH ROW WHEN (
  OLD.removed_at IS NOT NULL AND NEW.removed_at IS NULL
  AND OLD.user_id IS NULL AND OLD.display_name = '' AND OLD.affiliation = '' AND OLD.email = ''
) EXECUTE FUNCTION participants_erased_stay_erased();
"""
BACKWARD = """
DROP TRIGGER participants_erased_stay_erased ON participants_participant;
DROP TRIGGER participants_removed_are_told_nothing_of ON participants_participant;
DROP FUNCTION participants_erased_stay_erased();
"""


class Migration(migrations.Migration):
    dependencies = [("participants", "0007_an_owner_stays")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
