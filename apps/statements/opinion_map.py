"""Groups of like opinion as a drawing: one mark a person, a shape for each group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT, EDGE = 640, 420, 18
SIZE = 4.5
SHAPES = ("disc", "diamond", "square", "triangle", "ring")
LETTERS = "ABCDE"


@dataclass(frozen=True)
class Drawn:
    """One group: its name, how many are in it, its shape, and the path that draws them."""

    name: str
    size: int
    shape: str
    path: str
    typical: Sequence[Mapping[str, Any]]


def drawn(content: Mapping[str, Any]) -> list[Drawn]:
    """Return the groups of an opinion map that has some, from left to right."""
    points = content["points"]
    spans = [_span([point[axis] for point in points]) for axis in (0, 1)]
    paths: dict[int, list[str]] = {}
    for x, y, group in points:
        right = EDGE + (x - spans[0][0]) / spans[0][1] * (WIDTH - 2 * EDGE)
        down = EDGE + (y - spans[1][0]) / spans[1][1] * (HEIGHT - 2 * EDGE)
        paths.setdefault(group, []).append(_mark(SHAPES[group], right, down))
    return [
        Drawn(
            name=LETTERS[group],
            size=size,
            shape=SHAPES[group],
            path="".join(paths.get(group, [])),
            typical=content["typical"][group],
        )
        for group, size in enumerate(content["sizes"])
    ]


def _span(values: Sequence[float]) -> tuple[float, float]:
    least, most = min(values), max(values)
    return least, (most - least) or 1.0


def _mark(shape: str, right: float, down: float) -> str:
    x, y, r = round(right, 1), round(down, 1), SIZE
    if shape == "diamond":
        return f"M{x} {y - r}l{r} {r} {-r} {r} {-r} {-r}z"
    if shape == "square":
        return f"M{x - r} {y - r}h{2 * r}v{2 * r}h{-2 * r}z"
    if shape == "triangle":
        return f"M{x} {y - r}l{r} {2 * r}h{-2 * r}z"
    return f"M{x - r} {y}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0z"
