"""Two shares of people compared, exactly; and intervals for an annex.

Agreeing a₁ of n₁ against a₂ of n₂. Sizes are numbers of people, p-values and shares from 0 to 1.
"""

from collections.abc import Iterator, Sequence
from math import sqrt

# The 97.5th percentile of the normal distribution.
Z_95 = 1.959963984540054
# Tables as likely as the one seen, but for rounding.
ALIKE = 1e-7
NEGLIGIBLE = 1e-25


def two_sided(agree: int, of: int, other_agree: int, other_of: int) -> tuple[float, float]:
    """Return the probability of all tables less likely than this one, and of those as likely.

    With the margins fixed: were the two labels dealt out at random among these people. The sum of
    both is Fisher's exact test.
    """
    agreeing, everyone = agree + other_agree, of + other_of
    least, most = max(0, agreeing - other_of), min(agreeing, of)
    mode = (agreeing + 1) * (of + 1) // (everyone + 2)
    mode = min(max(mode, least), most)
    # Weights relative to the likeliest table: of whatever size, they stay within floating point.
    weights = {mode: 1.0}
    for step, last in ((1, most), (-1, least)):
        weights.update(_weights(mode, last, step, (agreeing, of, other_of)))
    seen = weights.get(agree, 0.0)
    less = sum(sorted(weight for weight in weights.values() if weight < seen * (1 - ALIKE)))
    equal = sum(weight for weight in weights.values() if abs(weight - seen) <= seen * ALIKE)
    whole = sum(sorted(weights.values()))
    return less / whole, equal / whole


def mid_p(agree: int, of: int, other_agree: int, other_of: int) -> float:
    """Return the two-sided mid-p of Fisher's exact test.

    How often labels dealt out at random give a gap less likely than this one, those as likely
    counted half. Lydersen, Fagerland and Laake, Statistics in Medicine 2009;28:1159-75.
    """
    less, equal = two_sided(agree, of, other_agree, other_of)
    return less + equal / 2


def benjamini_hochberg(p_values: Sequence[float], q: float) -> list[bool]:
    """Return which hold when at most a share `q` of those that do may be false, in their order.

    Benjamini and Hochberg, J. R. Stat. Soc. B 1995;57:289-300.
    """
    ranked = sorted(p_values)
    passing = [p for rank, p in enumerate(ranked, start=1) if p <= q * rank / len(ranked)]
    limit = passing[-1] if passing else -1.0
    return [p <= limit for p in p_values]


def wilson(agree: int, of: int, z: float = Z_95) -> tuple[float, float]:
    """Return Wilson's interval for a share, both ends from 0 to 1."""
    if not of:
        return 0.0, 1.0
    share = agree / of
    middle = share + z * z / (2 * of)
    reach = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    whole = 1 + z * z / of
    # At the ends the formula gives the end, but for rounding.
    low = (middle - reach) / whole if agree else 0.0
    high = (middle + reach) / whole if agree < of else 1.0
    return low, high


def newcombe(
    agree: int, of: int, other_agree: int, other_of: int, z: float = Z_95
) -> tuple[float, float]:
    """Return the interval for the first share less the second, both ends from -1 to 1.

    Method 10 of Newcombe, Statistics in Medicine 1998;17:873-90, of two Wilson intervals.
    """
    share, other = agree / of, other_agree / other_of
    low, high = wilson(agree, of, z)
    other_low, other_high = wilson(other_agree, other_of, z)
    gap = share - other
    return (
        gap - sqrt((share - low) ** 2 + (other_high - other) ** 2),
        gap + sqrt((high - share) ** 2 + (other - other_low) ** 2),
    )


def _weights(
    mode: int, last: int, step: int, margins: tuple[int, int, int]
) -> Iterator[tuple[int, float]]:
    """Yield tables to one side of the likeliest, with their weights, until they weigh nothing."""
    agreeing, of, other_of = margins
    weight, place = 1.0, mode
    while place != last and weight > NEGLIGIBLE:
        low = min(place, place + step)
        ratio = (agreeing - low) * (of - low) / ((low + 1) * (other_of - agreeing + low + 1))
        weight = weight * ratio if step > 0 else weight / ratio
        place += step
        yield place, weight
