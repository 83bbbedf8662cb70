"""Asking for everything as everybody, and finding what comes back that shouldn't."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from apps.core.models import OutgoingMail
from tests.permissions.bodies import SECRET, body_of
from tests.permissions.table import READING, Moment
from tests.permissions.walk import Cell, number_of, sending
from tests.privacy import surfaces
from tests.privacy.cast import Cast
from tests.privacy.entitlement import Token, may_know

# Ways of asking, in turn: as a page, as a part of one, in formats there are and there aren't.
WAYS: list[dict[str, str]] = [
    {},
    {"HTTP_HX_REQUEST": "true"},
    {"HTTP_ACCEPT": "text/csv"},
    {"HTTP_ACCEPT": "application/xml"},
    {"HTTP_HX_REQUEST": "true", "HTTP_HX_BOOSTED": "true"},
]
QUERIES = [
    "", "arrange", "row", "refile", "state=removed", "format=csv", "format=api",
    "who=participants",
]  # fmt: skip
SUFFIXES = ["", ".json", ".csv", ".xml", ".api"]


@dataclass
class Found:
    """How much was asked and looked at, what was rightly told, and what shouldn't have been."""

    asked: int = 0
    characters: int = 0
    mails: int = 0
    lines: int = 0
    told: set[str] = field(default_factory=set)
    leaks: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.asked:,} answers, {self.mails} mails, {self.lines:,} lines of log, "
            f"{self.characters / 1e6:.1f} million characters: "
            f"{len(self.leaks)} tokens where they don’t belong"
        )


class Crawl:
    """Makes requests as all kinds of people, and reads whatever comes of them."""

    def __init__(self, cast: Cast, log: surfaces.Log) -> None:
        self.cast = cast
        self.log = log
        self.found = Found()

    def over(self, cells: Iterable[Cell]) -> Found:
        """Make the requests of the table, each in its own way; moments come one after another."""
        moment = None
        for cell in cells:
            if cell.moment != moment:
                moment = cell.moment
                self.cast.world.be_in(moment)
            self.ask(varied(self.cast, cell), cell.kind, cell.moment, str(cell))
        return self.found

    def ask(self, request: dict[str, Any], kind: str, moment: Moment, what: str) -> Any:
        """Make one request as `kind`, read all that comes of it, and return the answer."""
        said = " ".join(str(request.get(part, "")) for part in ("path", "QUERY_STRING", "data"))
        before = set(OutgoingMail.objects.values_list("pk", flat=True))
        with self.cast.world.browser(kind) as browser:
            browser.raise_request_exception = False
            self.log.taken()
            response: Any = browser.generic(**request, **self.cast.sent_along.get(kind, {}))
            texts = list(surfaces.answer(response))
            mails = list(surfaces.mails(before))
            lines = self.log.taken()
        self.found.asked += 1
        self.found.mails += len(mails)
        self.found.lines += len(lines)
        self._read(kind, moment, texts, what, said)
        for to, text in mails:
            self._read(self._behind(to), moment, [(f"a mail to {to}", text)], what, said)
        self._read("log", moment, [("the log", "\n".join(lines))], what)
        return response

    def _read(
        self,
        reader: str,
        moment: Moment,
        texts: list[tuple[str, str]],
        what: str,
        said: str = "",
    ) -> None:
        """Look for tokens. What somebody said themselves when they asked is no news to them."""
        self.found.characters += sum(len(text) for _, text in texts)
        for where, token in held(self.cast.tokens, texts, said):
            if may_know(token, reader, moment):
                self.found.told.add(token.what)
            else:
                self.found.leaks.append(
                    f"{what}: {where} tells {reader} the {token.what} of {token.whose} "
                    f"({token.text})"
                )

    def _behind(self, address: str) -> str:
        local = address.partition("@")[0].lower()
        return next((each.whose for each in self.cast.tokens if each.text == local), "a stranger")


def held(
    tokens: Iterable[Token], texts: Iterable[tuple[str, str]], said: str = ""
) -> Iterator[tuple[str, Token]]:
    """Yield where a token stands in `texts`, and which."""
    said = said.lower()
    for where, text in texts:
        lowered = text.lower()
        for token in tokens:
            if token.text in lowered and token.text not in said:
                yield where, token


def varied(cast: Cast, cell: Cell) -> dict[str, Any]:
    """Return what is asked: with a good body, none or a garbled one; and in which way."""
    number = number_of(cell) // 7 + list(type(cell.moment.phase)).index(cell.moment.phase)
    good = body_of(cast.world, cell.line.route, cell.kind)
    bodies: list[dict[str, Any]] = [
        good,
        {},
        dict.fromkeys(good, "?"),
        {each: [{}] for each in good},
    ]
    body = {} if cell.line.route in SECRET else bodies[number % len(bodies)]
    request = sending(cast.world, cell, body=body) | WAYS[number % len(WAYS)]
    if cell.method in READING:
        request["QUERY_STRING"] = QUERIES[number % len(QUERIES)]
        if cell.address.is_api and number % 3 == 0:
            request["path"] = request["path"].rstrip("/") + SUFFIXES[number // 3 % len(SUFFIXES)]
    elif cell.address.is_api and number % 11 == 0:
        request["data"] = "{"
    return request
