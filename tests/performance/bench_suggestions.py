"""How often one of three suggested themes is the right one, beside scikit-learn's plain vectors.

    python -m tests.performance.bench_suggestions

The sentences of the reference memo, each under the heading it is printed under. Of every heading
two sentences are filed, and for the others three themes are suggested; drawn a hundred times.
"""

import random
import re
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from apps.themes.likeness.comparing import NEAREST, TITLE_WEIGHT, Heading, Likeness

MEMO = Path(__file__).parents[3] / "shared" / "reference" / "security-partnerships-memo.txt"
HEADINGS = [
    "Words Matter, Contexts Matter", "Unpacking Assumptions", "Carrots, Sticks, or Something Else?",
    "Importance of Funding Authorities", "Conceptualization", "Influence",
    "Legitimacy & Consistency", "Intellectual Priorities of Scholars and Practitioners",
]  # fmt: skip
LEAST, DRAWN, FILED, SHORTEST = 0.7, 100, 2, 5
Filed = list[list[int]]
Suggests = Callable[[list[str], Filed, list[int]], dict[int, list[int]]]


def sentences(memo: str) -> list[tuple[int, str]]:
    """Return the sentences of the memo under its headings, each with the number of its heading."""
    found: list[tuple[int, str]] = []
    under: int | None = None
    for line in memo.splitlines():
        if heading := re.match(r"#+\s*\**(.*?)\**\s*$", line):
            title = heading[1].strip("* ")
            under = HEADINGS.index(title) if title in HEADINGS else None
        elif under is not None and line.strip():
            parts = re.split(r"(?<=[.?!”])\s+(?=[A-Z“])", line.strip())
            found += [(under, each) for each in parts if len(each.split()) >= SHORTEST]
    return found


def ours(texts: list[str], filed: Filed, others: list[int]) -> dict[int, list[int]]:
    """Return what the program suggests."""
    headings = [Heading(title, filed[place]) for place, title in enumerate(HEADINGS)]
    found: dict[int, list[int]] = {}
    for near in Likeness(texts, language="en").nearest(others, headings):
        found.setdefault(near.note, []).append(near.theme)
    return found


def plain(texts: list[str], filed: Filed, others: list[int]) -> dict[int, list[int]]:
    """Return what scikit-learn's vectors suggest as they come."""
    vectors = TfidfVectorizer(stop_words="english").fit_transform([*texts, *HEADINGS]).toarray()
    themes = np.array([
        vectors[inside].mean(axis=0) + TITLE_WEIGHT * vectors[len(texts) + place]
        for place, inside in enumerate(filed)
    ])  # fmt: skip
    themes /= np.linalg.norm(themes, axis=1, keepdims=True)
    nearest = np.argsort(-(vectors[others] @ themes.T), axis=1)[:, :NEAREST]
    return dict(zip(others, nearest.tolist(), strict=True))


def hit_rate(said: list[tuple[int, str]], suggests: Suggests, *, seed: int = 2026) -> float:
    """Return in how many cases the right theme is among those suggested."""
    draw = random.Random(seed)
    hits = asked = 0
    for _ in range(DRAWN):
        filed = [
            draw.sample([n for n, (under, _) in enumerate(said) if under == place], FILED)
            for place in range(len(HEADINGS))
        ]
        others = [n for n in range(len(said)) if not any(n in inside for inside in filed)]
        found = suggests([text for _, text in said], filed, others)
        hits += sum(said[n][0] in found.get(n, []) for n in others)
        asked += len(others)
    return hits / asked


def main() -> int:
    """Measure, print, and say whether it holds."""
    if not MEMO.exists():
        sys.stdout.write(f"Suggestions: not measured, for {MEMO} isn't there\n")
        return 0
    said = sentences(MEMO.read_text())
    mine, theirs = hit_rate(said, ours), hit_rate(said, plain)
    sys.stdout.write(
        f"Suggestions: {len(said)} sentences, {len(HEADINGS)} themes, {FILED} filed under each\n"
        f"  the right theme among three: {mine:.2f} (at least {LEAST})\n"
        f"  scikit-learn's vectors as they come: {theirs:.2f}\n"
    )
    return 0 if mine >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
