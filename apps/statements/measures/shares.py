"""How many of a group say something, in words: to stand before the name of the group."""

# Of fewer, numbers would tell what each said where all said the same.
DISCREET_BELOW = 10
# Two of three aren't nearly all of them.
CLOSELY_FROM = 5
# How close a word is: the last two say on which side of a half, or of a third, it is.
CLOSE, BY_HALF, BY_THIRD = range(3)
MORE_THAN_HALF = "more than half of the"


def share_of(some: int, answered: int, *, closeness: int = CLOSE) -> str:
    """Return how many `some` of `answered` are, without a number.

    Of fewer than ten all and all but one are the same, and so are none and one; of fewer than five
    no word is closer than by half.
    """
    if closeness == BY_THIRD:
        return "at least a third of the" if 3 * some >= answered else "fewer than a third of the"
    if closeness == BY_HALF or answered < CLOSELY_FROM:
        return MORE_THAN_HALF if 2 * some > answered else "no more than half of the"
    few = answered < DISCREET_BELOW
    rows = [
        (10 * some >= 9 * answered or (few and some >= answered - 1), "nearly all"),
        (few and some <= 1, "hardly any"),
        (100 * some >= 65 * answered, "most"),
        (2 * some > answered, MORE_THAN_HALF),
        (3 * some >= answered, "many"),
        (10 * some > answered, "some"),
    ]
    return next((words for holds, words in rows if holds), "hardly any")
