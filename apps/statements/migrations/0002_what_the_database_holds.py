"""Answers are taken while their round is open, and counted as they are taken; what was asked and
what it came to never changes; under the anonymous rule answers lead to nobody.
"""

from django.db import migrations

from apps.core.database import unchangeable

SHARDS = 16

ROUNDS = """
CREATE FUNCTION statements_round_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
    ('draft', 'open'), ('open', 'closed'), ('closed', 'open'), ('closed', 'revealed')
  ) THEN
    RAISE EXCEPTION 'a round goes from % to % by steps', OLD.state, NEW.state
      USING ERRCODE = '23514';
  END IF;
  IF OLD.state <> 'draft' AND (NEW.statement_id, NEW.wording_id, NEW.number, NEW.scale, NEW.means)
    IS DISTINCT FROM (OLD.statement_id, OLD.wording_id, OLD.number, OLD.scale, OLD.means)
  THEN
    RAISE EXCEPTION 'what was asked stays as it was asked' USING ERRCODE = '23514';
  END IF;
  IF OLD.state = 'revealed' AND NEW.members IS DISTINCT FROM OLD.members THEN
    RAISE EXCEPTION 'what was revealed stays as it was revealed' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER statements_round_goes_on BEFORE UPDATE ON statements_round
FOR EACH ROW EXECUTE FUNCTION statements_round_goes_on();

CREATE FUNCTION statements_wording_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM statements_round WHERE wording_id = OLD.id AND state <> 'draft') THEN
    RAISE EXCEPTION 'people answered these words' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER statements_wording_stays BEFORE UPDATE OF text, number, statement_id
ON statements_wording FOR EACH ROW EXECUTE FUNCTION statements_wording_stays();
"""
ROUNDS_BACK = """
DROP TRIGGER statements_wording_stays ON statements_wording;
DROP FUNCTION statements_wording_stays();
DROP TRIGGER statements_round_goes_on ON statements_round;
DROP FUNCTION statements_round_goes_on();
"""

TAKING = """
CREATE FUNCTION statements_response_taken() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER statements_response_taken
BEFORE INSERT OR UPDATE OF round_id, value, key, reason ON statements_response
FOR EACH ROW EXECUTE FUNCTION statements_response_taken();

CREATE FUNCTION statements_count(asked uuid, of_group uuid, answer int, place int, by int)
RETURNS void LANGUAGE sql AS $$
  INSERT INTO statements_tally (round_id, group_id, value, shard, count)
  VALUES (asked, of_group, answer, place, by)
  ON CONFLICT ON CONSTRAINT statements_tally_once
  DO UPDATE SET count = statements_tally.count + EXCLUDED.count;
$$;

CREATE FUNCTION statements_response_counted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- One answer keeps to one of several rows, so that answers given at once don't wait in line;
  -- and two rows are always taken in the same order, so that none waits for another for ever.
  IF TG_OP = 'INSERT' THEN
    PERFORM statements_count(NEW.round_id, NEW.group_id, NEW.value,
                             abs(hashtext(NEW.id::text) % SHARDS), 1);
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM statements_count(OLD.round_id, OLD.group_id, OLD.value,
                             abs(hashtext(OLD.id::text) % SHARDS), -1);
  ELSIF (OLD.group_id, OLD.value) IS DISTINCT FROM (NEW.group_id, NEW.value) THEN
    IF (OLD.value, OLD.group_id::text) < (NEW.value, NEW.group_id::text) IS NOT FALSE THEN
      PERFORM statements_count(OLD.round_id, OLD.group_id, OLD.value,
                               abs(hashtext(OLD.id::text) % SHARDS), -1);
      PERFORM statements_count(NEW.round_id, NEW.group_id, NEW.value,
                               abs(hashtext(NEW.id::text) % SHARDS), 1);
    ELSE
      PERFORM statements_count(NEW.round_id, NEW.group_id, NEW.value,
                               abs(hashtext(NEW.id::text) % SHARDS), 1);
      PERFORM statements_count(OLD.round_id, OLD.group_id, OLD.value,
                               abs(hashtext(OLD.id::text) % SHARDS), -1);
    END IF;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER statements_response_counted AFTER INSERT OR UPDATE OR DELETE
ON statements_response FOR EACH ROW EXECUTE FUNCTION statements_response_counted();
""".replace("SHARDS", str(SHARDS))
TAKING_BACK = """
DROP TRIGGER statements_response_counted ON statements_response;
DROP FUNCTION statements_response_counted();
DROP FUNCTION statements_count(uuid, uuid, int, int, int);
DROP TRIGGER statements_response_taken ON statements_response;
DROP FUNCTION statements_response_taken();
"""

