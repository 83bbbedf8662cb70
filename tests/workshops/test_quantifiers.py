"""Words for how many: the table of the house, and any other that a workshop may keep."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from apps.workshops.models import Workshop
from apps.workshops.quantifiers import HOUSE, LABELS, Amount, QuantifierTable

ORDER = list(Amount)


@st.composite
def tables(draw):
    """Return any table that a workshop may keep."""
    most = draw(st.integers(51, 98))
    return QuantifierTable(
        nearly_all_at=draw(st.integers(most + 1, 99)),
        most_at=most,
        many_at=draw(st.integers(10, 50)),
        several_from=draw(st.integers(4, 10)),
        numbers_below=draw(st.integers(5, 1_000)),
    )


@pytest.mark.parametrize(
    ("of", "rows"),
    [
        (27, {
            Amount.ALL: {27}, Amount.ALL_BUT_ONE: {26}, Amount.NEARLY_ALL: {25},
            Amount.MOST: range(18, 25), Amount.MAJORITY: range(14, 18), Amount.MANY: range(9, 14),
            Amount.SEVERAL: range(5, 9), Amount.FEW: {3, 4}, Amount.TWO: {2}, Amount.ONE: {1},
        }),
        (40, {
            Amount.ALL: {40}, Amount.ALL_BUT_ONE: {39}, Amount.NEARLY_ALL: range(36, 39),
            Amount.MOST: range(26, 36), Amount.MAJORITY: range(21, 26),
            Amount.MANY: range(14, 21), Amount.SEVERAL: range(5, 14), Amount.FEW: {3, 4},
            Amount.TWO: {2}, Amount.ONE: {1},
        }),
    ],
)  # fmt: skip
def test_the_words_are_those_of_the_table(of, rows):
    found = {count: HOUSE.word_for(count, of) for count in range(1, of + 1)}
    assert found == {count: word for word, counts in rows.items() for count in counts}


@given(table=tables(), of=st.integers(1, 300), discreetly=st.booleans())
def test_more_people_are_never_fewer_in_words(table, of, discreetly):
    assert table.problems() == {}
    said = [table.word_for(count, of, discreetly=discreetly) for count in range(1, of + 1)]
    places = [ORDER.index(word) for word in said]
    assert places == sorted(places, reverse=True)
    assert said[-1] == Amount.ALL
    for count, word in enumerate(said, 1):
        above_half = word in ORDER[: ORDER.index(Amount.MANY)]
        assert above_half == (2 * count > of) or (discreetly and of - count in {1, 2})
        assert word != Amount.MAJORITY or 2 * count > of


@given(table=tables(), of=st.integers(12, 300))
def test_off_the_record_the_one_who_thought_otherwise_is_not_told_apart(table, of):
    words = {table.word_for(of - left, of, discreetly=True) for left in (1, 2)}
    assert words == {Amount.NEARLY_ALL}


@given(table=tables(), of=st.integers(1, 300), discreetly=st.booleans())
def test_the_preview_tells_each_number_once(table, of, discreetly):
    told = list(table.preview(of, discreetly=discreetly))
    counts = []
    for word, _, numbers in told:
        first, _, last = numbers.partition("–")
        found = list(range(int(first), int(last or first) + 1))
        words = {LABELS[table.word_for(n, of, discreetly=discreetly)] for n in found}
        assert words == {word}
        counts += found
    assert sorted(counts) == list(range(1, of + 1))


def test_a_third_is_a_third_to_the_person():
    assert HOUSE.word_for(33, 100) == Amount.SEVERAL
    assert HOUSE.word_for(34, 100) == Amount.MANY
    assert QuantifierTable(most_at=67).word_for(66, 99) == Amount.MOST


def test_every_word_has_its_meaning_in_print():
    assert set(HOUSE.meanings()) == set(LABELS) == set(Amount)
    meanings = HOUSE.meanings()
    assert meanings[Amount.NEARLY_ALL] == "nine in ten or more, counted"
    assert meanings[Amount.MOST] == "65 in a hundred or more, counted"
    assert meanings[Amount.SEVERAL] == "five or more, but less than a third"
    assert meanings[Amount.FEW] == "three or four people"
    own = QuantifierTable(nearly_all_at=75, most_at=67, many_at=42, several_from=8).meanings()
    assert own[Amount.NEARLY_ALL] == "three quarters or more, counted"
    assert own[Amount.MOST] == "two thirds or more, counted"
    assert own[Amount.MANY] == "42 in a hundred or more"
    assert own[Amount.SEVERAL] == "eight or more, but less than 42 in a hundred"
    assert own[Amount.FEW] == "three to seven people"
    assert QuantifierTable(several_from=4).meanings()[Amount.FEW] == "three people"
    assert "all but one or two" in HOUSE.meanings(discreetly=True)[Amount.NEARLY_ALL]


IMPOSSIBLE = [
    ({"most_at": 50}, {"most_at"}),
    ({"most_at": 90}, {"nearly_all_at"}),
    ({"nearly_all_at": 100}, {"nearly_all_at"}),
    ({"nearly_all_at": 65}, {"nearly_all_at"}),
    ({"many_at": 9}, {"many_at"}),
    ({"many_at": 51}, {"many_at"}),
    ({"several_from": 3}, {"several_from"}),
    ({"several_from": 11}, {"several_from"}),
    ({"numbers_below": 4}, {"numbers_below"}),
    ({"numbers_below": 1_001}, {"numbers_below"}),
]


@pytest.mark.parametrize(("changes", "names"), IMPOSSIBLE)
def test_what_cannot_be_is_said_and_the_database_refuses_it(owner, changes, names):
    assert QuantifierTable(**changes).problems().keys() == names
    with pytest.raises(IntegrityError, match="quantifier_table"), transaction.atomic():
        Workshop.objects.filter(pk=owner.workshop_id).update(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"most_at": 51, "nearly_all_at": 52, "many_at": 50, "several_from": 10},
        {"most_at": 98, "nearly_all_at": 99, "many_at": 10, "several_from": 4},
        {"numbers_below": 5},
        {"numbers_below": 1_000},
    ],
)
def test_what_can_be_the_database_takes(owner, changes):
    assert QuantifierTable(**changes).problems() == {}
    Workshop.objects.filter(pk=owner.workshop_id).update(**changes)
