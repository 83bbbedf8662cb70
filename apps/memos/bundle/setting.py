"""What a workshop is before anyone has spoken: days, places, people, questions."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils import timezone

from apps.accounts.models import User
from apps.memos.bundle.reading import Part
from apps.memos.models import Memo
from apps.participants.codes import make_code
from apps.participants.models import Group, GroupMembership, JoinCode, Participant
from apps.workshops.attribution import keeps_groups
from apps.workshops.models import GuidingQuestion, Organisation, Session, Workshop

# An illustration holds nobody's words, so its door may stay open.
OPEN, OPEN_TO_ALL = dt.timedelta(days=14), dt.timedelta(days=3650)


@dataclass
class Setting:
    """The workshop, and what its bundle calls things."""

    workshop: Workshop
    groups: dict[str, Group] = field(default_factory=dict)
    people: dict[str, Participant] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    days: dict[str, dt.date] = field(default_factory=dict)
    questions: dict[str, GuidingQuestion] = field(default_factory=dict)

    def at(self, day: dt.date, hour: dt.time) -> dt.datetime:
        """Return the moment that clocks in the workshop's place call so."""
        return dt.datetime.combine(day, hour, tzinfo=self.workshop.zone)


def read_setting(bundle: Part, head: Part, slug: str) -> Setting:
    """Make the workshop, its organisations, groups, people, sessions and guiding questions."""
    setting = Setting(_workshop(head, slug))
    workshop = setting.workshop
    Memo.objects.create(workshop=workshop, authors=head.texts("memo_authors"))
    _organisations(bundle, workshop)
    _groups(bundle, setting)
    _people(bundle, setting)
    _sessions(bundle, setting)
    _guiding_questions(bundle, setting)
    life = OPEN_TO_ALL if workshop.illustration else OPEN
    JoinCode.objects.create(workshop=workshop, code=make_code(), expires_at=timezone.now() + life)
    return setting


def _workshop(head: Part, slug: str) -> Workshop:
    workshop = Workshop(
        slug=slug,
        title=head.text("title"),
        series=head.text("series", ""),
        purpose=head.text("purpose", ""),
        starts_on=head.day("starts_on"),
        ends_on=head.day("ends_on"),
        venue=head.text("venue", ""),
        mode=head.text("mode"),
        time_zone=head.text("time_zone", "UTC"),
        number_present=head.number("number_present"),
        attribution_rule=head.text("attribution_rule"),
        phase=head.text("phase"),
        language=head.text("language", "en"),
        illustration=head.text("illustration", ""),
    )
    head.checked(workshop).save(force_insert=True)
    return workshop


def _organisations(bundle: Part, workshop: Workshop) -> None:
    Organisation.objects.bulk_create(
        part.checked(
            Organisation(
                workshop=workshop,
                name=part.text("name"),
                role=part.text("role"),
                acknowledgement=part.text("acknowledgement", ""),
                award_number=part.text("award_number", ""),
                order=order,
            )
        )
        for order, part in enumerate(bundle.parts("organisations"), start=1)
    )


def _groups(bundle: Part, setting: Setting) -> None:
    for order, part in enumerate(bundle.parts("groups"), start=1):
        group = Group(
            workshop=setting.workshop,
            singular=part.text("singular"),
            plural=part.text("plural"),
            axis=part.text("axis", setting.workshop.main_axis),
            order=order,
        )
        part.keep(setting.groups, part.checked(group))
    Group.objects.bulk_create(setting.groups.values())


def _people(bundle: Part, setting: Setting) -> None:
    consented = setting.at(setting.workshop.starts_on, dt.time(8, 30))
    memberships = []
    for part in bundle.parts("people"):
        name = part.text("name")
        person = Participant(
            workshop=setting.workshop,
            user=_user(part, name),
            role=part.text("role"),
            functions=part.texts("functions"),
            display_name=name,
            affiliation=part.text("affiliation", ""),
            listing=part.text("listing"),
            consented_at=consented,
        )
        part.keep(setting.people, part.checked(person, display_name="name"))
        group = part.one("group", setting.groups)
        if group is not None and keeps_groups(setting.workshop):
            memberships.append(
                GroupMembership(
                    workshop=setting.workshop, participant=person, group=group, axis=group.axis
                )
            )
    Participant.objects.bulk_create(setting.people.values())
    GroupMembership.objects.bulk_create(memberships)


def _user(part: Part, name: str) -> User | None:
    """Return the account of someone with an address; a new one has no password."""
    email = part.text("email", "").strip()
    if not email:
        return None
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User(email=User.objects.normalize_email(email), name=name)
        user.set_unusable_password()
        part.checked(user).save(force_insert=True)
    return user


def _sessions(bundle: Part, setting: Setting) -> None:
    workshop = setting.workshop
    for order, part in enumerate(bundle.parts("sessions"), start=1):
        day = workshop.starts_on + dt.timedelta(days=(part.number("day") or 1) - 1)
        session = Session(
            workshop=workshop,
            title=part.text("title"),
            kind=part.text("kind"),
            parent=part.one("parent session", setting.sessions),
            starts_at=setting.at(day, part.hour("starts")),
            ends_at=setting.at(day, part.hour("ends")),
            room=part.text("room", ""),
            order=order,
        )
        part.keep(setting.sessions, part.checked(session))
        setting.days[str(session.pk)] = day
    Session.objects.bulk_create(setting.sessions.values())


def _guiding_questions(bundle: Part, setting: Setting) -> None:
    for order, part in enumerate(bundle.parts("guiding_questions"), start=1):
        question = GuidingQuestion(
            workshop=setting.workshop,
            text=part.text("text"),
            origin=part.text("origin"),
            parent=part.one("parent question", setting.questions),
            session=part.one("session", setting.sessions),
            order=order,
        )
        part.keep(setting.questions, part.checked(question))
    GuidingQuestion.objects.bulk_create(setting.questions.values())
