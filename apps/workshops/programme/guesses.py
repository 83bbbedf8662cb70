"""What the words of a programme let one guess: a session's kind, its room, whether it is a pause.

Only guesses: they are shown for correction before anything is added.
"""

import re

from apps.workshops.models import SessionKind

# The first that fits is taken: "closing panel" closes.
_KINDS: dict[SessionKind, list[str]] = {
    SessionKind.CAFE_TABLE: [
        "world[ -]?caf[eé]", "caf[eé][ -](?:table|tisch)s?", "(?:table|tisch)s?[ -]caf[eé]",
        "tables? de caf[eé]",
    ],
    SessionKind.NOMINAL_GROUP: ["nominal(?:e|en)?[ -](?:group|gruppe)", "groupe nominal"],
    SessionKind.CLOSING: [
        "closing", "wrap[- ]?up", "farewell", r"conclusions?\b", "abschluss", "schlussrunde",
        "schlusswort", "ausblick", "verabschiedung", "fazit", "cl[oô]ture",
    ],
    SessionKind.BREAKOUT: [
        "break[- ]?outs?", "parallel", "working groups?", "group work", "small groups?",
        "arbeitsgruppen?", "gruppenarbeit", "kleingruppen?", "gruppenphase", r"ateliers?\b",
        "groupes? de travail", "sous-groupes?", "sessions? parallèles?",
    ],
    SessionKind.PANEL: ["panel", "podium", "round[- ]?table", "table ronde", "rundgespräch"],
    SessionKind.TALK: [
        "keynote", r"talks?\b", r"lectures?\b", r"presentations?\b", "vortr[aä]ge?", "impuls",
        r"referate?\b", r"input\b", r"conférences?\b", r"exposés?\b", r"présentations?\b",
        r"address\b",
    ],
    SessionKind.PLENARY: ["plenary", "plenum", "plenar", "plénière"],
}  # fmt: skip
KINDS = [
    (kind, re.compile(rf"\b(?:{'|'.join(words)})", re.IGNORECASE)) for kind, words in _KINDS.items()
]
PARALLEL = {SessionKind.BREAKOUT, SessionKind.CAFE_TABLE, SessionKind.NOMINAL_GROUP}

BREAK = re.compile(
    r"\b(?:coffee|tea|lunch|dinner|breakfast|drinks|aperitif|apéro|breaks?|registration|arrivals?"
    r"|check-in|departure|reception|social evening|pause|kaffee\w*|tee|mittag\w*|abendessen"
    r"|frühstück|imbiss|anmeldung|registrierung|ankunft|anreise|abreise|empfang|umtrunk|déjeuner|dîner"
    r"|petit[- ]déjeuner|café|accueil|inscription|cocktail)\b",
    re.IGNORECASE,
)
# "Table 2", "Group B: trust", "Arbeitsgruppe 1", "Tisch 3", "Atelier 2".
PLACE_IN_ROUND = re.compile(
    r"^(?:table|group|breakout|working group|track|room|session|workshop|tisch|gruppe|arbeitsgruppe"
    r"|ag|raum|groupe|atelier|salle)\s+(?:\d{1,2}|[a-z]|[ivx]{1,4})\b",
    re.IGNORECASE,
)
# Words of a room, and names such as "B-201" or "3.14".
_ROOM = (
    r"room|raum|saal|salle|hall|aula|auditorium|audimax|amphi\w*|hörsaal|library|bibliothek|"
    r"bibliothèque|foyer|lobby|garden|garten|jardin|terrace|terrasse|studio|theatre|theater|"
    r"chapel|lounge|kantine|canteen|cafeteria|mensa|online|zoom|building|gebäude|bâtiment|floor|"
    r"etage|étage|lab|atrium|kitchen|küche|cuisine|boardroom|seminarraum"
)
ROOM_WORD = re.compile(rf"(?:\b(?:{_ROOM})\b|raum\b|saal\b|\broom\b)", re.IGNORECASE)
ROOM_NUMBER = re.compile(r"^[A-Z]{0,3}[-. ]?\d{1,4}(?:[.-]\d{1,3})?[a-z]?$")
ROOM_LINE = re.compile(
    r"^(?:room|venue|location|place|raum|ort|saal|salle|lieu)\s*:\s*(?P<room>.+)$", re.IGNORECASE
)
_BRACKETED = re.compile(r"\s*[(\[](?P<room>[^()\[\]]{1,80})[)\]]\s*$")
_APPENDED = re.compile(r"\s*(?:,|\s@|\s[-–—|·]|;)\s*(?P<room>[^,;|()]{1,60})$")
MOST_WORDS_OF_A_ROOM = 6


def kind_of(title: str) -> SessionKind | None:
    """Return the kind of session that `title` speaks of; None if it doesn't."""
    return next((kind for kind, words in KINDS if words.search(title)), None)


def is_break(title: str) -> bool:
    """Say whether nobody takes notes then: coffee, lunch, arrival. "Lunch talk" isn't one."""
    return BREAK.search(title) is not None and kind_of(title) is None


def is_parallel(title: str) -> bool:
    """Say whether several things go on under `title` at once."""
    return kind_of(title) in PARALLEL


def room_in(title: str) -> tuple[str, str]:
    """Return the title without the room that it names at its end, and the room; "" if none."""
    for pattern in (_BRACKETED, _APPENDED):
        match = pattern.search(title)
        before = title[: match.start()].strip() if match else ""
        if match and before and is_room(match["room"].strip()):
            return before, re.sub(r"^(?:in|@)\s+", "", match["room"].strip())
    before, at, room = title.rpartition(" @ ")
    return (before.strip(), room.strip()) if at and before.strip() else (title, "")


def is_room(text: str) -> bool:
    """Say whether `text` is what a room is called."""
    few = len(text.split()) <= MOST_WORDS_OF_A_ROOM
    return few and bool(ROOM_WORD.search(text) or ROOM_NUMBER.match(text))
