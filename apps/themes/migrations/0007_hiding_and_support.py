"""Comments say what kind they are, can be hidden and supported; nothing but time is left to mend one."""

import apps.core.constraints
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

FORWARD = """
-- What was answered or decided on doesn't change any more. The clock is that of the database.
CREATE FUNCTION themes_comment_is_mended_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.stamped_at < clock_timestamp() - interval '15 minutes' OR OLD.hidden_at IS NOT NULL THEN
    RAISE EXCEPTION 'a comment is mended within a quarter of an hour, and not once it is hidden'
      USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER themes_comment_is_mended_in_time BEFORE UPDATE OF text ON themes_comment
FOR EACH ROW WHEN (NEW.text <> OLD.text) EXECUTE FUNCTION themes_comment_is_mended_in_time();

CREATE FUNCTION themes_support_leaves_no_trace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM workshops_workshop
             WHERE id = NEW.workshop_id AND attribution_rule = 'anonymous')
  THEN
    RAISE EXCEPTION 'under the anonymous rule nothing leads to who supports something'
      USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER themes_support_leaves_no_trace BEFORE INSERT OR UPDATE OF participant_id
ON themes_commentsupport FOR EACH ROW WHEN (NEW.participant_id IS NOT NULL)
EXECUTE FUNCTION themes_support_leaves_no_trace();

CREATE FUNCTION themes_anonymity_forgets_supports() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE themes_commentsupport SET participant_id = NULL
  WHERE workshop_id = NEW.id AND participant_id IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER themes_anonymity_forgets_supports AFTER UPDATE OF attribution_rule
ON workshops_workshop
FOR EACH ROW WHEN (NEW.attribution_rule = 'anonymous' AND OLD.attribution_rule <> 'anonymous')
EXECUTE FUNCTION themes_anonymity_forgets_supports();

CREATE FUNCTION themes_log_names_no_supporter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the log names nobody who supports something' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER themes_log_names_no_supporter BEFORE INSERT ON core_auditentry
FOR EACH ROW WHEN (
  NEW.actor_id IS NOT NULL AND NEW.verb IN ('comment.supported', 'comment.support_withdrawn')
) EXECUTE FUNCTION themes_log_names_no_supporter();
"""
BACKWARD = """
DROP TRIGGER themes_log_names_no_supporter ON core_auditentry;
DROP FUNCTION themes_log_names_no_supporter();
DROP TRIGGER themes_anonymity_forgets_supports ON workshops_workshop;
DROP FUNCTION themes_anonymity_forgets_supports();
DROP TRIGGER themes_support_leaves_no_trace ON themes_commentsupport;
DROP FUNCTION themes_support_leaves_no_trace();
DROP TRIGGER themes_comment_is_mended_in_time ON themes_comment;
DROP FUNCTION themes_comment_is_mended_in_time();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('participants', '0016_names_in_one_line'),
        ('themes', '0006_redacted_notes'),
        ('workshops', '0010_sessions_tighten_for_all_who_relied'),
    ]

    operations = [
        migrations.CreateModel(
            name='CommentSupport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
        ),
        migrations.AddField(
            model_name='comment',
            name='hidden_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='comment',
            name='hidden_because',
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name='comment',
            name='kind',
            field=models.CharField(choices=[('remark', 'A comment'), ('missing', 'A view is missing')], default='remark', max_length=10),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['remark', 'missing'])), name='themes_comment_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.UniqueConstraint(fields=('workshop', 'id'), name='themes_comment_workshop_id'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('reply_to__isnull', True), ('kind', 'remark'), _connector='OR'), name='themes_comment_answer_is_a_remark'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('hidden_at__isnull', True), ('hidden_because', '')), models.Q(('hidden_at__isnull', False), models.Q(('hidden_because', ''), _negated=True)), _connector='OR'), name='themes_comment_hidden_with_reason', violation_error_message='Say why the comment is hidden.'),
        ),
        migrations.AddField(
            model_name='commentsupport',
            name='comment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supports', to='themes.comment'),
        ),
        migrations.AddField(
            model_name='commentsupport',
            name='participant',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='participants.participant'),
        ),
        migrations.AddField(
            model_name='commentsupport',
            name='workshop',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workshops.workshop'),
        ),
        migrations.AddConstraint(
            model_name='commentsupport',
            constraint=apps.core.constraints.SameParent(fields=('workshop', 'comment'), name='themes_commentsupport_comment_within', to='themes.Comment', to_fields=('workshop', 'id')),
        ),
        migrations.AddConstraint(
            model_name='commentsupport',
            constraint=apps.core.constraints.SameParent(fields=('workshop', 'participant'), name='themes_commentsupport_participant_within', to='participants.Participant', to_fields=('workshop', 'id')),
        ),
        migrations.AddConstraint(
            model_name='commentsupport',
            constraint=models.UniqueConstraint(fields=('comment', 'participant'), name='themes_commentsupport_once'),
        ),
        migrations.AddField(
            model_name='comment',
            name='stamped_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
        ),
        migrations.RunSQL("UPDATE themes_comment SET stamped_at = created_at", migrations.RunSQL.noop),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
