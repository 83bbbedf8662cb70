"""Notes can come from elsewhere, and an import can be undone as a whole."""

import apps.core.constraints
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notes', '0005_recorded_by_the_team'),
        ('participants', '0006_revoke_links'),
        ('workshops', '0007_live_sessions'),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportDraft',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('format', models.CharField(choices=[('text', 'Plain text'), ('markdown', 'Markdown'), ('word', 'Word document'), ('page', 'Web page'), ('table', 'Table (CSV)'), ('etherpad', 'Etherpad'), ('hedgedoc', 'HedgeDoc'), ('own', 'Export from here')], max_length=10)),
                ('document', models.JSONField()),
                ('made_by', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='participants.participant')),
                ('workshop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workshops.workshop')),
            ],
        ),
        migrations.CreateModel(
            name='NoteImport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('format', models.CharField(choices=[('text', 'Plain text'), ('markdown', 'Markdown'), ('word', 'Word document'), ('page', 'Web page'), ('table', 'Table (CSV)'), ('etherpad', 'Etherpad'), ('hedgedoc', 'HedgeDoc'), ('own', 'Export from here')], max_length=10)),
                ('count', models.PositiveIntegerField()),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='participants.participant')),
                ('workshop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='note_imports', to='workshops.workshop')),
            ],
            options={
                'ordering': ['-created_at'],
            },
        ),
        migrations.AddField(
            model_name='note',
            name='imported_in',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='notes', to='notes.noteimport'),
        ),
        migrations.AddConstraint(
            model_name='importdraft',
            constraint=models.CheckConstraint(condition=models.Q(('format__in', ['text', 'markdown', 'word', 'page', 'table', 'etherpad', 'hedgedoc', 'own'])), name='notes_importdraft_format_known'),
        ),
        migrations.AddConstraint(
            model_name='importdraft',
            constraint=apps.core.constraints.SameParent(fields=('workshop', 'made_by'), name='notes_importdraft_made_by_within', to='participants.Participant', to_fields=('workshop', 'id')),
        ),
        migrations.AddConstraint(
            model_name='noteimport',
            constraint=models.CheckConstraint(condition=models.Q(('format__in', ['text', 'markdown', 'word', 'page', 'table', 'etherpad', 'hedgedoc', 'own'])), name='notes_noteimport_format_known'),
        ),
        migrations.AddConstraint(
            model_name='noteimport',
            constraint=models.UniqueConstraint(fields=('workshop', 'id'), name='notes_noteimport_workshop_id'),
        ),
        migrations.AddConstraint(
            model_name='noteimport',
            constraint=apps.core.constraints.SameParent(fields=('workshop', 'made_by'), name='notes_noteimport_made_by_within', to='participants.Participant', to_fields=('workshop', 'id')),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=apps.core.constraints.SameParent(fields=('workshop', 'imported_in'), name='notes_note_imported_in_within', to='notes.NoteImport', to_fields=('workshop', 'id')),
        ),
    ]
