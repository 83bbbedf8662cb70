"""Which theme a note is nearest to, which notes are alike, and what groups they make.

By the words they share (TF-IDF), or by what a site's own embedder says of them. The libraries that
do the arithmetic are large: this module is imported by workers alone.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.decomposition import NMF
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from apps.themes.likeness.words import as_written, known_language, terms_of

# Texts to one row of numbers each.
Embedder = Callable[[list[str]], Any]

NEAREST = 3
# How alike two notes are that may be the same point; a starting value, not a measured one.
ALIKE = 0.6
SHOWN_WORDS = 3
# Half a title counts as much as the notes of its theme together.
TITLE_WEIGHT = 0.5
# Below this a word is rather shared by chance.
LEAST = 0.06
MOST_TERMS, MOST_OFTEN = 1_500, 0.6
# With fewer texts nearly every term stands in one alone, and none would be left.
MANY = 40
FEWEST_GROUPS, MOST_GROUPS, LEAST_WEIGHT = 3, 12, 0.05


@dataclass(frozen=True)
class Near:
    """That a note, by its place in the list, is near a theme, and by which of its words."""

    note: int
    theme: int
    likeness: float
    words: list[str]


@dataclass(frozen=True)
class Alike:
    """Two notes, by their places, that may be the same point, and the words of the first."""

    note: int
    other: int
    likeness: float
    words: list[str]


@dataclass(frozen=True)
class Proposed:
    """Notes, by their places, that could make a theme, and the words they share the most."""

    label: list[str]
    notes: list[int]


@dataclass(frozen=True)
class Heading:
    """A theme: its title, and the places of the notes filed under it."""

    title: str
    notes: list[int]


class Likeness:
    """The texts of a workshop's notes, compared with one another and with its themes."""

    def __init__(
        self, texts: Sequence[str], *, language: str, embedder: Embedder | None = None
    ) -> None:
        self.texts = list(texts)
        self.language = known_language(language)
        self._embedder = embedder
        self._vectorizer: Any = None

    def nearest(self, notes: Sequence[int], headings: Sequence[Heading]) -> Iterator[Near]:
        """Yield the nearest themes of each of `notes`, the nearest first, each with its reason.

        A theme is the mean of its notes and half its title. What shares no word with a note isn't
        near it, unless an embedder says so.
        """
        if not notes or not headings:
            return
        titles = [heading.title for heading in headings]
        terms = self._terms([*self.texts, *titles])
        wording = _themes(terms, headings, len(self.texts))
        meaning, themes = terms, wording
        if self._embedder is not None:
            meaning = _embedded(self._embedder, [*self.texts, *titles])
            themes = _themes(meaning, headings, len(self.texts))
        likenesses = _dense(meaning[list(notes)] @ themes.T)
        for note, row in zip(notes, likenesses, strict=True):
            for theme in np.argsort(-row, kind="stable")[:NEAREST]:
                if row[theme] >= LEAST:
                    words = self._shared(note, terms[note], wording[theme])
                    if words or self._embedder is not None:
                        yield Near(note, int(theme), float(row[theme]), words)

    def alike(self, notes: Sequence[int]) -> Iterator[Alike]:
        """Yield for each of `notes` the one among all that is most like it, if it is much so."""
        if not notes:
            return
        terms = self._terms(self.texts)
        embedder = self._embedder
        meaning = terms if embedder is None else _embedded(embedder, self.texts)
        likenesses = _dense(meaning[list(notes)] @ meaning.T)
        for note, row in zip(notes, likenesses, strict=True):
            row[note] = 0
            other = int(row.argmax())
            if row[other] >= ALIKE:
                words = self._shared(note, terms[note], terms[other])
                yield Alike(note, other, float(row[other]), words)

    def groups(self, notes: Sequence[int]) -> list[Proposed]:
        """Return groups that `notes` could make, the largest first; some notes are in none."""
        if len(notes) < 2 * FEWEST_GROUPS:
            return []
        terms = self._terms([self.texts[note] for note in notes])
        count = min(max(round(len(notes) ** 0.5), FEWEST_GROUPS), MOST_GROUPS)
        if terms.shape[1] < count:
            return []
        factors = NMF(count, init="nndsvda", solver="cd", max_iter=300, tol=1e-3, random_state=0)
        weights = factors.fit_transform(terms)
        members: dict[int, list[int]] = {}
        for note, row in zip(notes, weights, strict=True):
            if row.max() >= LEAST_WEIGHT:
                members.setdefault(int(row.argmax()), []).append(note)
        names = self._vectorizer.get_feature_names_out()
        found = [
            Proposed(self._label(names, factors.components_[part], inside), inside)
            for part, inside in members.items()
            if len(inside) > 1
        ]
        return sorted((each for each in found if each.label), key=lambda each: -len(each.notes))

    def _terms(self, texts: list[str]) -> sparse.csr_matrix:
        self._vectorizer = TfidfVectorizer(
            analyzer=lambda text: terms_of(text, self.language),
            min_df=2 if len(texts) >= MANY else 1,
            max_df=MOST_OFTEN if len(texts) >= MANY else 1.0,
            max_features=MOST_TERMS,
            sublinear_tf=True,
        )
        try:
            return self._vectorizer.fit_transform(texts)
        except ValueError:
            # No text says anything.
            return sparse.csr_matrix((len(texts), 1))

    def _shared(self, note: int, one: sparse.csr_matrix, other: sparse.csr_matrix) -> list[str]:
        """Return the words of `note` that count most for its likeness: its own words, as it has
        them, so that nothing is told but what stands in the note itself.
        """
        product = one.multiply(other).tocoo()
        if not product.nnz:
            return []
        names = self._vectorizer.get_feature_names_out()
        by_weight = sorted(zip(-product.data, product.col, strict=True))
        written = as_written(self.texts[note], self.language)
        stems = (stem for _, column in by_weight for stem in names[column].split())
        shown = dict.fromkeys(written[stem].lower() for stem in stems if stem in written)
        return list(shown)[:SHOWN_WORDS]

    def _label(self, names: Any, weights: Any, notes: Sequence[int]) -> list[str]:
        written: dict[str, str] = {}
        for note in notes:
            for stem, word in as_written(self.texts[note], self.language).items():
                written.setdefault(stem, word)
        best = np.argsort(-weights, kind="stable")
        stems = (stem for place in best if weights[place] > 0 for stem in names[place].split())
        shown = dict.fromkeys(written[stem].lower() for stem in stems if stem in written)
        return list(shown)[:SHOWN_WORDS]


def _embedded(embedder: Embedder, texts: list[str]) -> sparse.csr_matrix:
    return sparse.csr_matrix(normalize(np.asarray(embedder(texts), dtype=float)))


def _themes(rows: sparse.csr_matrix, headings: Sequence[Heading], notes: int) -> sparse.csr_matrix:
    """Return a row for each theme: the mean of its notes, and half its title."""
    found = []
    for place, heading in enumerate(headings):
        row = TITLE_WEIGHT * rows[notes + place]
        if heading.notes:
            row = row + rows[heading.notes].sum(axis=0) / len(heading.notes)
        found.append(sparse.csr_matrix(row))
    return sparse.csr_matrix(normalize(sparse.vstack(found)))


def _dense(rows: Any) -> Any:
    return np.asarray(rows.todense())
