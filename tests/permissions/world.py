"""A full workshop, a browser of each kind of person, and the things that addresses name."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.services import sign_in_link
from apps.agendas.models import Link
from apps.core.models import JobState
from apps.notes.importing import read_text
from apps.notes.models import ImportDraft
from apps.notes.speakers import keep
from apps.participants.models import Participant
from apps.participants.services import invite
from apps.participants.taking_part import SESSION_KEY
from apps.statements.measures.counts import Counts
from apps.statements.models import HandCount, Means, RoundState, Statement
from apps.workshops.models import AttributionRule, Phase, Role, Workshop
from apps.workshops.services import edit_basics
from tests.architecture.full_workshop import FullWorkshop
from tests.factories import (
    AnnotationFactory,
    CommentFactory,
    EvidenceFactory,
    GroupFactory,
    MemoFileFactory,
    MemoVersionFactory,
    NoteFactory,
    OrganisationFactory,
    ParticipantFactory,
    SessionFactory,
    StatementFactory,
    TermFactory,
    ThemeFactory,
    ThoughtFactory,
    UserFactory,
)
from tests.factories.asking import asked_again, go_to, revealed
from tests.permissions.addresses import Address
from tests.permissions.table import ACCOUNTS, KINDS, Line, Moment

# Arguments whose name doesn't say of what they are.
NAMED_OTHERWISE = {
    ("accounts", "session_id"): "browser",
    ("agendas", "question_id"): "research-question",
    ("workshops", "question_id"): "guiding-question",
    ("memos", "file_id"): "memo-file",
}

PDF = {"state": JobState.READY, "content": b"%PDF-1.7", "size": 8}

# None is anything that people made: sessions and where they are, how often somebody tried.
UNCOUNTED = [
    "django_session", "accounts_browsersession", "participants_wrongcode", "core_cache",
    # That suggestions are to be worked out: the database asks for it by its own clock.
    "themes_suggestionrun",
]  # fmt: skip
WRITING = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')


class World:
    """Everything that a request can be about, under the loosest rule at first."""

    def __init__(self) -> None:
        # Speakers are kept for as long as the day of deletion hasn't come.
        self.full = FullWorkshop(
            attribution_rule=AttributionRule.ON_RECORD,
            keep_speakers=True,
            purge_on=timezone.localdate() + timedelta(days=30),
        )
        self.workshop: Workshop = self.full.workshop
        self.people: dict[str, Participant] = dict(_people(self.full))
        self.users: dict[str, User | None] = {
            kind: person.user for kind, person in self.people.items()
        }
        self.users["administrator"] = UserFactory(is_staff=True, is_superuser=True)
        # Each thing by its name and the word that a line of the table puts behind the address.
        self.things: dict[tuple[str, str], Any] = {
            (name, ""): key for name, key in self.full.keys.items()
        }
        self._add_variants()
        self.browsers = {kind: self._browser(kind) for kind in KINDS}
        self.things["browser", ""] = uuid4()
        self.things |= {
            ("browser", f"own {kind}"): self.users[kind].browser_sessions.get().pk
            for kind in ACCOUNTS
        }
        self._invite()
        self._cookies = {kind: each.cookies.copy() for kind, each in self.browsers.items()}
        # The tables into which the last request wrote, undone or not.
        self.written: set[str] = set()

    def be_in(self, moment: Moment) -> None:
        """Bring the workshop into a phase and under a rule, which can only become stricter."""
        if self.workshop.attribution_rule != moment.rule:
            self._put(phase=Phase.SYNTHESIS)
            edit_basics(actor=self._owner(), attribution_rule=moment.rule)
            # What was made under the looser rule is withdrawn, as it should be.
            self.things |= self._published_memo()
            self.things["file", ""] = self.full.answers_file().pk
        self._put(phase=moment.phase)

    def id(self, name: str, thing: str = "") -> Any:
        """Return the id of something, for the body of a request."""
        return self.things[name, thing]

    def path(self, address: Address, line: Line, kind: str) -> str:
        """Return where `line` is asked by `kind`."""
        return reverse(address.name, kwargs=self.arguments(address, line, kind))

    def arguments(self, address: Address, line: Line, kind: str) -> dict[str, Any]:
        """Return what stands in the path where `line` is asked by `kind`."""
        return {name: self._value(address, name, line, kind) for name in address.arguments}

    @contextmanager
    def browser(self, kind: str, *, checked: bool = False) -> Iterator[Client]:
        """Lend the browser of `kind`; whatever is done with it is undone, in the database too.

        Whether its requests carry a CSRF token is `checked` if need be.
        """
        browser = self.browsers[kind]
        browser.handler.enforce_csrf_checks = checked
        self.written = set()
        with transaction.atomic(), connection.execute_wrapper(self._watch):
            yield browser
            transaction.set_rollback(True)
        browser.cookies = SimpleCookie()
        browser.cookies.update(self._cookies[kind])

    def _watch(self, execute: Any, sql: str, *about: Any) -> Any:
        written = WRITING.match(sql)
        if written and written[1] not in UNCOUNTED:
            self.written.add(written[1])
        return execute(sql, *about)

    def _put(self, **values: object) -> None:
        Workshop.objects.filter(pk=self.workshop.pk).update(**values)
        self.workshop.refresh_from_db()

    def _owner(self) -> Participant:
        return Participant.objects.select_related("workshop").get(pk=self.people["owner"].pk)

    def _value(self, address: Address, argument: str, line: Line, kind: str) -> Any:
        if argument in {"slug", "code"}:
            return self.full.arguments[argument]
        app, _, name = address.name.partition(":")
        if argument == "pk":
            names = {name for name, _ in self.things}
            about = max((each for each in names if name.startswith(f"{each}-")), key=len)
        else:
            about = NAMED_OTHERWISE.get((app, argument), argument.removesuffix("_id"))
        closest = f"{line.thing} {address.name}".strip()
        for thing in (f"{line.thing} {kind}", closest, line.thing, ""):
            if (about, thing) in self.things:
                return self.things[about, thing]
        raise LookupError(
            f"{line}: tests/permissions/world.py knows nothing called “{about}”"
            f"{f' of the sort “{line.thing}”' if line.thing else ''}. Add it to `World`."
        )

    def _invite(self) -> None:
        """Put somebody on the list who has a personal link, and somebody into the lobby."""
        invited = ParticipantFactory(workshop=self.workshop, user=None)
        path = invite(actor=self._owner(), participant=invited)
        self.things |= {
            ("token", ""): path.strip("/").rpartition("/")[2],
            ("participant", "invited"): invited.pk,
            ("participant", "waiting"): self.people["waiting"].pk,
        }

    def _add_variants(self) -> None:
        workshop, theme = self.workshop, self.full.theme
        note = NoteFactory(session=self.full.session)
        draft = ThemeFactory(workshop=workshop, notes=[note])
        finding = AnnotationFactory(theme=draft)
        own = {
            ("comment", f"own {kind}"): CommentFactory(theme=theme, author=person).pk
            for kind, person in self.people.items()
            if person.workshop_id == workshop.pk
        }
        own |= {
            ("note", f"own {kind}"): self._said_note(recorded_by=person)
            for kind, person in self.people.items()
            if person.workshop_id == workshop.pk
        }
        own |= {
            ("text", f"own {kind}"): self._text_of(person)
            for kind, person in self.people.items()
            if person.workshop_id == workshop.pk
        }
        own |= {
            ("thought", f"own {kind}"): ThoughtFactory(
                session=self.full.session, author=self.people[kind]
            ).pk
            for kind in ("participant", "joined")
        }
        empty = ThemeFactory(workshop=workshop, published=True).pk
        free = AnnotationFactory(theme=theme).pk
        failed = MemoFileFactory(
            version=MemoVersionFactory(memo=self.full.memo), state=JobState.FAILED, reason="Why"
        )
        first = self.things["memo", ""]
        drafted = MemoFileFactory(version=MemoVersionFactory(memo=self.full.memo), **PDF)
        # Without a second one nobody could erase the first.
        ParticipantFactory(workshop=workshop, role=Role.OWNER)
        asked = self._statements()
        who, token = sign_in_link(UserFactory()).strip("/").split("/")[-2:]
        self.things |= {
            **own,
            **self._published_memo(),
            **asked,
            ("theme", "draft"): draft.pk,
            ("session", "workshops:remove_session"): SessionFactory(workshop=workshop).pk,
            ("session", "api:session-detail"): SessionFactory(workshop=workshop).pk,
            ("group", "participants:remove_group"): GroupFactory(workshop=workshop).pk,
            ("group", "api:group-detail"): GroupFactory(workshop=workshop).pk,
            ("organisation", ""): OrganisationFactory(workshop=workshop).pk,
            ("theme", "themes:delete"): empty,
            ("theme", "api:theme-detail"): empty,
            ("theme", "draft api:theme-detail"): ThemeFactory(workshop=workshop).pk,
            ("note", "draft"): note.pk,
            ("note", "notes:speaker"): self._said_note(recorded_by=None),
            ("comment", "draft"): CommentFactory(theme=draft).pk,
            ("annotation", "draft"): finding.pk,
            ("link", "draft"): Link.objects.create(
                workshop=workshop, source_theme=theme, target_annotation=finding
            ).pk,
            ("annotation", "annotations:withdraw"): free,
            ("annotation", "api:annotation-detail"): free,
            ("evidence", "draft"): EvidenceFactory(annotation=finding, note=note).pk,
            ("note", "annotations:term-take"): NoteFactory(
                session=self.full.session, text="rain = water that falls"
            ).pk,
            ("term", "loose"): TermFactory(workshop=workshop).pk,
            ("term", "annotations:term-remove"): (term := TermFactory(
                workshop=workshop, annotation_id=free
            ).pk),
            ("term", "api:term-detail"): term,
            ("memo", "draft"): first,
            ("memo-file", "draft"): drafted.pk,
            ("memo-file", "failed"): failed.pk,
            ("who", ""): who,
            ("token", ""): token,
            ("uidb36", ""): "1",
            ("key", ""): "set-password",
        }  # fmt: skip

    def _statements(self) -> dict[tuple[str, str], Any]:
        """Return statements of which a round is this or that far."""
        counts = {None: Counts(4, 2, 1)}
        draft = StatementFactory(workshop=self.workshop)
        closed = StatementFactory(workshop=self.workshop)
        [to_reveal] = closed.rounds.all()
        go_to(to_reveal, RoundState.OPEN)
        go_to(to_reveal, RoundState.CLOSED)
        done = revealed(counts, workshop=self.workshop)
        waits = revealed(counts, workshop=self.workshop)
        asked_again(waits, RoundState.DRAFT)
        by_hands = revealed(counts, workshop=self.workshop)
        hands = asked_again(by_hands, RoundState.DRAFT)
        go_to(hands, RoundState.OPEN, means=Means.HANDS)
        entered = revealed(counts, workshop=self.workshop)
        to_confirm = asked_again(entered, RoundState.DRAFT)
        go_to(to_confirm, RoundState.OPEN, means=Means.HANDS, members=5)
        HandCount.objects.create(workshop=self.workshop, round=to_confirm, agree=4)
        gone = revealed(counts, workshop=self.workshop)
        Statement.objects.filter(pk=gone.pk).update(withdrawn_at=timezone.now())
        return {
            ("statement", "draft"): draft.pk,
            ("statement", "statements:edit"): done.pk,
            ("statement", "statements:withdraw"): done.pk,
            ("statement", "statements:again"): done.pk,
            ("statement", "statements:means"): waits.pk,
            ("statement", "statements:bring_back"): gone.pk,
            ("statement", "api:statement-bring-back"): gone.pk,
            ("statement", "api:statement-again"): done.pk,
            ("statement", "api:statement-detail"): done.pk,
            ("round", "revealed"): done.rounds.get().pk,
            ("statement", "statements:hands"): by_hands.pk,
            ("statement", "statements:confirm_hands"): entered.pk,
            ("round", "draft"): draft.rounds.get().pk,
            ("round", "closed"): to_reveal.pk,
        }

    def _published_memo(self) -> dict[tuple[str, str], Any]:
        draft = MemoVersionFactory(memo=self.full.memo)
        final = MemoVersionFactory(memo=self.full.memo, content={**draft.content, "draft": False})
        return {
            ("memo", ""): final.pk,
            ("memo-file", ""): MemoFileFactory(version=final, **PDF).pk,
        }

    def _text_of(self, person: Participant) -> Any:
        text, _ = ImportDraft.objects.get_or_create(
            workshop=self.workshop,
            made_by=person,
            defaults={"format": "text", "document": read_text("One").as_json()},
        )
        return text.pk

    def _said_note(self, **values: Any) -> Any:
        note = NoteFactory(session=self.full.session, **values)
        owner = self._owner()
        keep(actor=owner, note=note, speaker=owner)
        return note.pk

    def _browser(self, kind: str) -> Client:
        browser = Client()
        if kind in ACCOUNTS:
            browser.force_login(self.users[kind], backend=settings.AUTHENTICATION_BACKENDS[0])
            browser.get("/accounts/")
        elif kind in self.people:
            session = browser.session
            session[SESSION_KEY] = {str(self.workshop.pk): str(self.people[kind].pk)}
            session.save()
        return browser


def _people(full: FullWorkshop) -> Iterator[tuple[str, Participant]]:
    workshop = full.workshop
    yield from ((str(role), person) for role, person in full.people.items())
    for role in (Role.FACILITATOR, Role.OBSERVER):
        yield str(role), ParticipantFactory(workshop=workshop, role=role)
    yield "joined", ParticipantFactory(workshop=workshop, user=None)
    yield "waiting", ParticipantFactory(workshop=workshop, user=None, admitted_at=None)
    removed = ParticipantFactory(workshop=workshop, role=Role.FACILITATOR)
    Participant.objects.filter(pk=removed.pk).update(removed_at=workshop.created_at)
    yield "removed", removed
    yield "outsider", ParticipantFactory(role=Role.OWNER)