FORGETTING = """
CREATE FUNCTION statements_anonymity_forgets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Who has answered answers no second time; what they answered is nobody's from now on.
  INSERT INTO statements_answered (workshop_id, round_id, participant_id)
  SELECT r.workshop_id, r.round_id, r.participant_id
  FROM statements_response r JOIN statements_round o ON o.id = r.round_id
  WHERE r.workshop_id = NEW.id AND o.state = 'open' AND r.participant_id IS NOT NULL
  ON CONFLICT DO NOTHING;
  UPDATE statements_response SET participant_id = NULL, group_id = NULL
  WHERE workshop_id = NEW.id AND (participant_id IS NOT NULL OR group_id IS NOT NULL);
  UPDATE statements_proposal SET author_id = NULL
  WHERE workshop_id = NEW.id AND author_id IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER statements_anonymity_forgets AFTER UPDATE OF attribution_rule
ON workshops_workshop FOR EACH ROW
WHEN (NEW.attribution_rule = 'anonymous' AND OLD.attribution_rule <> 'anonymous')
EXECUTE FUNCTION statements_anonymity_forgets();

CREATE FUNCTION statements_proposal_leaves_no_trace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM workshops_workshop
             WHERE id = NEW.workshop_id AND attribution_rule = 'anonymous' FOR SHARE)
  THEN
    RAISE EXCEPTION 'under the anonymous rule nothing leads to who proposed a statement'
      USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER statements_proposal_leaves_no_trace
BEFORE INSERT OR UPDATE OF author_id ON statements_proposal
FOR EACH ROW WHEN (NEW.author_id IS NOT NULL)
EXECUTE FUNCTION statements_proposal_leaves_no_trace();

CREATE TRIGGER statements_response_after_purge BEFORE INSERT ON statements_response
FOR EACH ROW EXECUTE FUNCTION participants_of_purged_workshop();
CREATE TRIGGER statements_answered_after_purge BEFORE INSERT ON statements_answered
FOR EACH ROW EXECUTE FUNCTION participants_of_purged_workshop();
CREATE TRIGGER statements_proposal_after_purge BEFORE INSERT ON statements_proposal
FOR EACH ROW EXECUTE FUNCTION participants_of_purged_workshop();
"""
FORGETTING_BACK = """
DROP TRIGGER statements_proposal_after_purge ON statements_proposal;
DROP TRIGGER statements_answered_after_purge ON statements_answered;
DROP TRIGGER statements_response_after_purge ON statements_response;
DROP TRIGGER statements_proposal_leaves_no_trace ON statements_proposal;
DROP FUNCTION statements_proposal_leaves_no_trace();
DROP TRIGGER statements_anonymity_forgets ON workshops_workshop;
DROP FUNCTION statements_anonymity_forgets();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("statements", "0001_initial"),
        ("participants", "0005_nobody_after_the_purge"),
    ]

    operations = [
        migrations.RunSQL(ROUNDS, ROUNDS_BACK),
        migrations.RunSQL(TAKING, TAKING_BACK),
        migrations.RunSQL(FORGETTING, FORGETTING_BACK),
        unchangeable(
            "statements_result", ["workshop_id", "round_id", "content", "sha256", "created_at"]
        ),
        unchangeable(
            "statements_snapshot",
            ["workshop_id", "number", "content", "sha256", "made_with", "created_at"],
        ),
    ]
