"""Under the anonymous rule nothing leads from a thought to who sent it; and none after the purge."""

from django.db import migrations

import apps.core.constraints

FORWARD = """
CREATE FUNCTION notes_thought_leaves_no_trace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Whoever makes the rule stricter at this moment waits, and then finds the thought.
  PERFORM FROM workshops_session s JOIN workshops_workshop w ON w.id = s.workshop_id
  WHERE s.id = NEW.session_id FOR SHARE OF s, w;
  IF EXISTS (SELECT FROM workshops_session s JOIN workshops_workshop w ON w.id = s.workshop_id
             WHERE s.id = NEW.session_id
               AND 'anonymous' IN (s.attribution_rule, w.attribution_rule))
  THEN
    RAISE EXCEPTION 'under the anonymous rule nothing leads to who sent a thought'
      USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER notes_thought_leaves_no_trace
BEFORE INSERT OR UPDATE OF author_id, group_id, session_id ON notes_thought
FOR EACH ROW WHEN (NEW.author_id IS NOT NULL OR NEW.group_id IS NOT NULL)
EXECUTE FUNCTION notes_thought_leaves_no_trace();

CREATE FUNCTION notes_anonymity_forgets_thoughts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE notes_thought SET author_id = NULL, group_id = NULL
  WHERE CASE TG_TABLE_NAME WHEN 'workshops_session' THEN session_id = NEW.id
                           ELSE workshop_id = NEW.id END;
  RETURN NULL;
END $$;
CREATE TRIGGER notes_anonymity_forgets_thoughts AFTER UPDATE OF attribution_rule
ON workshops_workshop FOR EACH ROW
WHEN (NEW.attribution_rule = 'anonymous' AND OLD.attribution_rule <> 'anonymous')
EXECUTE FUNCTION notes_anonymity_forgets_thoughts();
CREATE TRIGGER notes_anonymity_forgets_thoughts AFTER UPDATE OF attribution_rule
ON workshops_session FOR EACH ROW
WHEN (NEW.attribution_rule = 'anonymous' AND OLD.attribution_rule <> 'anonymous')
EXECUTE FUNCTION notes_anonymity_forgets_thoughts();

CREATE TRIGGER notes_thought_after_purge BEFORE INSERT ON notes_thought
FOR EACH ROW EXECUTE FUNCTION participants_of_purged_workshop();
"""
BACKWARD = """
DROP TRIGGER notes_thought_after_purge ON notes_thought;
DROP TRIGGER notes_anonymity_forgets_thoughts ON workshops_session;
DROP TRIGGER notes_anonymity_forgets_thoughts ON workshops_workshop;
DROP FUNCTION notes_anonymity_forgets_thoughts();
DROP TRIGGER notes_thought_leaves_no_trace ON notes_thought;
DROP FUNCTION notes_thought_leaves_no_trace();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("notes", "0007_redaction"),
        ("participants", "0005_nobody_after_the_purge"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="thought",
            constraint=apps.core.constraints.SameParent(
                fields=("workshop", "author"),
                name="notes_thought_author_within",
                to="participants.Participant",
                to_fields=("workshop", "id"),
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
