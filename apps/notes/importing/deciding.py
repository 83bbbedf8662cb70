"""What is to be decided before notes are taken: headings, names before colons."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from apps.core.texts import fold
from apps.notes.importing.entries import Entry, Kind

# What becomes of a heading: nothing, a new theme, or all under it is left out.
NOTHING, NEW, OUT = "nothing", "new", "out"
# What becomes of what stands before a colon: it is taken away, or left, for it is no name.
NOBODY, IN_TEXT = "nobody", "text"
UNDER_NO_THEME = "under no theme"
# How exports show somebody whose group isn't told.
SOMEBODY = {"a participant", "participant", "participants"}


@dataclass(frozen=True)
class KnownSession:
    """A session that there is, and what the rule in force lets be kept in it."""

    title: str
    keeps_groups: bool
    keeps_speakers: bool


@dataclass(frozen=True)
class Known:
    """What there is in a workshop, by the ids of it."""

    sessions: Mapping[str, KnownSession]
    # By the titles of those that a theme stands under, and its own.
    themes: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, tuple[str, ...]]
    # Nobody for those who don't read the list of people; and by whom who is of which group.
    people: Mapping[str, str]
    memberships: Mapping[str, str]


@dataclass(frozen=True)
class Place:
    """A heading, or a session or theme that a column names, to be decided on."""

    key: str
    title: str
    line: int
    level: int
    count: int
    guess: str
    # The place above, whose theme a new one stands under.
    under: str = ""
    # Of a column: "session" or "theme"; empty for a heading, which may be either.
    kind: str = ""


@dataclass(frozen=True)
class Label:
    """What stands before a colon, to be decided on."""

    key: str
    text: str
    count: int
    guess: str
    # It is the name of somebody on the list.
    is_known: bool = False


def place_key(kind: str, path: Iterable[str]) -> str:
    """Return the key of a session or theme that a column names."""
    return f"{kind}:{'/'.join(map(fold, path))}"


def places_of(entries: Sequence[Entry], known: Known) -> Iterator[Place]:
    """Yield what is to be decided on: headings as they stand, then what columns name."""
    sessions = {fold(session.title): key for key, session in known.sessions.items()}
    themes = {tuple(map(fold, path)): key for key, path in known.themes.items()}
    by_title = {path[-1]: key for path, key in reversed(themes.items())}
    counts = _counts(entries)
    tops = [e for e in entries if e.kind == Kind.HEADING and e.level == 1]
    for entry in entries:
        if entry.kind != Kind.HEADING:
            continue
        title = fold(entry.text)
        is_title = tops == [entry] and not entry.headings and _is_first(entry, entries)
        if title in sessions:
            guess = f"session:{sessions[title]}"
        elif title in by_title:
            guess = f"theme:{by_title[title]}"
        else:
            guess = NOTHING if is_title or title in {"", UNDER_NO_THEME} else NEW
        under = f"h{entry.headings[-1]}" if entry.headings else ""
        yield Place(f"h{entry.key}", entry.text, entry.line, len(entry.headings),
                    counts[entry.key], guess, under)  # fmt: skip
    yield from _named(entries, sessions, themes)


def _named(
    entries: Sequence[Entry], sessions: Mapping[str, str], themes: Mapping[tuple[str, ...], str]
) -> Iterator[Place]:
    """Yield the sessions and themes that columns name; those above a theme come before it."""
    named: dict[str, tuple[str, tuple[str, ...], int]] = {}
    counts: dict[str, int] = {}
    for entry in entries:
        if entry.session:
            key = place_key("session", [entry.session])
            named.setdefault(key, ("session", (entry.session,), entry.line))
            counts[key] = counts.get(key, 0) + 1
        for path in entry.themes:
            for length in range(1, len(path) + 1):
                key = place_key("theme", path[:length])
                named.setdefault(key, ("theme", path[:length], entry.line))
            counts[key] = counts.get(key, 0) + 1
    for key, (kind, path, line) in named.items():
        if kind == "session":
            found = sessions.get(fold(path[0]))
            guess = f"session:{found}" if found else NOTHING
        else:
            found = themes.get(tuple(map(fold, path)))
            guess = f"theme:{found}" if found else NEW
        under = place_key("theme", path[:-1]) if len(path) > 1 else ""
        yield Place(key, path[-1], line, len(path) - 1, counts.get(key, 0), guess, under, kind)


def _counts(entries: Iterable[Entry]) -> dict[int, int]:
    """Return how many notes stand right under each heading."""
    counts = {entry.key: 0 for entry in entries if entry.kind == Kind.HEADING}
    for entry in entries:
        if entry.kind == Kind.NOTE and entry.headings:
            counts[entry.headings[-1]] += 1
    return counts


def _is_first(heading: Entry, entries: Sequence[Entry]) -> bool:
    """Say whether nothing was said before `heading`."""
    return all(entry.kind != Kind.NOTE for entry in entries[: heading.key])


def labels_of(entries: Iterable[Entry], known: Known) -> Iterator[Label]:
    written: dict[str, list[str]] = {}
    for entry in entries:
        if entry.kind == Kind.NOTE and entry.speaker:
            written.setdefault(fold(entry.speaker), []).append(entry.speaker)
    groups = {fold(name): key for key, names in known.groups.items() for name in names}
    people = _by_name(known.people)
    for key, several in written.items():
        group, person = groups.get(key), people.get(" ".join(sorted(key.split())))
        guess = f"group:{group}" if group else f"person:{person}" if person else ""
        if key in SOMEBODY:
            guess = NOBODY
        yield Label(key, several[0], len(several), guess, bool(person) and not group)


def _by_name(people: Mapping[str, str]) -> dict[str, str]:
    """Return people by their names, and by parts of them that nobody else has."""
    whole: dict[str, list[str]] = {}
    parts: dict[str, list[str]] = {}
    for key, name in people.items():
        words = fold(name).split()
        whole.setdefault(" ".join(sorted(words)), []).append(key)
        for word in {words[0], words[-1]} if words else ():
            parts.setdefault(word, []).append(key)
    found = {word: keys[0] for word, keys in parts.items() if len(keys) == 1}
    return found | {name: keys[0] for name, keys in whole.items() if len(keys) == 1 and name}
