"""Who said a note: a table apart, which `apps.notes.speakers` alone reaches."""

from django.db import models


class SpeakerLink(models.Model):
    """That a participant said a note, until it expires.

    The columns are no relations, so that neither a query nor a deletion of notes or people comes
    by the table: their removal takes the links along in the database. Where the database has a
    role for it (`SPEAKERS_ROLE`), the table is that role's, and nobody else may read it. What the
    rule in force forbids the database refuses, and forgets when the rule becomes stricter.
    """

    note_id = models.UUIDField(primary_key=True)
    workshop_id = models.UUIDField()
    participant_id = models.UUIDField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["workshop_id", "note_id"], name="notes_speakerlink_note"),
            models.Index(
                fields=["workshop_id", "participant_id"], name="notes_speakerlink_participant"
            ),
            models.Index(fields=["expires_at"], name="notes_speakerlink_expires"),
        ]

    def __str__(self) -> str:
        return "Who said a note"
