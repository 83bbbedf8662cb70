"""What each column of a table of notes holds: guessed from its heading, or from its values."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from apps.core.texts import fold
from apps.notes.importing.blocks import Block


class Column(StrEnum):
    TEXT = "text"
    SPEAKER = "speaker"
    SESSION = "session"
    THEME = "theme"
    MARK = "mark"
    NUMBER = "number"
    ANSWERS = "answers"
    LEFT_OUT = ""


HEADINGS = {
    Column.TEXT: (
        "text|note|notes|remark|comment|said|what was said|content|contribution|point|statement|"
        "notiz|aussage|bemerkung|inhalt|beitrag|remarque|contenu|propos|nota|texto|comentario|"
        "contenido|testo|commento|opmerking|notitie"
    ),
    Column.SPEAKER: (
        "speaker|who|by|name|said by|participant|person|group|stakeholder group|role|author|wer|"
        "sprecher|sprecherin|gruppe|von|qui|intervenant|groupe|auteur|quien|grupo|chi|gruppo|wie|"
        "groep"
    ),
    Column.SESSION: "session|part|block|sitzung|seance|sesion|sessione|sessie",
    Column.THEME: (
        "theme|themes|topic|topics|heading|tag|tags|category|cluster|thema|themen|kategorie|"
        "rubrique|sujet|tema|temas|categoria|onderwerp"
    ),
    Column.MARK: "mark|kind|type|art|typ|sorte|tipo|soort",
    Column.NUMBER: "number|no|nr|id|nummer|numero|n",
    Column.ANSWERS: "answers|reply to|in reply to|parent|antwortet auf|repond a",
}
KIND_OF = {word: kind for kind, words in HEADINGS.items() for word in words.split("|")}
SAMPLE = 200
# Values of this length are words that somebody said, and those are names.
LONG, SHORT = 24, 40


def guess_columns(rows: Iterable[Block]) -> tuple[list[Column], bool]:
    """Return what each column seems to hold, and whether the first row says so."""
    sample = [row.cells for row in rows][: SAMPLE + 1]
    width = max(map(len, sample), default=0)
    named = [KIND_OF.get(fold(cell), Column.LEFT_OUT) for cell in sample[0]] if sample else []
    named += [Column.LEFT_OUT] * (width - len(named))
    heading = any(named) and len(sample) > 1
    kinds = _each_once(named) if heading else [Column.LEFT_OUT] * width
    if Column.TEXT not in kinds and width:
        _by_length(kinds, sample[heading:])
    return kinds, heading


def wrong_with(kinds: Sequence[str]) -> str:
    """Return what can't be of these columns, in a sentence; empty if all is well."""
    used = [kind for kind in kinds if kind]
    if Column.TEXT not in used:
        return "Say which column holds what was said."
    if len(used) != len(set(used)):
        return "Two columns hold the same. Leave one of them out."
    return ""


def _each_once(kinds: list[Column]) -> list[Column]:
    found: list[Column] = []
    for kind in kinds:
        found.append(Column.LEFT_OUT if kind in found else kind)
    return found


def _by_length(kinds: list[Column], rows: Sequence[Sequence[str]]) -> None:
    """The column of the longest values is what was said; short ones before it say who."""
    means = [
        sum(len(row[place]) for row in rows if place < len(row)) / max(len(rows), 1)
        if kinds[place] == Column.LEFT_OUT
        else -1.0
        for place in range(len(kinds))
    ]
    longest = means.index(max(means))
    kinds[longest] = Column.TEXT
    if longest and Column.SPEAKER not in kinds and means[longest] >= LONG:
        before = longest - 1
        if kinds[before] == Column.LEFT_OUT and 0 < means[before] <= SHORT:
            kinds[before] = Column.SPEAKER
