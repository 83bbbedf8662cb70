"""What the sheet says in each language that there are words for; the rest of it is data.

English stands here only for what is the sheet's own: what a rule means and what is deleted when,
people read in English elsewhere too (`apps.participants.selectors.terms`).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import formats, translation

from apps.workshops.models import AttributionRule

ON_RECORD, CHATHAM_HOUSE, ANONYMOUS = AttributionRule


@dataclass(frozen=True)
class Terms:
    """What it means to come in: words that catch the eye, and the rest of the sentence.

    `dated` holds where there is a day of deletion, `undated` where there is none, and
    `speakers_dated` where there is one for who said what alone. `{day}` stands for the day, and
    `{what}` for what is deleted, which under the anonymous rule is `name`, and else `all`.
    """

    rules: Mapping[AttributionRule, tuple[str, str]]
    dated: tuple[str, str]
    undated: tuple[str, str]
    name: str
    all: str
    speakers_dated: str


@dataclass(frozen=True)
class Words:
    """The sheet's own words in one language, and how days are told in it."""

    language: str
    join: str
    # What `{url}` is, said to those who don't see it.
    alt: str
    scan: str
    code: str
    need: str
    until: str
    day: str
    day_and_year: str
    terms: Terms | None = None

    def told(self, day: dt.date, *, with_year: bool = True) -> str:
        """Return `day` as this language tells it."""
        with translation.override(self.language):
            told = formats.date_format(day, self.day_and_year if with_year else self.day)
        # Django knows no ordinals but the English ones.
        first = self.language == "fr" and day.day == 1
        return f"1er{told[1:]}" if first else told


ENGLISH = Words(
    language="en",
    join="Join this workshop with your phone",
    alt="QR code that leads to {url}",
    scan="Point your camera at the code, or go to",
    code="and type",
    need="No account is needed.",
    until="{first} to {last}",
    day="j F",
    day_and_year="j F Y",
)
GERMAN = Words(
    language="de",
    join="Nehmen Sie mit Ihrem Telefon an diesem Workshop teil",
    alt="QR-Code, der zu {url} führt",
    scan="Richten Sie die Kamera auf den Code, oder gehen Sie zu",
    code="und geben Sie ein",
    need="Ein Konto brauchen Sie nicht.",
    until="{first} bis {last}",
    day="j. F",
    day_and_year="j. F Y",
    terms=Terms(
        rules={
            ON_RECORD: (
                "Mit Namen:",
                "Was Sie sagen, darf unter Ihrem Namen zitiert werden, wenn Sie es erlauben.",
            ),
            CHATHAM_HOUSE: (
                "Chatham-House-Regel:",
                "Was gesagt wird, darf verwendet werden, aber niemand erfährt, wer es gesagt hat.",
            ),
            ANONYMOUS: (
                "Anonym:",
                "Wer etwas gesagt oder geschrieben hat, wird nicht gespeichert.",
            ),
        },
        dated=("Gelöscht am {day},", "oder wenn Sie darum bitten: {what} Das Memo bleibt."),
        undated=(
            "Gelöscht,",
            "wenn Sie darum bitten, denn ein Tag ist nicht bestimmt: {what} Das Memo bleibt.",
        ),
        name="Ihr Name.",
        all="Ihr Name, Ihre Gruppe und wer was gesagt und geschrieben hat.",
        speakers_dated=(
            "Ihr Name, Ihre Gruppe und wer was geschrieben hat; am {day}, wer was gesagt hat."
        ),
    ),
)
FRENCH = Words(
    language="fr",
    join="Participez à cet atelier avec votre téléphone",
    alt="Code QR qui mène à {url}",
    scan="Visez le code avec l’appareil photo, ou allez sur",
    code="et saisissez",
    need="Aucun compte n’est nécessaire.",
    until="du {first} au {last}",
    day="j F",
    day_and_year="j F Y",
    terms=Terms(
        rules={
            ON_RECORD: (
                "Avec les noms :",
                "ce que vous dites peut être cité sous votre nom, si vous le permettez.",
            ),
            CHATHAM_HOUSE: (
                "Règle de Chatham House :",
                "ce qui se dit peut être utilisé, mais personne n’apprend qui l’a dit.",
            ),
            ANONYMOUS: ("Anonyme :", "on ne conserve pas qui a dit ou écrit quoi."),
        },
        dated=("Effacé le {day},", "ou à votre demande : {what} Le mémo reste."),
        undated=(
            "Effacé",
            "à votre demande, car aucune date n’est fixée : {what} Le mémo reste.",
        ),
        name="votre nom.",
        all="votre nom, votre groupe, et qui a dit et écrit quoi.",
        speakers_dated="votre nom, votre groupe, et qui a écrit quoi ; le {day}, qui a dit quoi.",
    ),
)
SPANISH = Words(
    language="es",
    join="Participe en este taller con su teléfono",
    alt="Código QR que lleva a {url}",
    scan="Apunte la cámara al código, o vaya a",
    code="y escriba",
    need="No hace falta ninguna cuenta.",
    until="del {first} al {last}",
    day=r"j \d\e F",
    day_and_year=r"j \d\e F \d\e Y",
    terms=Terms(
        rules={
            ON_RECORD: (
                "Con nombres:",
                "lo que usted diga puede citarse con su nombre, si lo permite.",
            ),
            CHATHAM_HOUSE: (
                "Regla de Chatham House:",
                "lo que se dice puede utilizarse, pero nadie sabrá quién lo dijo.",
            ),
            ANONYMOUS: ("Anónimo:", "no se guarda quién dijo o escribió algo."),
        },
        dated=("Se borra el {day},", "o cuando usted lo pida: {what} El memorando queda."),
        undated=(
            "Se borra",
            "cuando usted lo pida, pues no hay fecha fijada: {what} El memorando queda.",
        ),
        name="su nombre.",
        all="su nombre, su grupo, y quién dijo y escribió qué.",
        speakers_dated="su nombre, su grupo, y quién escribió qué; el {day}, quién dijo qué.",
    ),
)
_KNOWN = {words.language: words for words in (ENGLISH, GERMAN, FRENCH, SPANISH)}


def words_in(tag: str) -> Words:
    """Return the words in the language that `tag` names ("de", "fr-CA"), or else in English."""
    return _KNOWN.get(tag.lower().replace("_", "-").partition("-")[0], ENGLISH)
