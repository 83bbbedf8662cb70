"""Who said a note, in a table apart; and that a speaker agreed to the printing of their words."""

from django.db import migrations, models

# Where `SPEAKERS_ROLE` is used, the table and the two functions that write to it are that role's
# (`manage.py protect_speakers`), while those that look at notes and rules stay the application's.
# Hence SECURITY DEFINER: each function has the rights on what it touches, whoever set it off.
TABLE = """
ALTER TABLE notes_speakerlink
  ADD CONSTRAINT notes_speakerlink_of_note FOREIGN KEY (workshop_id, note_id)
    REFERENCES notes_note (workshop_id, id) ON DELETE CASCADE,
  ADD CONSTRAINT notes_speakerlink_of_participant FOREIGN KEY (workshop_id, participant_id)
    REFERENCES participants_participant (workshop_id, id) ON DELETE CASCADE;

CREATE FUNCTION notes_forget_speakers(notes uuid[]) RETURNS void
LANGUAGE sql SECURITY DEFINER AS $$
  DELETE FROM notes_speakerlink WHERE note_id = ANY(notes)
$$;

CREATE FUNCTION notes_speakers_expire_by(workshop uuid, moment timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER AS $$
  UPDATE notes_speakerlink SET expires_at = moment
  WHERE workshop_id = workshop AND expires_at > moment
$$;

CREATE FUNCTION notes_rule_in_force(note uuid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT (ARRAY['on_record', 'chatham_house', 'anonymous'])[GREATEST(
    array_position(ARRAY['on_record', 'chatham_house', 'anonymous'], w.attribution_rule::text),
    array_position(ARRAY['on_record', 'chatham_house', 'anonymous'], s.attribution_rule::text))]
  FROM notes_note n
  JOIN workshops_session s ON s.id = n.session_id
  JOIN workshops_workshop w ON w.id = n.workshop_id
  WHERE n.id = note
$$;

CREATE FUNCTION notes_may_keep_speaker(note uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT CASE notes_rule_in_force(note)
    WHEN 'on_record' THEN true
    WHEN 'chatham_house' THEN (SELECT w.keep_speakers FROM workshops_workshop w
                               JOIN notes_note n ON n.workshop_id = w.id WHERE n.id = note)
    ELSE false END
$$;

CREATE FUNCTION notes_speakers_kept_until(purge_on date, ends_on date, zone text)
RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT COALESCE(purge_on, ends_on + 91)::timestamp AT TIME ZONE zone
$$;

CREATE FUNCTION notes_speakerlink_is_allowed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  -- Whoever makes the rule stricter at this moment waits, and then finds the link.
  PERFORM FROM notes_note n
  JOIN workshops_session s ON s.id = n.session_id JOIN workshops_workshop w ON w.id = n.workshop_id
  WHERE n.id = NEW.note_id FOR SHARE OF s, w;
  IF NOT COALESCE(notes_may_keep_speaker(NEW.note_id), false) THEN
    RAISE EXCEPTION 'the rule in force doesn''t let who said a note be kept'
      USING ERRCODE = '23514';
  END IF;
  NEW.expires_at := (
    SELECT LEAST(NEW.expires_at, notes_speakers_kept_until(purge_on, ends_on, time_zone))
    FROM workshops_workshop WHERE id = NEW.workshop_id);
  RETURN NEW;
END $$;
CREATE TRIGGER notes_speakerlink_is_allowed BEFORE INSERT OR UPDATE ON notes_speakerlink
FOR EACH ROW EXECUTE FUNCTION notes_speakerlink_is_allowed();
"""

