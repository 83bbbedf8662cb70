"""Answers of a closed round are put in no order by a worker, where there are many of them; and reasons
are found without going through all answers.
"""

from django.db import migrations, models

TAKING = """
CREATE OR REPLACE FUNCTION statements_response_taken() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  asked record;
  rule text;
BEGIN
  -- Whoever closes the round, or makes the rule stricter, waits, and then finds the answer.
  SELECT state, scale, means{column} INTO asked
  FROM statements_round WHERE id = NEW.round_id FOR SHARE;
  SELECT attribution_rule INTO rule FROM workshops_workshop WHERE id = NEW.workshop_id FOR SHARE;
  IF asked.means <> 'devices' OR asked.state <> 'open'{unless} THEN
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
# Once, after it was closed, its answers are written anew by chance.
UNLESS = """
     AND NOT (rule = 'anonymous' AND asked.state IN ('closed', 'revealed')
              AND asked.shuffled_at IS NULL AND TG_OP = 'INSERT')"""


class Migration(migrations.Migration):
    dependencies = [
        ("participants", "0016_names_in_one_line"),
        ("statements", "0007_search"),
        ("workshops", "0014_quantifier_table"),
    ]

    operations = [
        migrations.AddField("round", "shuffled_at", models.DateTimeField(blank=True, null=True)),
        migrations.RunSQL(
            TAKING.format(column=", shuffled_at", unless=UNLESS),
            TAKING.format(column="", unless=""),
        ),
        migrations.AddIndex(
            "response",
            models.Index(
                condition=models.Q(("reason", ""), _negated=True),
                fields=["round", "id"],
                name="statements_response_reasons",
            ),
        ),
    ]
