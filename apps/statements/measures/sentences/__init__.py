"""One plain sentence for each thing that is measured, from the numbers alone.

In the past tense for what people answered, in the present for what that comes to. Counts of answers
are told as they are; of a group that may only be told of in words, no number is.
"""

from apps.statements.measures.sentences.groups import (
    carrying_sentence,
    gap_sentence,
    group_sentence,
    hidden_sentence,
)
from apps.statements.measures.sentences.room import (
    bounds_sentence,
    carry_over_sentence,
    margin_sentence,
    verdict_sentence,
)

__all__ = [
    "bounds_sentence",
    "carry_over_sentence",
    "carrying_sentence",
    "gap_sentence",
    "group_sentence",
    "hidden_sentence",
    "margin_sentence",
    "verdict_sentence",
]
