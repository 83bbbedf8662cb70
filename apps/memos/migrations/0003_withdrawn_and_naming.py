"""A version made under a looser rule is withdrawn; and whom a version names is known by their ids.

Whoever made the rule stricter, by whatever way: what was published before can be read by the team
alone from that moment on.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

# By name as it was matched until now, but for those alone whom nobody shares it with.
FILL = """
UPDATE memos_memoversion version SET naming = ARRAY(
  SELECT person.id FROM participants_participant person
  JOIN memos_memo memo ON memo.id = version.memo_id AND memo.workshop_id = person.workshop_id
  WHERE person.display_name <> '' AND person.consented_at <= version.created_at
    AND (person.listing IN ('full', 'name') OR person.attribution = 'yes')
    AND NOT EXISTS (
      SELECT FROM participants_participant other
      WHERE other.workshop_id = person.workshop_id AND other.id <> person.id
        AND other.display_name = person.display_name)
    AND (version.content @> jsonb_build_object('blocks', jsonb_build_array(jsonb_build_object(
           'type', 'people',
           'rows', jsonb_build_array(jsonb_build_object('name', person.display_name)))))
      OR version.content @> jsonb_build_object('blocks', jsonb_build_array(jsonb_build_object(
           'type', 'comments',
           'items', jsonb_build_array(jsonb_build_object('who', person.display_name))))))
);
"""

FORWARD = """
CREATE FUNCTION memos_withdraw_versions() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  rules text[] := ARRAY['', 'on_record', 'chatham_house', 'anonymous'];
  whole int := 1;
  of_workshop uuid := NEW.id;
BEGIN
  IF TG_TABLE_NAME = 'workshops_session' THEN
    of_workshop := NEW.workshop_id;
    whole := (SELECT array_position(rules, attribution_rule::text)
              FROM workshops_workshop WHERE id = of_workshop);
    IF NOT EXISTS (SELECT FROM notes_note WHERE session_id = NEW.id) THEN
      RETURN NULL;
    END IF;
  END IF;
  IF GREATEST(whole, array_position(rules, NEW.attribution_rule::text))
     > GREATEST(whole, array_position(rules, OLD.attribution_rule::text))
  THEN
    UPDATE memos_memoversion SET withdrawn_at = now()
    WHERE withdrawn_at IS NULL AND content->>'draft' = 'false'
      AND memo_id IN (SELECT id FROM memos_memo WHERE workshop_id = of_workshop);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER memos_withdraw_versions AFTER UPDATE OF attribution_rule ON workshops_workshop
FOR EACH ROW WHEN (OLD.attribution_rule <> NEW.attribution_rule)
EXECUTE FUNCTION memos_withdraw_versions();
CREATE TRIGGER memos_withdraw_versions AFTER UPDATE OF attribution_rule ON workshops_session
FOR EACH ROW WHEN (OLD.attribution_rule <> NEW.attribution_rule)
EXECUTE FUNCTION memos_withdraw_versions();

CREATE FUNCTION memos_stay_withdrawn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a version that was withdrawn stays so' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER memos_stay_withdrawn BEFORE UPDATE OF withdrawn_at ON memos_memoversion
FOR EACH ROW WHEN (OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS NULL)
EXECUTE FUNCTION memos_stay_withdrawn();
"""
BACKWARD = """
DROP TRIGGER memos_stay_withdrawn ON memos_memoversion;
DROP FUNCTION memos_stay_withdrawn();
DROP TRIGGER memos_withdraw_versions ON workshops_session;
DROP TRIGGER memos_withdraw_versions ON workshops_workshop;
DROP FUNCTION memos_withdraw_versions();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("memos", "0002_frozen_versions"),
        ("notes", "0001_initial"),
        ("participants", "0004_people"),
        ("workshops", "0005_rules_tighten_and_forget"),
    ]

    operations = [
        migrations.AddField(
            model_name="memoversion",
            name="naming",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), blank=True, default=list, editable=False, size=None
            ),
        ),
        migrations.AddField(
            model_name="memoversion",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