RULES = """
CREATE FUNCTION notes_rules_forget_speakers() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  PERFORM notes_forget_speakers(ARRAY(
    SELECT id FROM notes_note
    WHERE CASE TG_TABLE_NAME WHEN 'workshops_workshop' THEN workshop_id = NEW.id
                             WHEN 'workshops_session' THEN session_id = NEW.id
                             ELSE id = NEW.id END
      AND NOT notes_may_keep_speaker(id)));
  RETURN NULL;
END $$;
CREATE TRIGGER notes_rules_forget_speakers
AFTER UPDATE OF attribution_rule, keep_speakers ON workshops_workshop FOR EACH ROW
WHEN ((OLD.attribution_rule, OLD.keep_speakers)
      IS DISTINCT FROM (NEW.attribution_rule, NEW.keep_speakers))
EXECUTE FUNCTION notes_rules_forget_speakers();
CREATE TRIGGER notes_rules_forget_speakers
AFTER UPDATE OF attribution_rule ON workshops_session FOR EACH ROW
WHEN (OLD.attribution_rule IS DISTINCT FROM NEW.attribution_rule)
EXECUTE FUNCTION notes_rules_forget_speakers();
CREATE TRIGGER notes_rules_forget_speakers
AFTER UPDATE OF session_id ON notes_note FOR EACH ROW
WHEN (OLD.session_id IS DISTINCT FROM NEW.session_id)
EXECUTE FUNCTION notes_rules_forget_speakers();

-- People were told a day: who spoke goes on it at the latest, whatever day is set later.
CREATE FUNCTION notes_dates_expire_speakers() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  PERFORM notes_speakers_expire_by(
    NEW.id, notes_speakers_kept_until(NEW.purge_on, NEW.ends_on, NEW.time_zone));
  RETURN NULL;
END $$;
CREATE TRIGGER notes_dates_expire_speakers
AFTER UPDATE OF purge_on, ends_on, time_zone ON workshops_workshop FOR EACH ROW
WHEN ((OLD.purge_on, OLD.ends_on, OLD.time_zone)
      IS DISTINCT FROM (NEW.purge_on, NEW.ends_on, NEW.time_zone))
EXECUTE FUNCTION notes_dates_expire_speakers();

CREATE FUNCTION notes_note_keeps_no_group() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM workshops_workshop
             WHERE id = NEW.workshop_id AND attribution_rule = 'anonymous')
     OR EXISTS (SELECT FROM workshops_session
                WHERE id = NEW.session_id AND attribution_rule = 'anonymous')
  THEN
    RAISE EXCEPTION 'under the anonymous rule a note has no group' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER notes_note_keeps_no_group BEFORE INSERT OR UPDATE OF group_id, session_id
ON notes_note FOR EACH ROW WHEN (NEW.group_id IS NOT NULL)
EXECUTE FUNCTION notes_note_keeps_no_group();

-- A function that acts with other rights than its caller's finds no table that the caller made.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY[
    'notes_forget_speakers(uuid[])', 'notes_speakers_expire_by(uuid, timestamptz)',
    'notes_speakerlink_is_allowed()', 'notes_rules_forget_speakers()',
    'notes_dates_expire_speakers()']
  LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', name, current_schema());
  END LOOP;
END $$;
"""
BACKWARD = """
DROP TRIGGER notes_note_keeps_no_group ON notes_note;
DROP FUNCTION notes_note_keeps_no_group();
DROP TRIGGER notes_dates_expire_speakers ON workshops_workshop;
DROP FUNCTION notes_dates_expire_speakers();
DROP TRIGGER notes_rules_forget_speakers ON notes_note;
DROP TRIGGER notes_rules_forget_speakers ON workshops_session;
DROP TRIGGER notes_rules_forget_speakers ON workshops_workshop;
DROP FUNCTION notes_rules_forget_speakers();
DROP TRIGGER notes_speakerlink_is_allowed ON notes_speakerlink;
DROP FUNCTION notes_speakerlink_is_allowed();
DROP FUNCTION notes_speakers_kept_until(date, date, text);
DROP FUNCTION notes_may_keep_speaker(uuid);
DROP FUNCTION notes_rule_in_force(uuid);
DROP FUNCTION notes_speakers_expire_by(uuid, timestamptz);
DROP FUNCTION notes_forget_speakers(uuid[]);
"""


class Migration(migrations.Migration):

    dependencies = [
        ("notes", "0001_initial"),
        ("participants", "0001_initial"),
        ("workshops", "0005_rules_tighten_and_forget"),
    ]

    operations = [
        migrations.CreateModel(
            name="SpeakerLink",
            fields=[
                ("note_id", models.UUIDField(primary_key=True, serialize=False)),
                ("workshop_id", models.UUIDField()),
                ("participant_id", models.UUIDField()),
                ("expires_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["workshop_id", "note_id"], name="notes_speakerlink_note"
                    ),
                    models.Index(
                        fields=["workshop_id", "participant_id"],
                        name="notes_speakerlink_participant",
                    ),
                    models.Index(fields=["expires_at"], name="notes_speakerlink_expires"),
                ],
            },
        ),
        migrations.AddField(
            model_name="note",
            name="may_be_printed",
            field=models.BooleanField(
                default=False, verbose_name="the speaker agreed to its being printed"
            ),
        ),
        migrations.AddConstraint(
            model_name="note",
            constraint=models.CheckConstraint(
                condition=models.Q(("may_be_printed", False), ("mark", "quote"), _connector="OR"),
                name="notes_note_agreed_to_a_quotation",
                violation_error_message="Only a quotation needs its speaker’s agreement.",
            ),
        ),
        migrations.RunSQL(TABLE + RULES, BACKWARD),
    ]
