"""Setting entries beside a workshop: which session, theme and group each note goes with.

Nothing here writes. What was chosen (`Wishes`) names things as choices of a form do:
“session:…”, “theme:…”, “group:…”, “person:…”, or one of the words below.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from apps.core.files.limits import Unreadable
from apps.core.texts import fold
from apps.notes.importing.deciding import (
    IN_TEXT,
    NEW,
    NOBODY,
    OUT,
    Known,
    KnownSession,
    Label,
    Place,
    labels_of,
    place_key,
    places_of,
)
from apps.notes.importing.entries import Entry, Kind
from apps.notes.importing.limits import HEADINGS, LABELS

MANY_LABELS = (
    f"More than {LABELS} different words stand before colons. Say that they aren’t names, or split "
    "the notes into several imports."
)
MANY_PLACES = f"This has more than {HEADINGS} headings. Split it into several imports."


@dataclass(frozen=True)
class Wishes:
    """What was chosen on seeing what becomes of each line."""

    session: str = ""
    # By the keys of places and labels.
    places: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    # By the keys of entries.
    left_out: frozenset[int] = frozenset()


@dataclass(frozen=True)
class NewTheme:
    """A theme to be made; it stands under `parent`, another new one or one that there is."""

    key: str
    title: str
    parent: str


@dataclass(frozen=True)
class Planned:
    """A note, a heading or another line, and what becomes of it."""

    entry: Entry
    is_taken: bool = False
    text: str = ""
    session: str = ""
    # Ids of themes, and keys of new ones.
    themes: tuple[str, ...] = ()
    group: str = ""
    # Whose name is kept apart from the note, where the rule lets it be kept.
    speaker: str = ""
    why: str = ""
    # It names somebody in its text, where the rule lets nobody be named.
    names: str = ""


@dataclass(frozen=True)
class Plan:
    """What an import becomes, before anything of it is done."""

    lines: list[Planned]
    places: list[Place]
    labels: list[Label]
    new_themes: list[NewTheme]
    # Labels that nothing was chosen for.
    undecided: list[Label]
    # Tells what was read, and what there was to go with it, from any other: whoever chose did so on
    # seeing this.
    digest: str

    @property
    def taken(self) -> list[Planned]:
        """The notes to be."""
        return [line for line in self.lines if line.is_taken]

    @property
    def wrong(self) -> list[Planned]:
        """The notes that can't be taken, and aren't left out."""
        return [line for line in self.taken if line.entry.error]

    @property
    def naming(self) -> list[Planned]:
        """The notes that name somebody in their text, where the rule lets nobody be named."""
        return [line for line in self.taken if line.names]


def plan_of(entries: Sequence[Entry], known: Known, wishes: Wishes | None = None) -> Plan:
    """Set `entries` beside what is `known`; without `wishes` as is guessed. Raises `Unreadable`."""
    places, labels = list(places_of(entries, known)), list(labels_of(entries, known))
    if len(labels) > LABELS:
        raise Unreadable(MANY_LABELS)
    if len(places) > HEADINGS:
        raise Unreadable(MANY_PLACES)
    wishes = wishes or Wishes()
    chosen_places = {
        place.key: _known_or_guessed(wishes.places.get(place.key, ""), place.guess, known)
        for place in places
    }
    chosen_labels = {
        label.key: _known_or_guessed(wishes.labels.get(label.key, ""), label.guess, known)
        for label in labels
    }
    planning = _Planning(
        entries,
        known,
        wishes,
        places=places,
        chosen_places=chosen_places,
        chosen_labels=chosen_labels,
    )
    planning.named = {label.key for label in labels if label.is_known}
    return Plan(
        lines=[planning.line(entry) for entry in entries],
        places=places,
        labels=labels,
        new_themes=list(planning.new_themes.values()),
        undecided=[label for label in labels if not chosen_labels[label.key]],
        digest=hashlib.sha256(repr((entries, known)).encode()).hexdigest()[:16],
    )


def _known_or_guessed(chosen: str, guess: str, known: Known) -> str:
    """Return what was chosen, if it is there, or else what was guessed."""
    kind, _, key = chosen.partition(":")
    there: Mapping[str, Mapping[str, object]] = {
        "session": known.sessions, "theme": known.themes, "group": known.groups,
        "person": known.people,
    }  # fmt: skip
    if kind in there:
        return chosen if key in there[kind] else guess
    return chosen or guess


class _Planning:
    def __init__(
        self,
        entries: Sequence[Entry],
        known: Known,
        wishes: Wishes,
        *,
        places: Sequence[Place],
        chosen_places: Mapping[str, str],
        chosen_labels: Mapping[str, str],
    ) -> None:
        self.known, self.wishes = known, wishes
        self.places = {place.key: place for place in places}
        self.chosen_places, self.chosen_labels = chosen_places, chosen_labels
        self.new_themes: dict[str, NewTheme] = {}
        self._theme_of: dict[str, str] = {}
        self._names = _Names(known, chosen_labels, entries)
        # Labels that are names on the list.
        self.named: set[str] = set()

    def line(self, entry: Entry) -> Planned:
        """Return what becomes of an entry; those before it were asked for already."""
        if entry.kind != Kind.NOTE:
            return Planned(entry, why=entry.why)
        if entry.key in self.wishes.left_out:
            return Planned(entry, why="You left it out.")
        headings = [f"h{key}" for key in entry.headings]
        if any(self.chosen_places[key] == OUT for key in headings):
            return Planned(entry, why="It stands under a heading that is left out.")
        session = self._session(entry, headings)
        if session not in self.known.sessions:
            session = next(iter(self.known.sessions), "")
        known = self.known.sessions.get(session, KnownSession("", False, False))  # noqa: FBT003
        group, speaker, in_text = self._said_by(entry, known)
        text = f"{entry.speaker}: {entry.text}" if in_text else entry.text
        names = "" if known.keeps_speakers else self._names.within(text)
        return Planned(
            entry,
            is_taken=True,
            text=text,
            session=session,
            themes=tuple(dict.fromkeys(self._themes(entry, headings))),
            group=group,
            speaker=speaker,
            names=names,
            why=entry.why,
        )

    def _session(self, entry: Entry, headings: Sequence[str]) -> str:
        keys = [place_key("session", [entry.session])] if entry.session else reversed(headings)
        for key in keys:
            kind, _, found = self.chosen_places.get(key, "").partition(":")
            if kind == "session":
                return found
        return self.wishes.session

    def _themes(self, entry: Entry, headings: Sequence[str]) -> Iterator[str]:
        yield from entry.filed
        for path in entry.themes:
            yield from filter(None, [self._theme(place_key("theme", path))])
        for key in reversed(headings):
            if theme := self._theme(key):
                yield theme
                return

    def _theme(self, key: str) -> str:
        """Return the theme that a place becomes; empty for none."""
        if key not in self._theme_of:
            kind, _, found = self.chosen_places.get(key, "").partition(":")
            self._theme_of[key] = found if kind == "theme" else ""
            if kind == NEW:
                self._theme_of[key] = self._new(self.places[key])
        return self._theme_of[key]

    def _new(self, place: Place) -> str:
        above, parent = place.under, ""
        while above and not (parent := self._theme(above)):
            above = self.places[above].under
        key = f"new:{parent}/{fold(place.title)}"
        self.new_themes.setdefault(key, NewTheme(key, place.title, parent))
        return key

    def _said_by(self, entry: Entry, session: KnownSession) -> tuple[str, str, bool]:
        """Return (group, speaker, whether what stands before the text is left in it)."""
        label = fold(entry.speaker)
        chosen = self.chosen_labels[label] if entry.speaker else ""
        kind, _, found = chosen.partition(":")
        # What somebody typed for this one note goes before what stands before many.
        group = entry.group or (found if kind == "group" else "")
        speaker = entry.said_by or (found if kind == "person" and not entry.group else "")
        if speaker and not entry.group:
            group = self.known.memberships.get(speaker, "")
        return (
            group if session.keeps_groups else "",
            speaker if session.keeps_speakers else "",
            # Where nobody keeps who spoke, no text says it either.
            chosen == IN_TEXT and (session.keeps_speakers or label not in self.named),
        )


class _Names:
    """Finds names of people in texts: of those on the list, and of those who speak here."""

    def __init__(self, known: Known, chosen: Mapping[str, str], entries: Sequence[Entry]) -> None:
        spoken = {fold(entry.speaker): entry.speaker for entry in entries if entry.speaker}
        names = [
            *known.people.values(),
            *(
                spoken[key] for key, choice in chosen.items()
                if choice == NOBODY or choice.startswith("person:")
            ),
        ]  # fmt: skip
        self._by_first: dict[str, list[tuple[list[str], str]]] = {}
        for name in names:
            words = fold(name).split()
            if words:
                self._by_first.setdefault(words[0], []).append((words, name))

    def within(self, text: str) -> str:
        """Return a name that `text` holds; empty if there is none."""
        words = fold(text).split() if self._by_first else []
        for place, word in enumerate(words):
            for name, written in self._by_first.get(word, []):
                if words[place : place + len(name)] == name:
                    return written
        return ""
