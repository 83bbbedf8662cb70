"""From one round to the next."""

import pytest

from apps.statements.measures.certainty import Certainty, Level
from apps.statements.measures.rounds import Stability, path, reopens, stability_sentence
from apps.statements.measures.verdicts import Verdict

SETTLED, LIKELY = Certainty(Level.SETTLED, 1), Certainty(Level.LIKELY, 0.7)


def test_who_kept_their_answer():
    pairs = [(1, 1), (1, 2), (-1, -2), (0, 0), (1, 0), (-1, 1)]
    assert Stability.of(pairs) == Stability(4, 6)
    assert not Stability.of([]).stable


def test_eighty_five_in_a_hundred_to_the_person():
    assert Stability(17, 20).stable
    assert not Stability(16, 20).stable
    assert not Stability(84, 100).stable


@pytest.mark.parametrize(
    ("verdict", "certainty", "stability", "again"),
    [
        (Verdict.CONSENSUS_FOR, SETTLED, None, False),
        (Verdict.CONSENSUS_AGAINST, SETTLED, Stability(10, 20), False),
        (Verdict.CONSENSUS_FOR, LIKELY, None, True),
        (Verdict.CONSENSUS_FOR, LIKELY, Stability(19, 20), False),
        (Verdict.DIVIDED, SETTLED, None, True),
        (Verdict.DIVIDED, SETTLED, Stability(16, 20), True),
        (Verdict.DIVIDED, SETTLED, Stability(17, 20), False),
        (Verdict.NOT_ENOUGH, Certainty(), Stability(4, 4), True),
    ],
)
def test_what_is_asked_again(verdict, certainty, stability, again):
    assert reopens(verdict, certainty, stability) is again


def test_the_way_a_verdict_went():
    assert path([Verdict.DIVIDED]) == "Divided"
    assert path([Verdict.DIVIDED, Verdict.LEANS_FOR, Verdict.CONSENSUS_FOR]) == (
        "Divided → leans towards agreement → consensus for"
    )


def test_in_a_sentence():
    assert stability_sentence(Stability(23, 25)) == (
        "23 of the 25 who answered both rounds kept their answer: opinion is stable."
    )
    assert stability_sentence(Stability(18, 25)).endswith("opinion is still moving.")
    assert not stability_sentence(Stability(1, 4))
