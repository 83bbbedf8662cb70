"""Answers of a closed round are put in no order by a worker, where there are many of them; reasons
are found without going through all answers; and what holds together the answers of one person goes
when the rule becomes anonymous.
"""

from django.db import migrations, models

TAKING = """
CREATE OR REPLACE FUNCTION statements_response_taken() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  asked record;
  rule text;
  -- Once, after the round was closed, its answers are written anew by chance.
  again boolean;
BEGIN
  -- Whoever closes the round, or makes the rule stricter, waits, and then finds the answer.
  SELECT state, scale, means, shuffled_at INTO asked
  FROM statements_round WHERE id = NEW.round_id FOR SHARE;
  SELECT attribution_rule INTO rule FROM workshops_workshop WHERE id = NEW.workshop_id FOR SHARE;
  again := TG_OP = 'INSERT' AND rule = 'anonymous'
           AND asked.state IN ('closed', 'revealed') AND asked.shuffled_at IS NULL;
  IF asked.means <> 'devices' OR NOT (asked.state = 'open' OR again) THEN
    RAISE EXCEPTION 'this round takes no answers' USING ERRCODE = '23514';
  END IF;
  IF asked.scale = 'three' AND NEW.value NOT BETWEEN -1 AND 1 THEN
    RAISE EXCEPTION 'this round has three answers' USING ERRCODE = '23514';
  END IF;
  IF rule = 'anonymous' AND (NEW.participant_id IS NOT NULL OR NEW.group_id IS NOT NULL) THEN
    RAISE EXCEPTION 'under the anonymous rule nothing leads from an answer to anybody'
      USING ERRCODE = '23514';
  END IF;
  IF NEW.participant_id IS NULL AND NEW.key = '' AND TG_OP = 'INSERT' AND NOT again THEN
    RAISE EXCEPTION 'an answer is somebody''s, or that of a key' USING ERRCODE = '23514';
  END IF;
  IF TG_OP = 'INSERT' AND NOT again THEN
    PERFORM participants_refuse_after_purge(NEW.workshop_id);
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER statements_response_after_purge ON statements_response;
"""
TAKING_BACK = """
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
CREATE TRIGGER statements_response_after_purge BEFORE INSERT ON statements_response
FOR EACH ROW EXECUTE FUNCTION participants_of_purged_workshop();
"""
PARTING = """
CREATE FUNCTION statements_anonymity_parts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- In these the answers of one person stand side by side.
  DELETE FROM statements_answersfile WHERE workshop_id = NEW.id;
  DELETE FROM statements_opinionmap WHERE workshop_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER statements_anonymity_parts AFTER UPDATE OF attribution_rule
ON workshops_workshop FOR EACH ROW
WHEN (NEW.attribution_rule = 'anonymous' AND OLD.attribution_rule <> 'anonymous')
EXECUTE FUNCTION statements_anonymity_parts();
"""
PARTING_BACK = """
DROP TRIGGER statements_anonymity_parts ON workshops_workshop;
DROP FUNCTION statements_anonymity_parts();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("participants", "0016_names_in_one_line"),
        ("statements", "0007_search"),
        ("workshops", "0014_quantifier_table"),
    ]

    operations = [
        migrations.AddField("round", "shuffled_at", models.DateTimeField(blank=True, null=True)),
        migrations.RunSQL(TAKING, TAKING_BACK),
        migrations.RunSQL(PARTING, PARTING_BACK),
        migrations.AddIndex(
            "response",
            models.Index(
                condition=models.Q(("reason", ""), _negated=True),
                fields=["round", "id"],
                name="statements_response_reasons",
            ),
        ),
    ]
