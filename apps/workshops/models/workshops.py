"""The workshop, its days and its questions."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, available_timezones

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models

from apps.core.constraints import identifiable_within, one_of, same_workshop
from apps.core.models import Entity, Versioned
from apps.workshops.models.choices import (
    AttributionRule,
    Mode,
    OrganisationRole,
    Phase,
    QuestionOrigin,
    QuestionState,
    SessionKind,
)


def validate_time_zone(name: str) -> None:
    """Refuse a name that the time zone database doesn't know."""
    if name not in available_timezones():
        raise ValidationError("“%(name)s” isn't a time zone.", params={"name": name})


# Days that a calendar of ours can hold in every time zone.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)
OUT_OF_CALENDAR = f"Days lie between {FIRST_DAY.year} and {LAST_DAY.year}."


def in_calendar(
    *fields: str, name: str, first: date = FIRST_DAY, last: date = LAST_DAY
) -> models.CheckConstraint:
    """Hold `fields` to days, or moments, that can be told in every time zone."""
    condition = models.Q()
    for field in fields:
        condition &= models.Q(**{f"{field}__isnull": True}) | models.Q(
            **{f"{field}__gte": first, f"{field}__lte": last}
        )
    return models.CheckConstraint(
        condition=condition, name=name, violation_error_message=OUT_OF_CALENDAR
    )


class Workshop(Entity, Versioned):
    """A day, or several, in a room."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    series = models.CharField("series or subtitle", max_length=300, blank=True)
    purpose = models.TextField(blank=True, max_length=10_000)
    starts_on = models.DateField()
    ends_on = models.DateField()
    venue = models.CharField(max_length=200, blank=True)
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.IN_PERSON)
    time_zone = models.CharField(max_length=60, default="UTC", validators=[validate_time_zone])
    # The people who were there, which isn't the length of the roster.
    number_present = models.PositiveSmallIntegerField(null=True, blank=True)
    # Where sources differ, or leave something open: both are kept.
    dates_note = models.CharField("on the days", max_length=300, blank=True)
    number_present_note = models.CharField("on the number of people", max_length=300, blank=True)
    composition = models.CharField("who they were", max_length=500, blank=True)
    attribution_note = models.CharField("on who may be named", max_length=500, blank=True)
    attribution_rule = models.CharField(
        max_length=20, choices=AttributionRule, default=AttributionRule.CHATHAM_HOUSE
    )
    # Whether who said a note may be kept under the Chatham House Rule: apart, and for a time.
    keep_speakers = models.BooleanField(default=False)
    # Whether those who join by the code wait until somebody of the team admits them.
    lobby = models.BooleanField(default=False)
    phase = models.CharField(max_length=20, choices=Phase, default=Phase.SETTING_UP)
    # What the room's answers must reach, in per cent of those who answered; see `consensus`.
    consensus_at = models.PositiveSmallIntegerField(default=75)
    opposed_at_most = models.PositiveSmallIntegerField(default=15)
    divided_at = models.PositiveSmallIntegerField(default=30)
    undecided_at = models.PositiveSmallIntegerField(default=33)
    # In per cent of those present.
    quorum = models.PositiveSmallIntegerField(default=50)
    # From where on words for how many hold, in per cent of those who answered; see `quantifiers`.
    nearly_all_at = models.PositiveSmallIntegerField("“nearly all” begins at", default=90)
    most_at = models.PositiveSmallIntegerField("“most” begins at", default=65)
    many_at = models.PositiveSmallIntegerField("“many” begins at", default=33)
    # In people; of fewer people than the other the numbers are told.
    several_from = models.PositiveSmallIntegerField("“several” begins at", default=5)
    numbers_below = models.PositiveSmallIntegerField("numbers are told below", default=12)
    purge_on = models.DateField(null=True, blank=True)
    purged_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField("language of the memo", max_length=10, default="en")
    # Whether themes are suggested for notes, by the words they share.
    suggests = models.BooleanField(default=True)
    main_axis = models.CharField(max_length=40, default="role")
    # Said on every page and in the memo, when the workshop is an example.
    illustration = models.TextField(blank=True)

    class Meta:
        ordering = ["-starts_on", "title"]
        constraints = [
            one_of("attribution_rule", AttributionRule),
            one_of("phase", Phase),
            one_of("mode", Mode),
            in_calendar("starts_on", "ends_on", "purge_on", name="workshops_workshop_in_calendar"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="workshops_workshop_ends_after_start",
                violation_error_message="The workshop can't end before it starts.",
            ),
            models.CheckConstraint(
                condition=models.Q(purge_on__isnull=True)
                | models.Q(purge_on__gt=models.F("ends_on")),
                name="workshops_workshop_purge_after_end",
                violation_error_message="The purge date must come after the workshop.",
            ),
            models.CheckConstraint(
                condition=models.Q(purged_at__isnull=True) | models.Q(phase=Phase.ARCHIVED),
                name="workshops_workshop_archived_once_purged",
            ),
            models.CheckConstraint(
                condition=models.Q(opposed_at_most__lt=models.F("divided_at"))
                & models.Q(divided_at__lte=50)
                & models.Q(consensus_at__gte=50, consensus_at__lte=100)
                & models.Q(undecided_at__gte=1, undecided_at__lte=100)
                & models.Q(quorum__lte=100),
                name="workshops_workshop_consensus_rule",
                violation_error_message=(
                    "Those opposed must stay below a divided room, which begins at 50 per cent at "
                    "most, and a consensus at 50 per cent at least."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(many_at__gte=10, many_at__lte=50)
                & models.Q(most_at__gt=50, most_at__lt=models.F("nearly_all_at"))
                & models.Q(nearly_all_at__lte=99)
                & models.Q(several_from__gte=4, several_from__lte=10)
                & models.Q(numbers_below__gte=5, numbers_below__lte=1_000),
                name="workshops_workshop_quantifier_table",
                violation_error_message=(
                    "Words for how many keep their order: “many” from 10 to 50 per cent, “most” "
                    "above 50, “nearly all” above that and 99 at most; “several” from 4 to 10 "
                    "people; numbers below 5 to 1,000."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which the workshop's hours are told."""
        return ZoneInfo(self.time_zone)


