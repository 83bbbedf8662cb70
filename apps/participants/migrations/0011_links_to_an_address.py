"""A link that went to an address ends when the list says another one."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER participants_revoke_links_to_an_address
AFTER UPDATE OF email ON participants_participant
FOR EACH ROW WHEN (OLD.email <> '' AND OLD.email <> NEW.email AND NEW.consented_at IS NULL)
EXECUTE FUNCTION participants_revoke_links();
"""
BACKWARD = "DROP TRIGGER participants_revoke_links_to_an_address ON participants_participant;"


class Migration(migrations.Migration):
    dependencies = [("participants", "0010_no_groups_anonymously")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
