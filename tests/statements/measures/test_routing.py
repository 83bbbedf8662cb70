"""Which statements to put to whom first."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.statements.measures.routing import ALL_UP_TO, EVENLY, order_for, priority

MANY = 200


def test_up_to_sixty_everybody_is_asked_all_in_an_order_of_their_own():
    priorities = dict.fromkeys(range(ALL_UP_TO), 1.0)
    orders = [order_for(f"person {n}", priorities) for n in range(20)]
    assert all(sorted(order) == list(priorities) for order in orders)
    assert len(set(map(tuple, orders))) == 20
    assert orders[0] == order_for("person 0", priorities)
    skewed = {key: 1000.0 if key == 7 else 0.001 for key in range(ALL_UP_TO)}
    assert order_for("person 0", skewed) == orders[0]


def test_of_many_what_says_more_comes_sooner_and_nothing_starves():
    priorities = {key: 40.0 if key < 20 else 0.01 for key in range(MANY)}
    first = Counter()
    for n in range(300):
        first.update(order_for(str(n), priorities)[:30])
    assert min(first[key] for key in range(20)) > 0.8 * 300
    assert min(first[key] for key in range(20, MANY)) > 0


def test_even_places_are_even():
    priorities = {key: 1.0 + (key == 0) * 1e6 for key in range(MANY)}
    places = Counter(key for n in range(1_000) for key in order_for(str(n), priorities)[:2])
    assert places[0] / 1_000 == pytest.approx(1 - EVENLY**2, abs=0.04)


@given(
    st.dictionaries(st.integers(0, 500), st.floats(0.001, 81), min_size=61, max_size=120),
    st.text(max_size=5),
    st.data(),
)
@settings(deadline=None, max_examples=30)
def test_each_once_and_only_what_is_left(priorities, person, data):
    answered = data.draw(st.sets(st.sampled_from(sorted(priorities))))
    order = order_for(person, priorities, answered=answered)
    assert len(order) == len(set(order))
    assert set(order) == set(priorities) - answered
    assert order == order_for(person, dict(reversed(priorities.items())), answered=answered)
    # Who comes back goes on where they were.
    further = order_for(person, priorities, answered=answered | set(order[:3]))
    assert further == order[3:]


def test_a_new_statement_counts_ninefold():
    assert priority(0, 0, 0, 0) == pytest.approx((0.5 * 0.5 * 9) ** 2)
    assert priority(9, 0, 10, 1) > priority(1, 8, 10, 1)
    assert priority(9, 0, 10, 2) > priority(9, 0, 10, 1)
