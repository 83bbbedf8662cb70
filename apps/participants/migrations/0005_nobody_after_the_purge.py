"""Once the day of deletion has come, nothing personal can be added to a workshop again.

The trigger takes a share of the lock that the purge holds: whatever is written at the same time
waits until it is done, and is then refused.
"""

from django.db import migrations, models

OF_WORKSHOP = ["participants_joincode", "participants_groupmembership", "participants_rosterdraft"]

FUNCTIONS = """
CREATE FUNCTION participants_refuse_after_purge(of_workshop uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE purged timestamptz;
BEGIN
  SELECT purged_at INTO purged FROM workshops_workshop WHERE id = of_workshop FOR KEY SHARE;
  IF purged IS NOT NULL THEN
    RAISE EXCEPTION 'what is personal was deleted, and nothing is added' USING ERRCODE = '23514';
  END IF;
END $$;

CREATE FUNCTION participants_of_purged_workshop() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM participants_refuse_after_purge(NEW.workshop_id); RETURN NEW; END $$;

CREATE FUNCTION participants_link_of_purged_workshop() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM participants_refuse_after_purge(
    (SELECT workshop_id FROM participants_participant WHERE id = NEW.participant_id)
  );
  RETURN NEW;
END $$;

CREATE TRIGGER participants_participant_added_after_purge BEFORE INSERT ON participants_participant
FOR EACH ROW EXECUTE FUNCTION participants_of_purged_workshop();

CREATE TRIGGER participants_participant_told_after_purge
BEFORE UPDATE OF user_id, display_name, affiliation, email ON participants_participant
FOR EACH ROW WHEN (
  (NEW.user_id IS NOT NULL AND NEW.user_id IS DISTINCT FROM OLD.user_id)
  OR (NEW.display_name <> '' AND NEW.display_name <> OLD.display_name)
  OR (NEW.affiliation <> '' AND NEW.affiliation <> OLD.affiliation)
  OR (NEW.email <> '' AND NEW.email <> OLD.email)
) EXECUTE FUNCTION participants_of_purged_workshop();

CREATE TRIGGER participants_personallink_after_purge BEFORE INSERT ON participants_personallink
FOR EACH ROW EXECUTE FUNCTION participants_link_of_purged_workshop();
"""
TRIGGERS = "".join(
    f"CREATE TRIGGER {table}_after_purge BEFORE INSERT ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION participants_of_purged_workshop();\n"
    for table in OF_WORKSHOP
)
BACK = (
    """
DROP TRIGGER participants_participant_added_after_purge ON participants_participant;
DROP TRIGGER participants_participant_told_after_purge ON participants_participant;
DROP TRIGGER participants_personallink_after_purge ON participants_personallink;
"""
    + "".join(f"DROP TRIGGER {table}_after_purge ON {table};\n" for table in OF_WORKSHOP)
    + """
DROP FUNCTION participants_of_purged_workshop();
DROP FUNCTION participants_link_of_purged_workshop();
DROP FUNCTION participants_refuse_after_purge(uuid);
"""
)


class Migration(migrations.Migration):
    dependencies = [("participants", "0004_people"), ("workshops", "0004_people_and_rules")]

    operations = [
        *[
            migrations.AlterField("purgereport", name, models.JSONField(default=list))
            for name in ("deleted", "remaining", "kept")
        ],
        migrations.RunSQL(FUNCTIONS + TRIGGERS, BACK),
    ]
