"""What hasn't left yet of a mail with a personal link goes with the link, however that ends."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION participants_withdraw_mail() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM core_outgoingmail WHERE about = OLD.id;
  RETURN NULL;
END $$;
CREATE TRIGGER participants_withdraw_mail AFTER DELETE ON participants_personallink
FOR EACH ROW EXECUTE FUNCTION participants_withdraw_mail();
"""
BACKWARD = """
DROP TRIGGER participants_withdraw_mail ON participants_personallink;
DROP FUNCTION participants_withdraw_mail();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("participants", "0010_no_groups_anonymously"),
        ("core", "0004_outgoing_mail"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
