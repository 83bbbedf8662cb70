"""Chance, in plain Python and from a seed: shares of a whole, and how many of so many."""

from collections.abc import Sequence
from math import floor, lgamma, log, log2, sqrt
from random import Random

# Below so many to be expected, waiting for one after the other is quicker.
FEW = 10


def shares(draw: Random, sizes: Sequence[float]) -> list[float]:
    """Return shares that sum to one, of a Dirichlet distribution with `sizes`."""
    parts = [draw.gammavariate(size, 1) for size in sizes]
    whole = sum(parts)
    return [part / whole for part in parts]


def binomial(draw: Random, trials: int, chance: float) -> int:
    """Return in how many of `trials` something happens that has a `chance` from 0 to 1 each time.

    What `random.binomialvariate` does from Python 3.12 on: Devroye's geometric method for few,
    Hörmann's transformed rejection (BTRS, 1993) for many.
    """
    if chance > 0.5:  # noqa: PLR2004 - the methods are for the smaller half
        return trials - binomial(draw, trials, 1 - chance)
    return (_few if trials * chance < FEW else _many)(draw, trials, chance)


def _few(draw: Random, trials: int, chance: float) -> int:
    # Adding to one has no effect on a chance so small that it never happens.
    scale = log2(1 - chance)
    if not scale:
        return 0
    happened = -1
    passed = 0
    while passed <= trials:
        passed += floor(log2(1 - draw.random()) / scale) + 1
        happened += 1
    return happened


def _many(draw: Random, trials: int, chance: float) -> int:
    spread = sqrt(trials * chance * (1 - chance))
    b = 1.15 + 2.53 * spread
    a = -0.0873 + 0.0248 * b + 0.01 * chance
    alpha = (2.83 + 5.1 / b) * spread
    odds = log(chance / (1 - chance))
    mode = floor((trials + 1) * chance)
    at_mode = lgamma(mode + 1) + lgamma(trials - mode + 1)
    while True:
        u = draw.random() - 0.5
        edge = 0.5 - abs(u)
        # Exactly on the edge the point would be infinitely far.
        found = floor((2 * a / edge + b) * u + trials * chance + 0.5) if edge else -1
        if not 0 <= found <= trials:
            continue
        height = log((1 - draw.random()) * alpha / (a / (edge * edge) + b))
        if height <= (
            at_mode - lgamma(found + 1) - lgamma(trials - found + 1) + (found - mode) * odds
        ):
            return found
