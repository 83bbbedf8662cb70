"""The attribution rule becomes no looser once people have relied on it."""

from django.db import migrations

# The tables belong to apps that stand on this one; PostgreSQL looks them up when the trigger runs.
FORWARD = """
CREATE FUNCTION workshops_rule_only_tightens() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE rules text[] := ARRAY['on_record', 'chatham_house', 'anonymous'];
BEGIN
  IF array_position(rules, NEW.attribution_rule::text)
       < array_position(rules, OLD.attribution_rule::text)
     AND (EXISTS (SELECT FROM notes_note WHERE workshop_id = OLD.id)
       OR EXISTS (SELECT FROM participants_participant
                  WHERE workshop_id = OLD.id AND consented_at IS NOT NULL))
  THEN
    RAISE EXCEPTION 'the attribution rule can only become stricter' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER workshops_rule_only_tightens BEFORE UPDATE OF attribution_rule
ON workshops_workshop FOR EACH ROW EXECUTE FUNCTION workshops_rule_only_tightens();
"""
BACKWARD = """
DROP TRIGGER workshops_rule_only_tightens ON workshops_workshop;
DROP FUNCTION workshops_rule_only_tightens();
"""


class Migration(migrations.Migration):

    dependencies = [("workshops", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
