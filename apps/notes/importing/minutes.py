"""How minutes and chats are written: who speaks, what is a topic, what says nothing."""

import re
from dataclasses import dataclass

TIME = r"(?:\[?\d{1,2}:\d{2}(?::\d{2})?\]?\s+)?"
# `<jeff> remark`, `14:02 <jeff> remark`, and how a video call keeps its chat.
CHAT = re.compile(rf"{TIME}<([^<>\s][^<>]{{0,60}})>\s+(.+)", re.DOTALL)
CALL = re.compile(
    r"\d{1,2}:\d{2}:\d{2}\s+From\s+(.{1,80}?)\s+[Tt]o\s+[^:]{1,80}:\s*(.+)", re.DOTALL
)
EVENT = re.compile(
    rf"{TIME}(?:-!-|\*\*\*|→|←)\s|{TIME}\S{{1,40}}\s(?:\S{{1,80}}\s)?has\s(?:joined|left|quit)\b"
)
TOPIC = re.compile(
    r"(sub-?topic|topic|agendum|agenda(?:\s+item)?|tagesordnungspunkt)(?:\s*\d{1,3})?\s*[:.]\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
# Who was there, who wrote it down, and what is for a machine.
ABOUT = re.compile(
    r"(?:scribe(?:s|nick|\+)?|present\+?|regrets\+?|chairs?|attendees|participants|attendance|"
    r"apologies|anwesend|protokoll|meeting|date|previous meeting|next meeting|irc)\s*[:+]",
    re.IGNORECASE,
)
SCRIBE = re.compile(r"scribe(?:nick|\+)?\s*:?\s*(\S.{0,60})", re.IGNORECASE)
MACHINE = re.compile(
    r"(?:q[+-]|q\?|ack\s|\+1$|-1$|(?:zakim|rrsagent|trackbot|github-bot|ghurlbot)\s*[,:])",
    re.IGNORECASE,
)
MACHINES = {"zakim", "rrsagent", "trackbot", "github-bot", "ghurlbot", "agendabot"}
GOES_ON = re.compile(r"(?:…|\.{2,})\s*(.+)", re.DOTALL)
ACTION = re.compile(r"(?:action(?:\s+item)?|todo)\b[\s\d-]{0,8}:\s", re.IGNORECASE)
RESOLUTION = re.compile(
    r"(?:resolution|resolved|decision|decided|agreed)\b[\s\d-]{0,8}:\s", re.IGNORECASE
)
# Words before a colon that no person has for a name.
USUAL = (
    "note|notes|nb|n.b|ps|re|fyi|question|questions|q|a|answer|answers|example|examples|e.g|i.e|"
    "definition|quote|idea|ideas|point|points|problem|problems|risk|risks|result|results|"
    "conclusion|conclusions|summary|context|background|issue|issues|option|options|step|steps|"
    "http|https|ftp|mailto|url|see|also|however|therefore|today|tomorrow|yesterday|monday|tuesday|"
    "wednesday|thursday|friday|saturday|sunday|action|todo|decision|resolution|resolved|agreed|"
    "proposal|proposed|warning|important|remark|takeaway|finding|findings|frage|antwort|beispiel|"
    "ergebnis|fazit|hinweis|achtung"
)
PARTS_OF_NAMES = "von|van|de|der|den|del|della|di|da|dos|du|la|le|el|al|bin|ibn|zu|ter"
ARTICLE = "a|an|the|ein|eine|der|die|das|un|une|le|la|l|una|uno|il|el"
WORDS, PARTICLES, ARTICLES = (
    frozenset(words.split("|")) for words in (USUAL, PARTS_OF_NAMES, ARTICLE)
)
LETTERS = r"[^\W\d_][\w.’'`´-]{0,40}"
MORE = rf"(?:[ \u00a0](?:{LETTERS}|\([\w. -]{{1,40}}\))){{0,5}}"
LABEL = re.compile(rf"({LETTERS}{MORE}) ?:(?=\s|$)")
STRONG = re.compile(rf"(\*\*|__|\*|_)({LETTERS}{MORE}) ?(?::\1|\1 ?:)(?=\s|$)")
MOST_WORDS = 4


@dataclass(frozen=True)
class Said:
    """A remark without what stands before it, and that."""

    speaker: str
    text: str


def label_of(text: str, known: frozenset[str] = frozenset()) -> Said | None:
    """Return what stands before a colon, if it may be somebody's name, and the rest of `text`.

    `known` are names and groups, in small letters, that may be written as no name is.
    """
    found = LABEL.match(text)
    if found is None:
        strong = STRONG.match(text)
        if strong is None:
            return None
        label, rest = strong[2], text[strong.end() :]
    else:
        label, rest = found[1], text[found.end() :]
    if label.lower() in known or _like_a_name(label):
        return Said(label, rest.strip())
    return None


def _like_a_name(label: str) -> bool:
    """Say whether `label` is a few words, each of them large or a particle, and no usual one."""
    words = label.split()
    if words[0].lower() in ARTICLES and len(words) > 1:
        # “A practitioner”: how somebody is shown who isn't named.
        return words[0][0].isupper() and len(words) <= MOST_WORDS
    if len([word for word in words if word.lower() not in PARTICLES]) > MOST_WORDS:
        return False
    bare = [word.strip("().").lower() for word in words]
    if all(word in WORDS for word in bare):
        return False
    large = all(
        word.lower() in PARTICLES or word.strip("(")[:1].isupper() or word.startswith("(")
        for word in words
    )
    return words[0][:1].isupper() and large
