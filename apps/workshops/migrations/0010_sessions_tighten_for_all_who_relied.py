"""Whoever joined or sent a thought has relied on the rules, of sessions as of the workshop.

A participant is told what is kept of a thought when they send it, and a phone sends what it kept
hours later: a session's rule that is loosened in between would say who sent what.
"""

from django.db import migrations

# The tables belong to apps that stand on this one; PostgreSQL looks them up when a trigger runs.
FORWARD = """
CREATE FUNCTION workshops_is_relied_on(workshop uuid) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  RETURN EXISTS (SELECT FROM notes_note WHERE workshop_id = workshop)
      OR EXISTS (SELECT FROM notes_thought WHERE workshop_id = workshop)
      OR EXISTS (SELECT FROM participants_participant
                 WHERE workshop_id = workshop AND consented_at IS NOT NULL);
END $$;
CREATE OR REPLACE FUNCTION workshops_rule_only_tightens() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE rules text[] := ARRAY['on_record', 'chatham_house', 'anonymous'];
BEGIN
  IF (array_position(rules, NEW.attribution_rule::text)
        < array_position(rules, OLD.attribution_rule::text)
      -- On the record it is kept as it is.
      OR (NEW.keep_speakers AND NOT OLD.keep_speakers AND OLD.attribution_rule <> 'on_record'))
     AND workshops_is_relied_on(OLD.id)
  THEN
    RAISE EXCEPTION 'the attribution rule can only become stricter' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION workshops_session_rule_only_tightens() RETURNS trigger LANGUAGE plpgsql AS $$
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
     AND workshops_is_relied_on(NEW.workshop_id)
  THEN
    RAISE EXCEPTION 'the attribution rule can only become stricter' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
"""
BACKWARD = """
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
CREATE OR REPLACE FUNCTION workshops_session_rule_only_tightens() RETURNS trigger LANGUAGE plpgsql AS $$
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
DROP FUNCTION workshops_is_relied_on(uuid);
"""


class Migration(migrations.Migration):

    dependencies = [("workshops", "0009_search")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
