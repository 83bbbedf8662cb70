"""What only somebody themselves can do: agree, let more be told of them, come back to their place.

Who keeps the list proposes; once somebody has agreed to the rule, only they let more be told of
them (`services.speaking`), and no invitation leads to their place any more: whoever made it could
read what they wrote.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION participants_only_they_themselves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  listings text[] := ARRAY['none', 'role_label', 'name', 'full'];
  namings text[] := ARRAY['no', 'ask', 'yes'];
  agreed boolean := OLD.consented_at IS NOT NULL;
BEGIN
  IF agreed AND NEW.consented_at IS NULL THEN
    RAISE EXCEPTION 'that somebody agreed stays' USING ERRCODE = '23514';
  END IF;
  IF current_setting('rapporteur.oneself', true) IS DISTINCT FROM NEW.id::text AND (
    array_position(listings, NEW.listing::text)
      > CASE WHEN agreed THEN array_position(listings, OLD.listing::text) ELSE 1 END
    OR array_position(namings, NEW.attribution::text)
      > CASE WHEN agreed THEN array_position(namings, OLD.attribution::text) ELSE 1 END
  ) THEN
    RAISE EXCEPTION 'only they themselves let more be told of them' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER participants_only_they_themselves
BEFORE UPDATE OF listing, attribution, consented_at ON participants_participant
FOR EACH ROW WHEN (OLD.consented_at IS NOT NULL OR NEW.consented_at IS NOT NULL)
EXECUTE FUNCTION participants_only_they_themselves();

CREATE FUNCTION participants_invitations_are_over() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM participants_personallink
  WHERE participant_id = NEW.id AND purpose = 'invitation' AND used_at IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER participants_invitations_are_over
AFTER UPDATE OF consented_at ON participants_participant
FOR EACH ROW WHEN (OLD.consented_at IS NULL AND NEW.consented_at IS NOT NULL)
EXECUTE FUNCTION participants_invitations_are_over();

CREATE FUNCTION participants_link_leads_to_nobody_elses_place() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM participants_participant
             WHERE id = NEW.participant_id AND (user_id IS NOT NULL
               OR consented_at IS NOT NULL AND NEW.purpose = 'invitation'))
  THEN
    RAISE EXCEPTION 'nobody else makes a link to the place of somebody who is in'
      USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER participants_link_leads_to_nobody_elses_place
BEFORE INSERT OR UPDATE OF participant_id, purpose, used_at ON participants_personallink
FOR EACH ROW WHEN (NEW.used_at IS NULL)
EXECUTE FUNCTION participants_link_leads_to_nobody_elses_place();

DELETE FROM participants_personallink link USING participants_participant person
WHERE person.id = link.participant_id AND link.used_at IS NULL AND (person.user_id IS NOT NULL
  OR person.consented_at IS NOT NULL AND link.purpose = 'invitation');
"""
BACKWARD = """
DROP TRIGGER participants_link_leads_to_nobody_elses_place ON participants_personallink;
DROP FUNCTION participants_link_leads_to_nobody_elses_place();
DROP TRIGGER participants_invitations_are_over ON participants_participant;
DROP FUNCTION participants_invitations_are_over();
DROP TRIGGER participants_only_they_themselves ON participants_participant;
DROP FUNCTION participants_only_they_themselves();
"""


class Migration(migrations.Migration):
    dependencies = [("participants", "0008_erased_stay_erased")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
