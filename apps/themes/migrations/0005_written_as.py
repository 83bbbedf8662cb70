"""A comment bears as what it was written, and is shown by that alone.

What was written before is given what its author is now, the best that is known: a group only where
it could stand for them.
"""

import apps.core.constraints
import django.db.models.deletion
from django.db import migrations, models

FILL = """
UPDATE themes_comment comment SET written_as = person.role
FROM participants_participant person WHERE person.id = comment.author_id;

UPDATE themes_comment comment SET group_id = member.group_id
FROM participants_groupmembership member
JOIN workshops_workshop workshop
  ON workshop.id = member.workshop_id AND workshop.main_axis = member.axis
WHERE member.participant_id = comment.author_id AND comment.written_as = 'participant'
  AND CASE workshop.attribution_rule WHEN 'on_record' THEN true WHEN 'anonymous' THEN false ELSE
    (SELECT count(*) FROM participants_groupmembership other
     JOIN participants_participant person ON person.id = other.participant_id
     WHERE other.group_id = member.group_id AND person.role = 'participant'
       AND person.consented_at IS NOT NULL AND person.admitted_at IS NOT NULL
       AND person.removed_at IS NULL) >= 5 END;
"""

# What a comment was written as never changes; whose it was can only be forgotten.
FORWARD = """
CREATE FUNCTION themes_comment_keeps_how_it_was_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF EXISTS (SELECT FROM participants_participant
               WHERE id = NEW.author_id AND role <> NEW.written_as)
    THEN
      RAISE EXCEPTION 'a comment is written in its author''s role' USING ERRCODE = '23514';
    END IF;
  ELSIF NEW.written_as <> OLD.written_as
     OR NEW.author_id <> COALESCE(OLD.author_id, gen_random_uuid())
     OR NEW.group_id <> COALESCE(OLD.group_id, gen_random_uuid())
  THEN
    RAISE EXCEPTION 'a comment keeps as what it was written' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER themes_comment_keeps_how_it_was_written
BEFORE INSERT OR UPDATE OF author_id, written_as, group_id ON themes_comment
FOR EACH ROW EXECUTE FUNCTION themes_comment_keeps_how_it_was_written();

DROP TRIGGER themes_comment_leaves_no_trace ON themes_comment;
CREATE OR REPLACE FUNCTION themes_comment_leaves_no_trace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.written_as NOT IN ('owner', 'facilitator', 'rapporteur')
     AND EXISTS (SELECT FROM workshops_workshop
                 WHERE id = NEW.workshop_id AND attribution_rule = 'anonymous')
  THEN
    RAISE EXCEPTION 'under the anonymous rule nothing leads to who wrote a comment'
      USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER themes_comment_leaves_no_trace BEFORE INSERT OR UPDATE OF author_id, group_id
ON themes_comment FOR EACH ROW WHEN (NEW.author_id IS NOT NULL OR NEW.group_id IS NOT NULL)
EXECUTE FUNCTION themes_comment_leaves_no_trace();

CREATE FUNCTION themes_anonymity_forgets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE themes_comment SET author_id = NULL, group_id = NULL
  WHERE workshop_id = NEW.id AND written_as NOT IN ('owner', 'facilitator', 'rapporteur')
    AND (author_id IS NOT NULL OR group_id IS NOT NULL);
  RETURN NULL;
END $$;
CREATE TRIGGER themes_anonymity_forgets AFTER UPDATE OF attribution_rule ON workshops_workshop
FOR EACH ROW WHEN (NEW.attribution_rule = 'anonymous' AND OLD.attribution_rule <> 'anonymous')
EXECUTE FUNCTION themes_anonymity_forgets();

-- The log keeps what was written, and would lead to them still.
CREATE FUNCTION themes_log_names_no_participant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM participants_participant
             WHERE id = NEW.actor_id AND role NOT IN ('owner', 'facilitator', 'rapporteur'))
  THEN
    RAISE EXCEPTION 'the log names no participant who wrote a comment' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER themes_log_names_no_participant BEFORE INSERT ON core_auditentry
FOR EACH ROW WHEN (
  NEW.actor_id IS NOT NULL AND NEW.verb IN ('comment.written', 'comment.answered', 'comment.edited')
) EXECUTE FUNCTION themes_log_names_no_participant();
"""
BACKWARD = """
DROP TRIGGER themes_log_names_no_participant ON core_auditentry;
DROP FUNCTION themes_log_names_no_participant();
DROP TRIGGER themes_anonymity_forgets ON workshops_workshop;
DROP FUNCTION themes_anonymity_forgets();
DROP TRIGGER themes_comment_keeps_how_it_was_written ON themes_comment;
DROP FUNCTION themes_comment_keeps_how_it_was_written();
DROP TRIGGER themes_comment_leaves_no_trace ON themes_comment;
CREATE OR REPLACE FUNCTION themes_comment_leaves_no_trace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM workshops_workshop
             WHERE id = NEW.workshop_id AND attribution_rule = 'anonymous')
     AND EXISTS (SELECT FROM participants_participant
                 WHERE id = NEW.author_id AND role NOT IN ('owner', 'facilitator', 'rapporteur'))
  THEN
    RAISE EXCEPTION 'under the anonymous rule nothing leads to who wrote a comment'
      USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER themes_comment_leaves_no_trace BEFORE INSERT OR UPDATE OF author_id
ON themes_comment FOR EACH ROW WHEN (NEW.author_id IS NOT NULL)
EXECUTE FUNCTION themes_comment_leaves_no_trace();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("core", "0002_append_only"),
        ("participants", "0006_revoke_links"),
        ("themes", "0004_receipts"),
        ("workshops", "0009_search"),
    ]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="written_as",
            field=models.CharField(
                choices=[
                    ("owner", "Owner"),
                    ("facilitator", "Facilitator"),
                    ("rapporteur", "Rapporteur"),
                    ("participant", "Participant"),
                    ("observer", "Observer"),
                ],
                default="participant",
                max_length=12,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="comment",
            name="group",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="participants.group",
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        # What was just filled in waits for its foreign keys, and a table can't be altered before.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("written_as__in",
                     ["owner", "facilitator", "rapporteur", "participant", "observer"])
                ),
                name="themes_comment_written_as_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("group__isnull", True), ("written_as", "participant"), _connector="OR"
                ),
                name="themes_comment_team_in_no_group",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=apps.core.constraints.SameParent(
                fields=("workshop", "group"),
                name="themes_comment_group_within",
                to="participants.Group",
                to_fields=("workshop", "id"),
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
