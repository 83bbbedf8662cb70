"""Everybody in a workshop, carrying tokens in whatever the system holds of them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator

from apps.accounts.models import ApiToken, User
from apps.accounts.services import replace_api_token
from apps.core import audit
from apps.core.models import OutgoingMail
from apps.notes.models import Note, NoteRevision
from apps.notes.speakers import correct
from apps.participants.models import (
    Listing,
    Naming,
    Participant,
    PersonalLink,
    RosterDraft,
)
from apps.participants.services.speaking import speaking_for_oneself
from apps.themes.models import Comment, Theme
from apps.workshops.models import Role, Session
from apps.workshops.rules import TEAM
from tests.factories import CommentFactory, NoteFactory, SessionFactory, ThoughtFactory
from tests.permissions.world import World
from tests.privacy.entitlement import Token

# The hours at which comments were written, a minute each: when nothing else happens.
NIGHT = datetime(2026, 5, 13, 3, 0, tzinfo=UTC)
CONSENTED = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
LISTINGS = list(Listing)
NAMINGS = list(Naming)


class Cast:
    """The people of a `World`, and all tokens that they carry."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.tokens: list[Token] = []
        # In one session what is said is read along, in no other.
        workshop = world.workshop
        Session.objects.filter(workshop=workshop).update(has_feed=False)
        self.read_along = SessionFactory(workshop=workshop, has_feed=True)
        # What each kind of person sends along with every request.
        self.sent_along: dict[str, dict[str, str]] = {}
        people = {person.pk: kind for kind, person in world.people.items()}
        people[world.id("participant", "invited")] = "invited"
        # In the order in which they were made, which stands in their names until now.
        found = Participant.objects.select_related("user", "workshop")
        in_order = sorted(found, key=lambda each: int(each.display_name.split()[-1]))
        for number, person in enumerate(in_order):
            self._carry(person, people.get(person.pk, f"somebody {number}"), number)
        administrator = world.users["administrator"]
        assert administrator is not None
        self._account(administrator, "administrator", "admin")
        self._asks_and_imports()
        self._browsers()
        for person in world.people.values():
            person.refresh_from_db()
        for token in self.tokens:
            assert token.text == token.text.lower(), token

    def of(self, whose: str) -> Iterator[Token]:
        """Yield what one person carries."""
        return (token for token in self.tokens if token.whose == whose)

    def _carry(self, person: Participant, whose: str, number: int) -> None:
        def word(of: str) -> str:
            return f"zq{of}{number:02d}qz"

        here = person.admitted_at is not None and person.removed_at is None
        listing = LISTINGS[number % len(LISTINGS)]
        in_workshop = person.workshop_id == self.world.workshop.pk
        listed = here and in_workshop and listing in {Listing.FULL, Listing.NAME}
        listed = listed and whose != "invited"
        named = frozenset(["spoke"] * in_workshop + ["listed"] * listed)
        in_full = frozenset(["listed"] * (listed and listing == Listing.FULL))
        invited = whose == "invited"
        row = Participant.objects.filter(pk=person.pk)
        # What is known of those who were removed was told before.
        row.update(removed_at=None)
        with speaking_for_oneself(person):
            row.update(
                display_name=f"Z{word('first')[1:]} Z{word('last')[1:]}",
                affiliation=f"University of {word('house')}",
                email=f"{word('mail')}@example.org",
                listing=Listing.NONE if invited else listing,
                attribution=Naming.NO if invited else NAMINGS[number % len(NAMINGS)],
                consented_at=None if invited else CONSENTED,
            )
        row.update(removed_at=person.removed_at)
        self._add("name", whose, word("first"), named)
        self._add("name", whose, word("last"), named)
        self._add("affiliation", whose, word("house"), in_full)
        self._add("e-mail address", whose, word("mail"))
        self._add("id", whose, str(person.pk))
        if in_workshop:
            self._speak(person, whose, number, word)
        if person.user is not None:
            self._account(person.user, whose, f"{number:02d}")
        for link in PersonalLink.objects.filter(participant=person):
            self._add("key", whose, link.digest)
            OutgoingMail.objects.create(
                to=f"{word('to')}@example.org", subject=word("subject"), text=word("letter"),
                about=link.pk,
            )  # fmt: skip
            for each in ("to", "subject", "letter"):
                self._add("key", whose, word(each))
        if whose == "invited":
            self._add("key", whose, str(self.world.id("token")))
        self.sent_along[whose] = {
            "HTTP_USER_AGENT": f"{word('agent')}/1 (Linux) Firefox/{number}",
            "REMOTE_ADDR": f"198.51.100.{number}",
        }
        self._add("browser and network", whose, word("agent"))
        self._add("browser and network", whose, f"198.51.100.{number}")

    def _speak(self, person: Participant, whose: str, number: int, word: Any) -> None:
        """Say something everywhere: openly, on a draft, in the room, from a phone."""
        written = NIGHT + timedelta(minutes=number)
        comment = CommentFactory(
            theme=self.world.full.theme, author=person, text=word("comment"), created_at=written
        )
        Comment.objects.exclude(pk=comment.pk).filter(author=person).update(created_at=written)
        draft = Theme.objects.get(pk=self.world.id("theme", "draft"))
        CommentFactory(theme=draft, author=person, text=word("aside"))
        of_team = frozenset(["of the team"] if person.role in TEAM else [])
        self._add("minute of a comment", whose, f"{written:%H:%M}", of_team)
        self._add("comment", whose, word("comment"))
        self._add("comment on a draft", whose, word("aside"))
        note = NoteFactory(session=self.world.full.session, text=word("note"))
        note.workshop = self.world.workshop
        self._add("note", whose, word("note"))
        NoteFactory(session=self.read_along, text=word("along"))
        self._add("note that is read along", whose, word("along"))
        ThoughtFactory(session=self.world.full.session, author=person, text=word("thought"))
        self._add("thought", whose, word("thought"))
        NoteRevision.objects.create(note=note, text=word("before"))
        self._add("words before a correction", whose, word("before"))
        if person.removed_at is None:
            correct(actor=self.world.people[Role.OWNER], note=note, speaker=person)

    def _account(self, user: User, whose: str, number: str) -> None:
        def word(of: str) -> str:
            return f"zq{of}{number}qz"

        token = replace_api_token(user=user)
        User.objects.filter(pk=user.pk).update(
            name=word("account"), email=f"{word('sign')}@example.org"
        )
        Authenticator.objects.create(
            user=user,
            type=Authenticator.Type.RECOVERY_CODES,
            data={"seed": word("seed"), "used_mask": 0},
        )
        self._add("the account's name", whose, word("account"))
        self._add("the account's address", whose, word("sign"))
        self._add("the account's id", whose, str(user.pk))
        for key in (
            token.lower(), ApiToken.objects.get(user=user).digest, user.password.lower(),
            word("seed"),
        ):  # fmt: skip
            self._add("key", whose, key)

    def _asks_and_imports(self) -> None:
        """Let the rapporteur have asked who said something, and the owner paste a list."""
        rapporteur = self.world.people[Role.RAPPORTEUR]
        note = Note.objects.filter(workshop=self.world.workshop).earliest("sequence")
        audit.record(
            "speaker.opened", note, actor=rapporteur, scope_id=note.workshop_id,
            reason="zqreasonqz",
        )  # fmt: skip
        self._add("reason for asking", "rapporteur", "zqreasonqz")
        RosterDraft.objects.update(
            rows=[["Name", "E-mail"], ["zqpastedqz", "zqpastedqz@example.org"]]
        )
        self._add("list being imported", "owner", "zqpastedqz")

    def _browsers(self) -> None:
        for kind, browser in self.world.browsers.items():
            if "sessionid" in browser.cookies:
                self._add("key", kind, browser.cookies["sessionid"].value)
            if ("browser", f"own {kind}") in self.world.things:
                own = str(self.world.id("browser", f"own {kind}"))
                self._add("a browser's id", kind, own)

    def _add(self, what: str, whose: str, text: str, traits: frozenset[str] = frozenset()) -> None:
        self.tokens.append(Token(what, whose, text.lower(), traits))
