"""Searching a workshop: what was asked, and what the apps found that the reader may see."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.search import (
    SearchHeadline,
    SearchQuery,
    SearchQueryCombinable,
    SearchRank,
)
from django.db.models import F, Func, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Replace
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from apps.core.contributions import contributed
from apps.workshops.actors import Actor
from apps.workshops.models import SearchEntry, Workshop

# As many of a kind are shown beside other kinds, and of one kind alone.
AT_ONCE, OF_ONE_KIND = 5, 200
LONGEST, MOST_WORDS = 200, 12
# Marks around a word that was found: characters that no text of ours holds.
BEGIN, END = "\x02", "\x03"
# PostgreSQL leaves out of an excerpt what looks like markup: these stand for it meanwhile.
HIDDEN = {"<": "\x04", "&": "\x05"}
# What asks for words in their order, or not at all.
_ASKS_EXACTLY = re.compile(r'["“”„]|(?:^|\s)-\w')


@dataclass(frozen=True)
class Hit:
    """Something that was found: what it says, where it stands, and what it is."""

    id: uuid.UUID
    text: str
    url: str
    about: list[str] = field(default_factory=list)

    @property
    def plain(self) -> str:
        """What it says, as text."""
        return _plain(self.text)

    @property
    def plain_about(self) -> list[str]:
        """What it is, as text."""
        return [_plain(each) for each in self.about]

    @property
    def marked(self) -> SafeString:
        """What it says, as HTML, the words that were found within `<mark>`."""
        return _marked(self.text)

    @property
    def marked_about(self) -> list[SafeString]:
        """What it is, likewise: of a theme, what its summary says."""
        return [_marked(each) for each in self.about]


def _plain(text: str) -> str:
    return text.replace(BEGIN, "").replace(END, "")


def _marked(text: str) -> SafeString:
    safe = str(escape(text)).replace(BEGIN, "<mark>").replace(END, "</mark>")
    return mark_safe(safe)  # noqa: S308 - escaped above


@dataclass(frozen=True)
class Kind:
    """All of one kind that were found, of which `hits` are the first."""

    name: str
    label: str
    count: int
    hits: list[Hit]


class Search:
    """What somebody looks for in a workshop, for the apps to look for it in what is theirs."""

    def __init__(self, workshop: Workshop, text: str, *, only: str = "") -> None:
        self.text = text.replace("\x00", "")[:LONGEST].strip()
        self.only = only
        self._workshop = workshop
        self._query: Any = _as_query(self.text, workshop)

    @property
    def most(self) -> int:
        """How many of a kind are shown."""
        return OF_ONE_KIND if self.only else AT_ONCE

    def found(self, actor: Actor) -> list[Kind]:
        """Return what `actor` may read of all that was looked for, by kind."""
        if self._query is None:
            return []
        return [kind for kind in contributed("search", actor=actor, search=self) if kind.count]

    def wants(self, kind: str) -> bool:
        """Say whether things of `kind` are looked for."""
        return self.only in {"", kind}

    def among(self, among: QuerySet[Any], kind: str, *, text: str) -> tuple[int, list[Any]]:
        """Return how many of `among`, which the reader may see, were found, and the best of them.

        Each has an `excerpt` of its field `text`. Two queries.
        """
        entries = SearchEntry.objects.filter(
            workshop=self._workshop, kind=kind, words=self._query
        ).order_by()
        found = among.filter(pk__in=entries.values("subject_id"))
        best = (
            entries.filter(subject_id=OuterRef("pk"))
            .annotate(rank=SearchRank(F("words"), self._query))
            .order_by("-rank")
        )
        order = [*found.query.order_by, *found.model._meta.ordering]
        shown = found.annotate(rank=Subquery(best.values("rank")[:1])).order_by("-rank", *order)
        headline = SearchHeadline(
            _hidden(text),
            self._query,
            config=_language(self._workshop),
            start_sel=BEGIN,
            stop_sel=END,
            max_words=40,
            min_words=20,
        )
        rows = list(shown.annotate(excerpt=headline)[: self.most])
        for row in rows:
            for character, meanwhile in HIDDEN.items():
                row.excerpt = row.excerpt.replace(meanwhile, character)
        return found.count(), rows


def _as_query(text: str, workshop: Workshop) -> SearchQueryCombinable | None:
    """Return what PostgreSQL is asked: every word, by its stem or by its beginning.

    In quotes: these words in this order; with a minus: without this word.
    """
    if _ASKS_EXACTLY.search(text):
        straight = re.sub("[“”„]", '"', text)
        return SearchQuery(straight, config="simple", search_type="websearch")
    words = list(_words(text))
    if not words:
        return None
    stems = SearchQuery(" & ".join(words), config=_language(workshop), search_type="raw")
    beginnings = SearchQuery(
        " & ".join(f"{word}:*" for word in words), config="simple", search_type="raw"
    )
    return stems | beginnings


def _words(text: str) -> Iterator[str]:
    """Yield the words of `text`, which hold nothing that PostgreSQL takes for an operator."""
    yield from re.findall(r"\w+", text)[:MOST_WORDS]


def _hidden(text: str) -> F | Func:
    expression: F | Func = F(text)
    for character, meanwhile in HIDDEN.items():
        expression = Replace(expression, Value(character), Value(meanwhile))
    return expression


def _language(workshop: Workshop) -> Func:
    return Func(
        Value(workshop.language),
        function="workshops_search_language",
        output_field=TextField(),
    )
