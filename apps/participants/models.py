"""People in a workshop, their stakeholder groups, and the code by which they join."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from apps.accounts.models import User
from apps.core.constraints import (
    SameParent,
    identifiable_within,
    in_one_line,
    one_of,
    same_workshop,
)
from apps.core.fields import OneLineField
from apps.core.models import Entity, Versioned
from apps.participants.codes import make_key
from apps.workshops.models import Role, Workshop


class Function(models.TextChoices):
    """What someone does in the event, beside taking part."""

    SPEAKER = "speaker", "Speaker"
    PANELIST = "panelist", "Panelist"
    CHAIR = "chair", "Chair"
    SCRIBE = "scribe", "Scribe"
    COMMITTEE = "committee", "Committee"


class Listing(models.TextChoices):
    """How someone wants to be listed in what is published."""

    FULL = "full", "Name and affiliation"
    NAME = "name", "Name only"
    ROLE_LABEL = "role_label", "Only as a member of a group"
    NONE = "none", "Not at all"


class Naming(models.TextChoices):
    """Whether what someone said may be shown as theirs, where the rule allows it at all."""

    NO = "no", "Never by name"
    YES = "yes", "By name"


class LinkPurpose(models.TextChoices):
    """What a personal link is for; each works once, and for nothing else."""

    INVITATION = "invitation", "Invitation"
    KEEP_PLACE = "keep_place", "Keep my place"


class Group(Entity, Versioned):
    """A stakeholder group, on an axis: role, region, sector."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="groups")
    singular = models.CharField(max_length=60)
    plural = models.CharField(max_length=60)
    axis = models.CharField(max_length=40, default="role")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["axis", "order", "plural"]
        constraints = [
            identifiable_within("workshop"),
            models.UniqueConstraint(
                fields=["workshop", "axis", "id"], name="participants_group_axis_id"
            ),
            models.UniqueConstraint(
                "workshop", "axis", Lower("plural"), name="participants_group_plural"
            ),
        ]

    def __str__(self) -> str:
        return self.plural


class Participant(Entity, Versioned):
    """A person in one workshop, with an account or without."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="participants")
    user = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="participations"
    )
    role = models.CharField(max_length=12, choices=Role, default=Role.PARTICIPANT)
    functions = ArrayField(
        models.CharField(max_length=10, choices=Function), default=list, blank=True
    )
    display_name = OneLineField(max_length=120, blank=True)
    affiliation = OneLineField(max_length=200, blank=True)
    # Where a personal link is sent. Seen by those who keep the roster, and by nobody else.
    email = models.EmailField(blank=True)
    listing = models.CharField(max_length=10, choices=Listing, default=Listing.NONE)
    attribution = models.CharField(max_length=3, choices=Naming, default=Naming.NO)
    consented_at = models.DateTimeField(null=True, blank=True)
    # Empty while someone waits in the lobby: until then they are nobody here.
    admitted_at = models.DateTimeField(null=True, blank=True, default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)
    # Of the form by which somebody joined: sent twice, it lets in one person.
    form_key = models.UUIDField(null=True, blank=True, editable=False)
    groups = models.ManyToManyField(Group, through="GroupMembership", related_name="members")

    class Meta:
        ordering = ["display_name", "created_at"]
        constraints = [
            one_of("role", Role),
            one_of("listing", Listing),
            one_of("attribution", Naming),
            in_one_line("display_name"),
            in_one_line("affiliation"),
            models.CheckConstraint(
                condition=models.Q(functions__contained_by=Function.values),
                name="participants_participant_functions_known",
            ),
            identifiable_within("workshop"),
            models.UniqueConstraint(
                fields=["workshop", "user"], name="participants_participant_once_a_user"
            ),
            models.UniqueConstraint(
                fields=["workshop", "form_key"], name="participants_participant_once_a_form"
            ),
            models.UniqueConstraint(
                "workshop",
                Lower("email"),
                condition=~models.Q(email="") & models.Q(removed_at__isnull=True),
                name="participants_participant_once_an_email",
                violation_error_message="Someone on the list has this e-mail address already.",
            ),
        ]

    def __str__(self) -> str:
        # Without the name: what is printed or logged by accident gives nobody away.
        return self.get_role_display()

    @property
    def is_here(self) -> bool:
        """They take part: they were let in, and not removed."""
        return self.admitted_at is not None and self.removed_at is None


class GroupMembership(models.Model):
    """That a participant belongs to a group: one group an axis, held by the database."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="memberships")
    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships")
    axis = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "axis"], name="participants_one_group_an_axis"
            ),
            same_workshop("participant", "participants.Participant"),
            SameParent(
                fields=["workshop", "axis", "group"],
                to="participants.Group",
                to_fields=["workshop", "axis", "id"],
                name="participants_membership_axis_within",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} in {self.group_id}"


class JoinCode(models.Model):
    """The code by which people join a workshop, and the key in its link: see `codes`."""

    workshop = models.OneToOneField(
        Workshop, models.CASCADE, primary_key=True, related_name="join_code"
    )
    code = models.CharField(max_length=8, unique=True)
    # In the link and the QR code, renewed with the code. As it is: it is printed again and again.
    key = models.CharField(max_length=22, unique=True, default=make_key)
    expires_at = models.DateTimeField()
    renewed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.code[:4]} {self.code[4:]}"

    @property
    def is_over(self) -> bool:
        """It lets nobody in any more."""
        return self.expires_at < timezone.now()


class WrongCode(models.Model):
    """That somebody gave a code that no workshop has, a moment ago. See `services.workshop_of`."""

    # A keyed digest: whose address it was can't be read from it.
    address = models.CharField(max_length=32)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["at"], name="participants_wrongcode_at")]

    def __str__(self) -> str:
        return f"{self.address} at {self.at}"


class PersonalLink(Entity):
    """A link that lets one person in, once. Only its digest is kept."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=10, choices=LinkPurpose)
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("purpose", LinkPurpose),
            # A new link takes the place of the one before it.
            models.UniqueConstraint(
                fields=["participant", "purpose"],
                condition=models.Q(used_at__isnull=True),
                name="participants_one_open_link_a_purpose",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} of {self.participant_id}"


class RosterDraft(Entity):
    """A pasted or uploaded list of people, while its columns are looked at. Nobody is in it yet."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    made_by = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    # Rows of texts, the heading first where there is one.
    rows = models.JSONField()

    class Meta:
        constraints = [same_workshop("made_by", "participants.Participant")]

    def __str__(self) -> str:
        return f"{len(self.rows)} rows"


class PurgeReport(Entity):
    """What was deleted on the deletion date, and what a second look found left. Never changed."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="purge_reports")
    # Lines: {"what": …, "count": …}; of what was kept also "why".
    deleted = models.JSONField(default=list)
    remaining = models.JSONField(default=list)
    kept = models.JSONField(default=list)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"Purge of {self.workshop_id} at {self.created_at}"
