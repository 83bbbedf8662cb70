"""A workshop full of people, for tests of what becomes of it."""

from datetime import date, timedelta

from django.db import connection
from django.utils import timezone

from apps.core.models import OutgoingMail
from apps.notes.models import ImportDraft, NoteImport, NoteRevision
from apps.notes.models.speakers import SpeakerLink
from apps.participants.models import LinkPurpose, PersonalLink, RosterDraft
from apps.workshops.models import Phase, Role
from tests.factories import (
    AnnotationFactory,
    CommentFactory,
    EvidenceFactory,
    GroupFactory,
    JoinCodeFactory,
    MemoFileFactory,
    NoteFactory,
    ParticipantFactory,
    SessionFactory,
    ThemeFactory,
    WorkshopFactory,
)

DAY = date(2026, 6, 3)


class Peopled:
    """A workshop with something of everything that goes, and of everything that stays."""

    def __init__(self, **fields: object) -> None:
        fields = {"purge_on": DAY, "phase": Phase.REVIEW, "keep_speakers": True, **fields}
        self.workshop = WorkshopFactory(**fields)
        self.group = GroupFactory(workshop=self.workshop)
        self.owner = ParticipantFactory(workshop=self.workshop, role=Role.OWNER)
        self.rapporteur = ParticipantFactory(workshop=self.workshop, role=Role.RAPPORTEUR)
        self.person = ParticipantFactory(
            workshop=self.workshop,
            group=self.group,
            display_name="Canary Name",
            email="canary@example.org",
            affiliation="Canary Institute",
            consented_at=timezone.now(),
        )
        self.without_account = ParticipantFactory(workshop=self.workshop, user=None)
        JoinCodeFactory(workshop=self.workshop)
        self.link = PersonalLink.objects.create(
            participant=self.person,
            purpose=LinkPurpose.INVITATION,
            digest=f"{self.person.pk.hex}{'0' * 32}",
            expires_at=timezone.now() + timedelta(days=400),
            used_at=timezone.now(),
        )
        OutgoingMail.objects.create(to="canary@example.org", about=self.link.pk)
        RosterDraft.objects.create(
            workshop=self.workshop, made_by=self.owner, rows=[["Canary Name"]]
        )
        ImportDraft.objects.create(
            workshop=self.workshop, made_by=self.rapporteur, format="text", document={}
        )
        NoteImport.objects.create(
            workshop=self.workshop, made_by=self.rapporteur, format="text", count=2
        )
        session = SessionFactory(workshop=self.workshop)
        self.theme = ThemeFactory(workshop=self.workshop, published=True)
        self.cited = NoteFactory(session=session, group=self.group, recorded_by=self.rapporteur)
        self.uncited = NoteFactory(session=session, text="Uncited canary")
        NoteRevision.objects.create(note=self.cited, text="Earlier canary")
        SpeakerLink.objects.create(
            note_id=self.cited.pk,
            workshop_id=self.workshop.pk,
            participant_id=self.person.pk,
            expires_at=timezone.now(),
        )
        annotation = AnnotationFactory(theme=self.theme)
        EvidenceFactory(annotation=annotation, note=self.cited)
        self.comment = CommentFactory(theme=self.theme, author=self.person)
        self.answer = CommentFactory(
            theme=self.theme, author=self.rapporteur, reply_to=self.comment
        )
        self.file = MemoFileFactory(
            version__memo__workshop=self.workshop, version__naming=[self.person.pk]
        )


def everything_stored() -> str:
    """Return all rows of all our tables, and of the queue of mail, as text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
        )
        told = []
        for (table,) in cursor.fetchall():
            if table.startswith(("accounts_", "account_", "django_")):
                continue
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            told += [row for (row,) in cursor.fetchall()]
    return "\n".join(told)
