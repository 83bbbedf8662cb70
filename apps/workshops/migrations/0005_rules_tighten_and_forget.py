"""The attribution rule of a session only tightens as well, and what a rule forbids is forgotten.

Once people have relied on the rule, who said what can't be kept where it wasn't before. When a
workshop or a session becomes anonymous, the groups of its notes go, and whatever leads to people
outside the team who wrote something.
"""

from django.db import migrations

# The tables belong to apps that stand on this one; PostgreSQL looks them up when a trigger runs.
FORWARD = """
DROP TRIGGER workshops_rule_only_tightens ON workshops_workshop;
CREATE OR REPLACE FUNCTION workshops_rule_only_tightens() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE rules text[] := ARRAY['on_record', 'chatham_house', 'anonymous'];
BEGIN
  IF (array_position(rules, NEW.attribution_rule::text)
        < array_position(rules, OLD.attribution_rule::text)
      -- On the record it is kept as it is.
      OR (NEW.keep_speakers AND NOT OLD.keep_speakers AND OLD.attribution_rule <> 'on_record'))
     AND (EXISTS (SELECT FROM notes_note WHERE workshop_id = OLD.id)
       OR EXISTS (SELECT FROM participants_participant
                  WHERE workshop_id = OLD.id AND consented_at IS NOT NULL))
  THEN
    RAISE EXCEPTION 'the attribution rule can only become stricter' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER workshops_rule_only_tightens BEFORE UPDATE OF attribution_rule, keep_speakers
ON workshops_workshop FOR EACH ROW EXECUTE FUNCTION workshops_rule_only_tightens();

CREATE FUNCTION workshops_session_rule_only_tightens() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  rules text[] := ARRAY['', 'on_record', 'chatham_house', 'anonymous'];
  whole int := (SELECT array_position(rules, attribution_rule::text)
                FROM workshops_workshop WHERE id = NEW.workshop_id);
  new_one int := array_position(rules, NEW.attribution_rule::text);
  old_one int := CASE TG_OP WHEN 'UPDATE' THEN array_position(rules, OLD.attribution_rule::text) END;
BEGIN
  IF new_one > 1 AND new_one < whole AND new_one IS DISTINCT FROM old_one THEN
    RAISE EXCEPTION 'a session''s attribution rule is no looser than the workshop''s'
      USING ERRCODE = '23514';
  END IF;
  IF GREATEST(new_one, whole) < GREATEST(old_one, whole)
     AND EXISTS (SELECT FROM notes_note WHERE session_id = NEW.id)
  THEN
    RAISE EXCEPTION 'the attribution rule can only become stricter' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER workshops_session_rule_only_tightens BEFORE INSERT OR UPDATE OF attribution_rule
ON workshops_session FOR EACH ROW EXECUTE FUNCTION workshops_session_rule_only_tightens();

CREATE FUNCTION workshops_anonymity_forgets() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE team text[] := ARRAY['owner', 'facilitator', 'rapporteur'];
BEGIN
  UPDATE notes_note SET group_id = NULL
  WHERE group_id IS NOT NULL
    AND CASE TG_TABLE_NAME WHEN 'workshops_session' THEN session_id = NEW.id
                           ELSE workshop_id = NEW.id END;
  UPDATE notes_note SET recorded_by_id = NULL FROM participants_participant person
  WHERE person.id = recorded_by_id AND NOT person.role = ANY(team)
    AND CASE TG_TABLE_NAME WHEN 'workshops_session' THEN notes_note.session_id = NEW.id
                           ELSE notes_note.workshop_id = NEW.id END;
  IF TG_TABLE_NAME = 'workshops_workshop' THEN
    UPDATE themes_comment SET author_id = NULL FROM participants_participant person
    WHERE person.id = author_id AND NOT person.role = ANY(team)
      AND themes_comment.workshop_id = NEW.id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER workshops_anonymity_forgets AFTER UPDATE OF attribution_rule ON workshops_workshop
FOR EACH ROW WHEN (NEW.attribution_rule = 'anonymous' AND OLD.attribution_rule <> 'anonymous')
EXECUTE FUNCTION workshops_anonymity_forgets();
CREATE TRIGGER workshops_anonymity_forgets AFTER UPDATE OF attribution_rule ON workshops_session
FOR EACH ROW WHEN (NEW.attribution_rule = 'anonymous' AND OLD.attribution_rule <> 'anonymous')
EXECUTE FUNCTION workshops_anonymity_forgets();
"""
BACKWARD = """
DROP TRIGGER workshops_anonymity_forgets ON workshops_session;
DROP TRIGGER workshops_anonymity_forgets ON workshops_workshop;
DROP FUNCTION workshops_anonymity_forgets();
DROP TRIGGER workshops_session_rule_only_tightens ON workshops_session;
DROP FUNCTION workshops_session_rule_only_tightens();
DROP TRIGGER workshops_rule_only_tightens ON workshops_workshop;
CREATE OR REPLACE FUNCTION workshops_rule_only_tightens() RETURNS trigger LANGUAGE plpgsql AS $$
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


class Migration(migrations.Migration):

    dependencies = [("workshops", "0004_people_and_rules")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
