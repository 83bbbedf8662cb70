"""Answers that come from elsewhere belong to keys that lead to nobody, under every rule."""

from django.db import migrations

FORWARD = """
CREATE OR REPLACE FUNCTION statements_response_taken() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  asked record;
  rule text;
BEGIN
  -- Whoever closes the round, or makes the rule stricter, waits, and then finds the answer.
  SELECT state, scale, means INTO asked FROM statements_round WHERE id = NEW.round_id FOR SHARE;
  SELECT attribution_rule INTO rule FROM workshops_workshop WHERE id = NEW.workshop_id FOR SHARE;
  IF asked.state <> 'open' OR asked.means <> 'devices' THEN
    RAISE EXCEPTION 'this round takes no answers' USING ERRCODE = '23514';
  END IF;
  IF asked.scale = 'three' AND NEW.value NOT BETWEEN -1 AND 1 THEN
    RAISE EXCEPTION 'this round has three answers' USING ERRCODE = '23514';
  END IF;
  IF rule = 'anonymous' AND (NEW.participant_id IS NOT NULL OR NEW.group_id IS NOT NULL) THEN
    RAISE EXCEPTION 'under the anonymous rule nothing leads from an answer to anybody'
      USING ERRCODE = '23514';
  END IF;
  IF NEW.participant_id IS NULL AND NEW.key = '' AND TG_OP = 'INSERT' THEN
    RAISE EXCEPTION 'an answer is somebody''s, or that of a key' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
"""
BACKWARD = """
CREATE OR REPLACE FUNCTION statements_response_taken() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  asked record;
  rule text;
BEGIN
  -- Whoever closes the round, or makes the rule stricter, waits, and then finds the answer.
  SELECT state, scale, means INTO asked FROM statements_round WHERE id = NEW.round_id FOR SHARE;
  SELECT attribution_rule INTO rule FROM workshops_workshop WHERE id = NEW.workshop_id FOR SHARE;
  IF asked.state <> 'open' OR asked.means <> 'devices' THEN
    RAISE EXCEPTION 'this round takes no answers' USING ERRCODE = '23514';
  END IF;
  IF asked.scale = 'three' AND NEW.value NOT BETWEEN -1 AND 1 THEN
    RAISE EXCEPTION 'this round has three answers' USING ERRCODE = '23514';
  END IF;
  IF rule = 'anonymous' AND (NEW.participant_id IS NOT NULL OR NEW.group_id IS NOT NULL) THEN
    RAISE EXCEPTION 'under the anonymous rule nothing leads from an answer to anybody'
      USING ERRCODE = '23514';
  END IF;
  IF rule <> 'anonymous' AND NEW.participant_id IS NULL AND TG_OP = 'INSERT' THEN
    RAISE EXCEPTION 'an answer is somebody''s' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("statements", "0005_opinion_maps")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
