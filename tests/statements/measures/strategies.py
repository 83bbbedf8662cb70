"""Answers that a room may give, and rules that a workshop may set."""

from hypothesis import strategies as st

from apps.statements.measures.counts import Counts
from apps.workshops.consensus import ConsensusRule

RULE = ConsensusRule()


def counts(most: int = 40) -> st.SearchStrategy[Counts]:
    """Answers of a room."""
    few = st.integers(0, most)
    return st.builds(Counts, few, few, few)


@st.composite
def rules(draw: st.DrawFn) -> ConsensusRule:
    """Rules that can be saved."""
    divided_at = draw(st.integers(1, 50))
    return ConsensusRule(
        consensus_at=draw(st.integers(50, 100)),
        opposed_at_most=draw(st.integers(0, divided_at - 1)),
        divided_at=divided_at,
        undecided_at=draw(st.integers(1, 100)),
        quorum=draw(st.integers(0, 100)),
    )