class Organisation(Entity, Versioned):
    """A host, partner, funder or venue of a workshop."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="organisations")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=10, choices=OrganisationRole)
    acknowledgement = models.TextField(blank=True)
    award_number = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "name"]
        constraints = [one_of("role", OrganisationRole), identifiable_within("workshop")]

    def __str__(self) -> str:
        return self.name


class Session(Entity, Versioned):
    """A part of the day."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="sessions")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=SessionKind, default=SessionKind.PLENARY)
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="children"
    )
    # What else it is called, and what became of it: subjects move.
    also_called = models.CharField(max_length=300, blank=True)
    became = models.CharField("what became of it", max_length=1_000, blank=True)
    # A session may have been held, and nobody wrote anything down.
    written_up = models.BooleanField("something of it was written up", default=True)
    # Where the hour isn't known.
    day = models.DateField(null=True, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    room = models.CharField(max_length=80, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    # Only ever stricter than the workshop's; empty means the workshop's.
    attribution_rule = models.CharField(max_length=20, choices=AttributionRule, blank=True)
    reported = models.BooleanField(default=True)
    # Where the room is at this moment: every device that follows the day shows it.
    is_current = models.BooleanField(default=False)
    # Whether participants may send a thought from their phones, and whether they may read the
    # notes, without speakers, as they are taken.
    takes_thoughts = models.BooleanField(default=False)
    has_feed = models.BooleanField(default=False)

    class Meta:
        ordering = ["order", "starts_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["workshop"],
                condition=models.Q(is_current=True),
                name="workshops_session_one_is_current",
            ),
            one_of("kind", SessionKind),
            in_calendar(
                "starts_at",
                "ends_at",
                name="workshops_session_in_calendar",
                first=datetime.combine(FIRST_DAY, time.min, UTC),
                last=datetime.combine(LAST_DAY, time.max, UTC),
            ),
            one_of("attribution_rule", AttributionRule, blank=True),
            in_calendar("day", name="workshops_session_day_in_calendar"),
            identifiable_within("workshop"),
            same_workshop("parent", "workshops.Session"),
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True)
                | models.Q(ends_at__gte=models.F("starts_at")),
                name="workshops_session_ends_after_start",
                violation_error_message="The session can't end before it starts.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class GuidingQuestion(Entity, Versioned):
    """A question that frames the day, or that emerged during it."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="guiding_questions")
    text = models.CharField(max_length=500)
    origin = models.CharField(max_length=10, choices=QuestionOrigin, default=QuestionOrigin.FRAMING)
    session = models.ForeignKey(Session, models.SET_NULL, null=True, blank=True, related_name="+")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="parts")
    asked_by = models.CharField("who asks", max_length=120, blank=True)
    asked_of = models.CharField("who is asked", max_length=120, blank=True)
    state = models.CharField("what came of it", max_length=8, choices=QuestionState, blank=True)
    answer = models.CharField(max_length=1_000, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "created_at"]
        constraints = [
            one_of("origin", QuestionOrigin),
            one_of("state", QuestionState, blank=True),
            identifiable_within("workshop"),
            same_workshop("parent", "workshops.GuidingQuestion"),
            same_workshop("session", "workshops.Session"),
        ]

    def __str__(self) -> str:
        return self.text


class SearchEntry(models.Model):
    """The words of one row that can be searched; `subject_id` is what a hit on it leads to.

    Kept by the database alone, in the transaction that writes the row (`apps.workshops.indexing`).
    """

    source_id = models.UUIDField(primary_key=True)
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    words = SearchVectorField()

    class Meta:
        indexes = [
            GinIndex(fields=["words"], name="workshops_searchentry_words"),
            models.Index(fields=["subject_id"], name="workshops_searchentry_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"
