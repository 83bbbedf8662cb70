"""Changes of notes are numbered, notes can be redacted, and participants send thoughts."""

import apps.core.constraints
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


# Notes that are there already count as having changed once, when they were recorded.
NUMBERED = """
UPDATE notes_note SET change = sequence;
UPDATE notes_notecounter SET changes = last;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('notes', '0002_speakers'),
        ('participants', '0006_revoke_links'),
        ('workshops', '0007_live_sessions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Thought',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('text', models.TextField(max_length=10000)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('set_aside', 'Set aside')], default='waiting', max_length=10)),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name="by the writer's clock")),
            ],
            options={
                'ordering': ['created_at'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='note',
            name='notes_note_text_length',
        ),
        migrations.AddField(
            model_name='note',
            name='change',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='note',
            name='redacted_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='notecounter',
            name='changes',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.RunSQL(NUMBERED, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='note',
            index=models.Index(fields=['workshop', 'change'], name='notes_note_change'),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('redacted_at__isnull', True), ('text__length__gte', 1), ('text__length__lte', 10000)), models.Q(('may_be_printed', False), ('redacted_at__isnull', False), ('text', '')), _connector='OR'), name='notes_note_text_length'),
        ),
        migrations.AddField(
            model_name='thought',
            name='author',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='thoughts', to='participants.participant'),
        ),
        migrations.AddField(
            model_name='thought',
            name='group',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='participants.group'),
        ),
        migrations.AddField(
            model_name='thought',
            name='session',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='thoughts', to='workshops.session'),
        ),
        migrations.AddField(
            model_name='thought',
            name='workshop',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='thoughts', to='workshops.workshop'),
        ),
        migrations.AddConstraint(
            model_name='thought',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'set_aside'])), name='notes_thought_state_known'),
        ),
        migrations.AddConstraint(
            model_name='thought',
            constraint=apps.core.constraints.SameParent(fields=('workshop', 'session'), name='notes_thought_session_within', to='workshops.Session', to_fields=('workshop', 'id')),
        ),
        migrations.AddConstraint(
            model_name='thought',
            constraint=apps.core.constraints.SameParent(fields=('workshop', 'group'), name='notes_thought_group_within', to='participants.Group', to_fields=('workshop', 'id')),
        ),
        migrations.AddConstraint(
            model_name='thought',
            constraint=models.CheckConstraint(condition=models.Q(('text__length__gte', 1), ('text__length__lte', 10000)), name='notes_thought_text_length'),
        ),
    ]
