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
    dependencies = [("participants", "0011_mail_ends_with_its_link")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
